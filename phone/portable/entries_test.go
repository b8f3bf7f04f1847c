package portable_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/portable"
)

// entries reads a blacklist and fails the test at an error.
func entries(t require.TestingT, file string) (drafts []phone.EntryDraft, lines []int, skipped []phone.Skipped) {
	err := portable.ReadEntries(strings.NewReader(file), func(line int, d phone.EntryDraft) error {
		drafts, lines = append(drafts, d), append(lines, line)
		return nil
	}, func(s phone.Skipped) { skipped = append(skipped, s) })
	require.NoError(t, err)
	return drafts, lines, skipped
}

func TestABlacklistIsRead(t *testing.T) {
	bob := phone.EntryDraft{Kind: phone.KindNumber, Number: "+1 555 0100", Name: "Bob", Mode: phone.BlockAll}
	bare := phone.EntryDraft{Kind: phone.KindNumber, Number: "+1 555 0100", Mode: phone.AllowVoicemails}
	for _, tt := range []struct {
		name, file string
		want       []phone.EntryDraft
	}{
		{"as it is written here", "number,name,mode\n+1 555 0100,Bob,all\n", []phone.EntryDraft{bob}},
		{"columns in another order, and more", "\ufeffName;Since;MODE;Number;x\r\nBob;2020-01-01;All;+1 555 0100\r\n", []phone.EntryDraft{bob}},
		{"numbers alone, with a header and without", "Telefon\n+1 555 0100\n", []phone.EntryDraft{bare}},
		{"numbers alone, without a header", "+1 555 0100\n\n(020) 7946\n", []phone.EntryDraft{bare, {Kind: phone.KindNumber, Number: "(020) 7946", Mode: phone.AllowVoicemails}}},
		{"links, without a header", "tel:+15550100,Bob\nsip:eve@pbx.example,Eve\n", []phone.EntryDraft{
			{Kind: phone.KindNumber, Number: "tel:+15550100", Name: "Bob", Mode: phone.AllowVoicemails}, {Kind: phone.KindNumber, Number: "sip:eve@pbx.example", Name: "Eve", Mode: phone.AllowVoicemails},
		}},
		{"every kind", "number,name,mode,kind,expires\n+1900,Premium,all,prefix,\n5,Nobody,voicemail,hidden,\n12,Eve,,contact,2030-05-06T07:08:09Z\n", []phone.EntryDraft{
			{Kind: phone.KindPrefix, Number: "+1900", Name: "Premium", Mode: phone.BlockAll},
			{Kind: phone.KindHidden, Name: "Nobody", Mode: phone.AllowVoicemails},
			{Kind: phone.KindContact, Number: "12", Name: "Eve", Mode: phone.AllowVoicemails, Expires: time.Date(2030, 5, 6, 7, 8, 9, 0, time.UTC)},
		}},
		{"to the end of a day", "number,expires\n1,2030-12-31\n", []phone.EntryDraft{
			{Kind: phone.KindNumber, Number: "1", Mode: phone.AllowVoicemails, Expires: time.Date(2031, 1, 1, 0, 0, 0, 0, time.Local)},
		}},
		{"a header alone", "number,name,mode\n", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, _, skipped := entries(t, tt.file)
			require.Empty(t, skipped)
			require.Equal(t, tt.want, got)
		})
	}
}

func TestABrokenEntryDoesNotStopTheRest(t *testing.T) {
	for row, want := range map[string]phone.Skipped{
		"2,Eve,sometimes,,\n":                     {What: "2", Why: "Its mode is neither voicemail nor all: sometimes."},
		"2,Eve,through,,\n":                       {What: "2", Why: "Its mode is neither voicemail nor all: through."},
		"2,Eve,all,contacts,\n":                   {What: "2", Why: "Its kind is none of number, prefix, contact and hidden: contacts."},
		",Eve,all,,\n":                            {What: "Eve", Why: "It has no number."},
		"2,Eve,all,,soon\n":                       {What: "2", Why: "When it expires is no date such as 2030-12-31: soon."},
		"2,\"Eve,all,,\n":                         {What: "2", Why: "A quoted cell in it does not end."},
		strings.Repeat("1", 257) + ",Eve,all,,\n": {What: strings.Repeat("1", 256), Why: "Its number is too long to be one."},
	} {
		want.Line = 3
		got, lines, skipped := entries(t, "number,name,mode,kind,expires\n1,Bob,all,,\n"+row+"3,\"Jo\",all\n")
		require.Equal(t, []phone.Skipped{want}, skipped)
		require.Len(t, got, 2)
		require.Equal(t, []int{2, 4}, lines)
	}
}

func TestWhatIsNoBlacklistAtAllIsRefused(t *testing.T) {
	for _, file := range []string{"", "name,mode\nBob,all\n", "\"number\n", ",Nobody,all,hidden\n"} {
		err := portable.ReadEntries(strings.NewReader(file), nil, nil)
		require.Equal(t, phone.CodeInvalid, phone.CodeOf(err))
		require.Contains(t, phone.Sentence(err), "its first line should be number,name,mode")
	}
}

func TestABlacklistThatIsWrittenReadsBackTheSame(t *testing.T) {
	text := rapid.StringMatching(`[a-z0-9,;"'äß電+]([ a-z0-9,;"'äß電+]{0,9}[a-z,"])?`)
	entry := rapid.Custom(func(t *rapid.T) phone.Entry {
		e := phone.Entry{
			Kind: rapid.SampledFrom([]phone.EntryKind{phone.KindNumber, phone.KindContact, phone.KindPrefix, phone.KindHidden}).Draw(t, "kind"),
			Mode: rapid.SampledFrom([]phone.Mode{phone.AllowVoicemails, phone.BlockAll, phone.LetThrough}).Draw(t, "mode"),
			Name: strings.Join(strings.Fields(text.Draw(t, "name")), " "),
		}
		if e.Kind != phone.KindHidden {
			e.Number = rapid.StringMatching(`\+[0-9]{1,15}`).Draw(t, "number")
			e.Text = rapid.SampledFrom([]string{"", "020 7946", "eve@pbx.example", "tel:+44-20"}).Draw(t, "text")
		}
		if rapid.Bool().Draw(t, "expires") {
			e.Expires = time.Unix(rapid.Int64Range(0, 1<<36).Draw(t, "second"), rapid.Int64Range(0, 1e9-1).Draw(t, "nanosecond")).UTC()
		}
		return e
	})
	rapid.Check(t, func(rt *rapid.T) {
		all := rapid.SliceOfN(entry, 0, 5).Draw(rt, "entries")
		var want []phone.EntryDraft
		for _, e := range all {
			if !e.Mode.Blocks() {
				continue
			}
			d := phone.EntryDraft{Kind: e.Kind, Number: e.Text, Name: e.Name, Mode: e.Mode, Expires: e.Expires}
			if d.Number == "" {
				d.Number = e.Number
			}
			want = append(want, d)
		}
		var file strings.Builder
		require.NoError(rt, portable.WriteEntries(&file, giving(all...)))
		got, _, skipped := entries(rt, file.String())
		require.Empty(rt, skipped)
		require.Equal(rt, want, got)
		require.True(rt, strings.HasPrefix(file.String(), "number,name,mode,"))
	})
}

// Of 1,000,000 lines.
func BenchmarkReadEntries(b *testing.B) {
	const one = "+15551234567,Spam caller 123456,all\n"
	b.SetBytes(int64(1_000_000 * len(one)))
	b.ReportAllocs()
	for b.Loop() {
		count := 0
		require.NoError(b, portable.ReadEntries(repeated("number,name,mode\n", 1_000_000, one), func(int, phone.EntryDraft) error { count++; return nil }, nil))
		require.Equal(b, 1_000_000, count)
	}
}
