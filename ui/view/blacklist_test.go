package view

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/view/booktest"
)

func TestAnEntryThatHasExpiredLeavesTheListThatIsShown(t *testing.T) {
	f := &fakePhone{Book: booktest.Book{List: []phone.Entry{
		{ID: "e1", Kind: phone.KindNumber, Number: "555", Mode: phone.BlockAll, Expires: noon.Add(time.Minute)},
		{ID: "e2", Kind: phone.KindNumber, Number: "556", Mode: phone.BlockAll},
	}}}
	m, q := newMain(f)
	now := noon
	m.Blacklist.now = func() time.Time { return now }
	m.Go(PageSettings)
	m.Blacklist.Watched = true
	m.Blacklist.Read()
	q.run()
	f.List = f.List[1:] // the store gives it no more
	m.Turn()
	q.run()
	require.Equal(t, 2, m.Blacklist.Len(), "nothing has expired yet")
	now = noon.Add(time.Minute)
	m.Turn()
	q.run()
	require.Equal(t, 1, m.Blacklist.Len())
}

func TestThatNobodyIsBlockedIsSaidAsLongAsItIsSo(t *testing.T) {
	m, _ := newMain(&fakePhone{})
	now := noon
	m.Blacklist.now = func() time.Time { return now }
	m.Show(phone.Snapshot{Unscreened: noon.Add(time.Hour)})
	require.Equal(t, "Nobody is blocked until 13:00: an emergency number was called.", m.Blacklist.Off)
	now = noon.Add(time.Hour)
	m.Page, m.Blacklist.Watched = PageSettings, true
	m.Turn()
	require.Empty(t, m.Blacklist.Off)
}
