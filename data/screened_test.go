package data_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestTheScreeningLogComesBackNewestFirst(t *testing.T) {
	dir := t.TempDir()
	store := open(t, dir)
	e := listed("a", "+442079460018", "Zoë")
	e.Text = "020 7946 0018"
	row := saveEntry(t, store, e).Row
	call := phone.Screened{
		Time: noon, Kind: phone.ScreenedCall, Number: "+442079460018", Name: "Zoë Lee", Account: "1001@pbx.example",
		Verdict: phone.Verdict{Mode: phone.BlockAll, Kind: phone.KindNumber, Row: row, Header: "From", Received: "02079460018@pbx.example", Number: "+442079460018"},
	}
	text := call
	text.Time, text.Kind, text.Text, text.Number = noon.Add(time.Minute), phone.ScreenedText, "Buy 100% now", "1003"
	unknown := phone.Screened{Time: noon.Add(time.Hour), Kind: phone.ScreenedCall, Verdict: phone.Verdict{Mode: phone.BlockAll, Kind: phone.KindHidden, Row: 99}}
	require.NoError(t, store.SaveScreened(t.Context(), nil))
	require.NoError(t, store.SaveScreened(t.Context(), []phone.Screened{call, text}))
	require.NoError(t, store.SaveScreened(t.Context(), []phone.Screened{unknown}))
	require.NoError(t, store.Close())
	store = open(t, dir)

	call.Row, call.Entry, call.EntryName, call.EntryText = 1, "a", "Zoë", "020 7946 0018"
	text.Row, text.Entry, text.EntryName, text.EntryText = 2, "a", "Zoë", "020 7946 0018"
	unknown.Row = 3
	for _, tt := range []struct {
		q     phone.ScreenedQuery
		want  []phone.Screened
		total int
	}{
		{phone.ScreenedQuery{}, []phone.Screened{unknown, text, call}, 3},
		{phone.ScreenedQuery{Offset: 1, Limit: 1}, []phone.Screened{text}, 3},
		{phone.ScreenedQuery{Search: "020 7946", Limit: 1}, []phone.Screened{text}, 2},
		{phone.ScreenedQuery{Search: "1003"}, []phone.Screened{text}, 1},
		{phone.ScreenedQuery{Search: "%"}, nil, 0},
	} {
		part, total, err := store.Screened(t.Context(), tt.q)
		require.NoError(t, err)
		require.Equal(t, tt.want, part, tt.q)
		require.Equal(t, tt.total, total)
	}
	found, _, err := store.Entry(t.Context(), row, "")
	require.NoError(t, err)
	require.Equal(t, 2, found.Blocked)
	require.Equal(t, text.Time, found.Last)

	e.Name = "Renamed"
	saveEntry(t, store, e)
	_, err = store.DeleteEntries(t.Context(), []phone.EntryID{"a"}, false)
	require.NoError(t, err)
	part, _, err := store.Screened(t.Context(), phone.ScreenedQuery{Offset: 2})
	require.NoError(t, err)
	call.Entry = ""
	require.Equal(t, []phone.Screened{call}, part, "its entry is gone, and what it was called then stays")

	require.NoError(t, store.DropScreened(t.Context(), text.Time))
	part, total, err := store.Screened(t.Context(), phone.ScreenedQuery{})
	require.NoError(t, err)
	require.Equal(t, 2, total)
	require.Equal(t, unknown, part[0])
}

// A flood does not fill the disk.
func TestTheScreeningLogHasABound(t *testing.T) {
	store := open(t, t.TempDir())
	const more = 2500
	row := phone.Screened{Time: time.Now(), Kind: phone.ScreenedCall, Verdict: phone.Verdict{Mode: phone.BlockAll, Kind: phone.KindPrefix, Row: 1}}
	batch := make([]phone.Screened, phone.MaxScreened+more)
	for i := range batch {
		batch[i] = row
	}
	require.NoError(t, store.SaveScreened(t.Context(), batch))
	require.NoError(t, store.DropScreened(t.Context(), row.Time.Add(-time.Hour)))
	_, total, err := store.Screened(t.Context(), phone.ScreenedQuery{Limit: 1})
	require.NoError(t, err)
	require.Equal(t, phone.MaxScreened, total)
}
