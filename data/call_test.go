package data_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/callward/callward/data"
	"github.com/callward/callward/phone"
)

var noon = time.Date(2026, 3, 29, 12, 0, 0, 123456000, time.UTC)

// record is a call that was answered.
func record(t testing.TB) phone.CallRecord {
	id, err := data.NewID()
	require.NoError(t, err)
	return phone.CallRecord{
		ID: phone.CallID(id), Direction: phone.In, Number: "+442079460018", Dialled: "(020) 7946 0018", Name: "Zoë\x00\xff",
		Account: "1001@pbx.example", Started: noon, Answered: noon.Add(time.Second), Ended: noon.Add(time.Minute),
		Result: phone.Answered, Reason: "The other side ended the call.", SIPStatus: 200,
	}
}

func calls(t *testing.T, store *data.Store, limit int) []phone.CallRecord {
	all, err := store.Calls(t.Context(), limit)
	require.NoError(t, err)
	return all
}

func TestCallsComeBackNewestFirst(t *testing.T) {
	dir := t.TempDir()
	store := open(t, dir)
	var saved []phone.CallRecord
	for i := range 5 {
		rec := record(t)
		rec.Started = noon.Add(time.Duration(i/2) * time.Hour) // some at the same time
		saved = append([]phone.CallRecord{rec}, saved...)
		require.NoError(t, store.SaveCall(t.Context(), rec))
	}
	require.NoError(t, store.Close())
	store = open(t, dir)
	require.Equal(t, saved, calls(t, store, 0))
	require.Equal(t, saved[:2], calls(t, store, 2))
	require.Len(t, calls(t, store, 100), 5)
}

func TestACallIsSavedAsItGoesOn(t *testing.T) {
	store := open(t, t.TempDir())
	rec := record(t)
	whole := rec
	rec.Answered, rec.Ended, rec.Result, rec.SIPStatus, rec.Name = time.Time{}, time.Time{}, "", 0, ""
	rec.Dialled, rec.Reason = "", ""
	require.NoError(t, store.SaveCall(t.Context(), rec))
	require.Equal(t, []phone.CallRecord{rec}, calls(t, store, 0))
	require.NoError(t, store.SaveCall(t.Context(), whole))
	require.Equal(t, []phone.CallRecord{whole}, calls(t, store, 0))
}

func TestCallsThatWereAliveAtAKillAreClosed(t *testing.T) {
	for _, tt := range []struct {
		name      string
		direction phone.Direction
		answered  bool
		result    phone.Result
	}{
		{"incoming that rang", phone.In, false, phone.Missed},
		{"outgoing that rang", phone.Out, false, phone.Faulty},
		{"incoming and answered", phone.In, true, phone.Answered},
		{"outgoing and answered", phone.Out, true, phone.Answered},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			store := open(t, dir)
			over, alive := record(t), record(t)
			alive.Direction, alive.Result, alive.Ended = tt.direction, "", time.Time{}
			alive.Started = time.Now().Add(-time.Minute).Truncate(time.Microsecond).UTC()
			alive.Answered = alive.Started.Add(time.Second)
			if !tt.answered {
				alive.Answered = time.Time{}
			}
			require.NoError(t, store.SaveCall(t.Context(), over))
			require.NoError(t, store.SaveCall(t.Context(), alive))
			require.NoError(t, store.Close())

			found := calls(t, open(t, dir), 0)
			require.Equal(t, over, found[1], "what was over stays")
			require.Equal(t, tt.result, found[0].Result)
			require.WithinDuration(t, time.Now(), found[0].Ended, 10*time.Second, "the last that is known")
			require.Equal(t, alive.Answered, found[0].Answered)
			require.Equal(t, "Callward stopped before the call ended.", found[0].Reason)
		})
	}
}

func TestReadersSeeWholeWritesWhileTheWriterWrites(t *testing.T) {
	store := open(t, t.TempDir())
	const writes = 300
	var work errgroup.Group
	work.Go(func() error {
		for i := range writes {
			rec := record(t)
			rec.Started = noon.Add(time.Duration(i) * time.Second)
			rec.Number = fmt.Sprint(i)
			if err := store.SaveCall(t.Context(), rec); err != nil {
				return err
			}
		}
		return nil
	})
	for range 4 {
		work.Go(func() error {
			for seen := 0; seen < writes; {
				found, err := store.Calls(t.Context(), 0)
				if err != nil {
					return err
				}
				if len(found) < seen {
					return fmt.Errorf("saw %d calls, then %d", seen, len(found))
				}
				for i, rec := range found {
					if want := fmt.Sprint(len(found) - 1 - i); rec.Number != want {
						return fmt.Errorf("call %d is %s", i, rec.Number)
					}
				}
				seen = len(found)
			}
			return nil
		})
	}
	require.NoError(t, work.Wait())
}
