package data_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/data"
	"github.com/callward/callward/phone"
)

func unseen(t *testing.T, store *data.Store) int {
	count, err := store.MissedUnseen(t.Context())
	require.NoError(t, err)
	return count
}

// missed is a call that was missed some minutes after noon.
func missed(t *testing.T, minute int) phone.CallRecord {
	rec := party(t, minute, "Zoë", "+442079460018")
	rec.Answered, rec.Result = time.Time{}, phone.Missed
	return rec
}

func TestMissedCallsCountUntilTheyAreSeen(t *testing.T) {
	dir := t.TempDir()
	store := open(t, dir)
	for i, result := range []phone.Result{phone.Answered, phone.Declined, phone.Busy, phone.Cancelled, phone.Elsewhere, phone.Faulty} {
		rec := missed(t, i)
		rec.Result = result
		save(t, store, rec)
	}
	require.Zero(t, unseen(t, store), "only missed ones count")
	ringing := missed(t, 8)
	ringing.Result = ""
	save(t, store, missed(t, 9), missed(t, 10), ringing)
	require.Equal(t, 2, unseen(t, store))
	require.NoError(t, store.SeeMissed(t.Context()))
	require.Zero(t, unseen(t, store))

	// It began before, and is missed now.
	over := ringing
	over.Result = phone.Missed
	save(t, store, over)
	save(t, store, over)
	require.Equal(t, 1, unseen(t, store))
	require.NoError(t, store.DeleteCall(t.Context(), over.ID))
	require.Zero(t, unseen(t, store))

	// A clock that was set back hides none.
	save(t, store, missed(t, -60), ringing)
	require.NoError(t, store.Close())
	store = open(t, dir)
	require.Equal(t, 2, unseen(t, store), "that one, and the one that rang at the end")
	require.NoError(t, store.SeeMissed(t.Context()))
	require.NoError(t, store.Close())
	require.Zero(t, unseen(t, open(t, dir)))
}

func TestAMissedCallKnowsWhenItWasReturned(t *testing.T) {
	back := func(minute int) phone.CallRecord {
		rec := party(t, minute, "", "+442079460018")
		rec.Direction = phone.Out
		return rec
	}
	early, unanswered, incoming, other := back(-1), back(1), back(2), back(3)
	unanswered.Answered, unanswered.Result = time.Time{}, phone.Busy
	incoming.Direction = phone.In
	other.Number = "+442079460019"
	call, hidden, toHidden := missed(t, 0), missed(t, 0), back(4)
	hidden.Number, toHidden.Number = "", ""
	store := open(t, t.TempDir())
	save(t, store, call, early, unanswered, incoming, other, hidden, toHidden)
	returned := func(id phone.CallID) time.Time {
		t.Helper()
		for _, rec := range chosen(t.Context(), t, store, phone.CallQuery{}) {
			if rec.ID == id {
				require.Contains(t, calls(t, store, 0), rec, "as Calls has it")
				return rec.CalledBack
			}
		}
		t.Fatal("no call ", id)
		return time.Time{}
	}
	require.Zero(t, returned(call.ID))

	talking := back(20)
	talking.Result, talking.Ended = "", time.Time{}
	save(t, store, talking)
	require.Equal(t, talking.Started, returned(call.ID), "it is answered, and goes on")
	first := back(10)
	save(t, store, first, back(30))
	require.Equal(t, first.Started, returned(call.ID), "the first")
	require.Zero(t, returned(hidden.ID), "nobody knows who it was")
	require.Zero(t, returned(first.ID), "it was not missed")
	call.CalledBack = noon
	save(t, store, call)
	require.NoError(t, store.DeleteCall(t.Context(), first.ID))
	require.Equal(t, talking.Started, returned(call.ID), "as the rows have it")
}
