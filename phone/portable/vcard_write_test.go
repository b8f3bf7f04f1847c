package portable_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/emersion/go-vcard"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/portable"
)

// contacts draws contacts as they come from a file: clean, and with labels as they are called here.
func contacts() *rapid.Generator[phone.Contact] {
	word := rapid.StringMatching(`[a-zA-Z0-9,;:\\"'=.+()\-äß電𝒳]{1,9}`)
	line := rapid.Map(rapid.SliceOfN(word, 0, 6), func(words []string) string { return strings.Join(words, " ") })
	label := rapid.OneOf(rapid.SampledFrom([]string{"", "mobile", "work", "home", "fax", "pager", "main", "other", "SIP"}), rapid.Map(word, func(s string) string { return "x" + s }))
	number := rapid.OneOf(rapid.StringMatching(`\+?[0-9]([ (.\-]?[0-9]){0,12}`), rapid.StringMatching(`tel:\+[0-9]{5,9};ext=[0-9]`),
		rapid.StringMatching(`(sips?:)?[a-z.;\\]{1,9}@[a-z]{1,9}\.example`))
	return rapid.Custom(func(t *rapid.T) phone.Contact {
		c := phone.Contact{
			Name: line.Draw(t, "name"), Company: line.Draw(t, "company"),
			Note: strings.TrimSpace(strings.Join(rapid.SliceOfN(line, 0, 4).Draw(t, "note"), "\n")),
		}
		seen := map[string]bool{}
		for range rapid.IntRange(0, 4).Draw(t, "numbers") {
			n := phone.ContactNumber{Label: label.Draw(t, "label"), Text: number.Draw(t, "text")}
			if bare := strings.TrimPrefix(n.Text, "sip:"); !seen[bare] {
				c.Numbers = append(c.Numbers, n)
				seen[bare] = true
			}
		}
		if rapid.Bool().Draw(t, "has picture") {
			c.Picture = append([]byte("GIF89a"), rapid.SliceOfN(rapid.Byte(), 0, 200).Draw(t, "picture")...)
		}
		if c.Name == "" && c.Company == "" && len(c.Numbers) == 0 {
			c.Name = "nobody"
		}
		return c
	})
}

// giving is what writers ask for contacts or entries.
func giving[T any](all ...T) func(yield func(T) error) error {
	return func(yield func(T) error) error {
		for _, one := range all {
			if err := yield(one); err != nil {
				return err
			}
		}
		return nil
	}
}

func TestWhatIsWrittenAsVCardsReadsBackTheSame(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		want := rapid.SliceOfN(contacts(), 1, 4).Draw(rt, "contacts")
		var file strings.Builder
		require.NoError(rt, portable.WriteVCards(&file, giving(want...)))
		got, _, skipped := read(rt, file.String())
		require.Empty(rt, skipped)
		require.Equal(rt, want, got)
		for line := range strings.SplitSeq(file.String(), "\r\n") {
			require.LessOrEqual(rt, len(line), 75)
		}

		other := vcard.NewDecoder(strings.NewReader(file.String())) // which leaves \; as it is
		for _, c := range want {
			card, err := other.Decode()
			require.NoError(rt, err)
			if c.Name != "" && !strings.ContainsAny(c.Name, `;\`) {
				require.Equal(rt, c.Name, card.Value(vcard.FieldFormattedName))
				require.Equal(rt, c.Name, card.Name().GivenName)
			}
		}
	})
}

func TestACardAsItIsWritten(t *testing.T) {
	var file strings.Builder
	require.NoError(t, portable.WriteVCards(&file, giving(phone.Contact{
		ID: "0197", Name: "Jane, Doe\n", Company: "Acme; Sons", Note: "one\ntwo " + strings.Repeat("ä", 40),
		Numbers: numbers("mobile", "+44 20", "boat", "12", "", "7", "SIP", "jane@pbx.example", "home", "sip:j@pbx.example;a=b"), Picture: []byte("GIF89a"),
	})))
	require.Equal(t, strings.Join([]string{
		"BEGIN:VCARD", "VERSION:3.0", "UID:0197", `FN:Jane\, Doe`, `N:;Jane\, Doe;;;`, `ORG:Acme\; Sons`, "TEL;TYPE=CELL:+44 20", "item2.TEL:12", "item2.X-ABLabel:boat", "TEL:7",
		"X-SIP:jane@pbx.example", "IMPP:sip:jane@pbx.example", "item5.IMPP:sip:j@pbx.example;a=b", "item5.X-ABLabel:home",
		`NOTE:one\ntwo ` + strings.Repeat("ä", 30), " " + strings.Repeat("ä", 10), "PHOTO;ENCODING=b;TYPE=GIF:R0lGODlh", "END:VCARD", "",
	}, "\r\n"), file.String())
}

// full is a disk on which there is no space.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space") }

func TestAFullDiskIsSaid(t *testing.T) {
	many := make([]phone.Contact, 1000)
	require.Equal(t, phone.CodeStorage, phone.CodeOf(portable.WriteVCards(full{}, giving(many[:1]...))))
	err := portable.WriteVCards(full{}, giving(many...))
	require.Equal(t, phone.CodeStorage, phone.CodeOf(err))
	require.Contains(t, phone.Sentence(err), "The file cannot be written; check the disk")
}
