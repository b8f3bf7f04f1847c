package portable_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/portable"
)

// isShown fails the test at a text that may not be shown in one line.
func isShown(t *testing.T, texts ...string) {
	for _, text := range texts {
		require.Equal(t, strings.TrimSpace(text), text)
		require.NotContains(t, strings.ToValidUTF8(text, "\x00"), "\x00")
		require.Negative(t, strings.IndexFunc(text, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }), "%q", text)
	}
}

// areContacts fails the test at contacts that cannot be.
func areContacts(t *testing.T, contacts []phone.Contact, lines []int, skipped []phone.Skipped) {
	require.True(t, slices.IsSorted(lines))
	for _, s := range skipped {
		require.Positive(t, s.Line)
		require.NotEmpty(t, s.Why)
		isShown(t, s.What, s.Why)
	}
	for _, c := range contacts {
		require.NotEmpty(t, c.Name+c.Company+strings.Repeat("n", len(c.Numbers)))
		isShown(t, c.Name, c.Company)
		isShown(t, strings.Split(strings.Join(strings.Fields(c.Note), " "), "\n")...)
		require.LessOrEqual(t, len(c.Picture), phone.MaxPicture)
		for _, n := range c.Numbers {
			require.NotEmpty(t, n.Text)
			isShown(t, n.Label, n.Text)
		}
	}
}

func FuzzReadVCards(f *testing.F) {
	f.Add(card("2.1", "N;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:M=FCller=\r\n;J", "AGENT:\r\nBEGIN:VCARD\r\nEND:VCARD", "TEL;CELL:1", "PHOTO;GIF;BASE64:\r\nR0lGODlh\r\n\r\nNOTE:x"))
	f.Add(card("3.0", "FN:a\\, b", "item1.TEL:1", "item1.X-ABLabel:_$!<Mobile>!$_", "ORG:Acme;Sales", "X-ABShowAs:COMPANY", "IMPP:sip:a@b"))
	f.Add(card("4.0", "FN:a", `TEL;TYPE="cell,home":tel:+1;ext=2`, "PHOTO:data:image/gif;base64,R0lGODlh") + "x\rBEGIN:VCARD\nFN:b")
	f.Add("\xff\xfeB\x00E\x00")
	f.Fuzz(func(t *testing.T, file string) {
		var contacts []phone.Contact
		var lines []int
		var skipped []phone.Skipped
		err := portable.ReadVCards(strings.NewReader(file), func(line int, c phone.Contact) error {
			contacts, lines = append(contacts, c), append(lines, line)
			return nil
		}, func(s phone.Skipped) { skipped = append(skipped, s) })
		areContacts(t, contacts, lines, skipped)
		if err != nil || len(contacts) == 0 {
			return
		}
		var again strings.Builder
		require.NoError(t, portable.WriteVCards(&again, giving(contacts...)))
		same, _, skipped := read(t, again.String())
		require.Empty(t, skipped)
		require.Equal(t, contacts, same)
	})
}

func FuzzReadTable(f *testing.F) {
	f.Add("Name,Phone 1 - Label,Phone 1 - Value,Notes\nBob,Mobile,1 ::: 2,\"a\n\"\"b\"\"\"\nEve,\"x\n")
	f.Add("sep=;\r\nVorname;Nachname;Firma;Telefon\rJ\xf6rg;M;A;\"1\"x\r")
	f.Fuzz(func(t *testing.T, file string) {
		opened, err := portable.OpenTable(strings.NewReader(file))
		if err != nil {
			require.Equal(t, phone.CodeInvalid, phone.CodeOf(err))
			return
		}
		require.Len(t, opened.Columns, len(opened.Header))
		isShown(t, opened.Header...)
		for _, row := range opened.Preview {
			isShown(t, row...)
		}
		contacts, lines, skipped := table(t, file)
		areContacts(t, contacts, lines, skipped)
		widest := 0
		for _, c := range contacts {
			widest = max(widest, len(c.Numbers))
		}
		var again strings.Builder
		require.NoError(t, portable.WriteTable(&again, widest, giving(contacts...)))
		same, _, skipped := table(t, again.String())
		require.Empty(t, skipped)
		require.Equal(t, contacts, same)
	})
}

func FuzzReadEntries(f *testing.F) {
	f.Add("number,name,mode,kind,expires\n1,\"Bob\",all,prefix,2030-12-31\n,,voicemail,hidden,2030-01-01T00:00:00Z\n2,x,y\n\"\n")
	f.Add("+1\r2\n")
	f.Fuzz(func(t *testing.T, file string) {
		var drafts []phone.EntryDraft
		err := portable.ReadEntries(strings.NewReader(file), func(_ int, d phone.EntryDraft) error {
			isShown(t, d.Number, d.Name)
			drafts = append(drafts, d)
			return nil
		}, func(s phone.Skipped) { isShown(t, s.What, s.Why) })
		if err != nil {
			require.Equal(t, phone.CodeInvalid, phone.CodeOf(err))
			return
		}
		var list []phone.Entry
		for _, d := range drafts {
			list = append(list, phone.Entry{Kind: d.Kind, Text: d.Number, Name: d.Name, Mode: d.Mode, Expires: d.Expires})
		}
		var again strings.Builder
		require.NoError(t, portable.WriteEntries(&again, giving(list...)))
		same, _, skipped := entries(t, again.String())
		require.Empty(t, skipped)
		require.Len(t, same, len(drafts))
		for i, d := range drafts {
			require.True(t, d.Expires.Equal(same[i].Expires))
			d.Expires = same[i].Expires
			require.Equal(t, d, same[i])
		}
	})
}
