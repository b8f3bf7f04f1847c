package portable_test

import (
	"encoding/base64"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/portable"
)

// endless is a file that has a beginning, and then the same for ever.
type endless struct{ first, then string }

func (e *endless) Read(p []byte) (int, error) {
	if e.first == "" {
		e.first = e.then
	}
	n := copy(p, e.first)
	e.first = e.first[n:]
	return n, nil
}

// repeated is a file of count parts.
func repeated(first string, count int, part string) io.Reader {
	return io.LimitReader(&endless{first, strings.Repeat(part, 100)}, int64(len(first)+count*len(part)))
}

func TestFilesOfAnySizeAreReadAsTheyCome(t *testing.T) {
	stop := errors.New("stop")
	left := 0
	contact := func(int, phone.Contact) error {
		if left--; left == 0 {
			return stop
		}
		return nil
	}
	left = 1000
	require.Equal(t, stop, portable.ReadVCards(&endless{"", card("3.0", "FN:a")}, contact, nil))
	table, err := portable.OpenTable(&endless{"Name\n\"a quote that has no end\n", "a\n"})
	require.NoError(t, err)
	left = 1000
	require.Equal(t, stop, table.Contacts(contact, func(phone.Skipped) {}))
	left = 1000
	require.Equal(t, stop, portable.ReadEntries(&endless{"number\n", "1\n"}, func(int, phone.EntryDraft) error { return contact(0, phone.Contact{}) }, nil))
}

// What has no end is not held: of 64 MB, all allocations together are a fraction.
func TestWhatHasNoEndTakesLittleMemory(t *testing.T) {
	const size = 64 << 20
	add := func(int, phone.Contact) error { return nil }
	skip := func(phone.Skipped) {}
	vCards := func(r io.Reader) error { return portable.ReadVCards(r, add, skip) }
	table := func(r io.Reader) error {
		opened, err := portable.OpenTable(r)
		if err != nil {
			return err
		}
		return opened.Contacts(add, skip)
	}
	for _, tt := range []struct {
		name, first, then string
		read              func(io.Reader) error
	}{
		{"a picture", "BEGIN:VCARD\nFN:a\nPHOTO;ENCODING=b:", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n ", vCards},
		{"a note", "BEGIN:VCARD\nFN:a\nNOTE:", "note note note note note note note note note\n ", vCards},
		{"a property that does not matter", "BEGIN:VCARD\nFN:a\nX:", "note note note note note note note note note\n ", vCards},
		{"a line of a card", "BEGIN:VCARD\nFN:a\nNOTE:", "note", vCards},
		{"text outside of cards", "BEGIN:VCARD\nFN:a\nEND:VCARD\n", "note\n", vCards},
		{"a row", "Name,Phone\n", "a,", table},
		{"a cell", "Name,Phone\n\"", "a,", table},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			require.NoError(t, tt.read(io.LimitReader(&endless{tt.first, strings.Repeat(tt.then, 1000)}, size)))
			runtime.ReadMemStats(&after)
			require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(size/2))
		})
	}
}

// Of 100,000 cards, 27 MB.
func BenchmarkReadVCards(b *testing.B) {
	photo := base64.StdEncoding.EncodeToString([]byte("\xff\xd8\xff" + strings.Repeat("x", 30)))
	one := card("3.0", "N:Doe;Jane;;;", "FN:Jane Doe", "ORG:Acme Inc.;Sales", "TEL;TYPE=CELL:+15551234567",
		"TEL;TYPE=WORK,VOICE:020 7946 0018", "EMAIL:jane@example.com", "ADR;TYPE=HOME:;;1 Main Street;Town;;12345;USA", "NOTE:met at the fair\\, call back", "PHOTO;ENCODING=b;TYPE=JPEG:"+photo)
	b.SetBytes(int64(100_000 * len(one)))
	b.ReportAllocs()
	for b.Loop() {
		count := 0
		err := portable.ReadVCards(repeated("", 100_000, one), func(int, phone.Contact) error { count++; return nil }, nil)
		require.NoError(b, err)
		require.Equal(b, 100_000, count)
	}
}
