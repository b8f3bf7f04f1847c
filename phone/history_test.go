package phone_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestHistoryIsWrittenAtStartChangeAndEnd(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		id, d, m := r.dial("1001")
		require.Equal(t, phone.CallRecord{ID: id, Direction: phone.Out, Number: "1001", Dialled: "1001", Account: alice, Started: time.Now()}, r.store.saved()[0])
		time.Sleep(time.Second)
		d.tell(phone.DialogAnswered{Fork: "a", Answer: []byte("answer")})
		synctest.Wait()
		m.tell(phone.MediaAgreed{})
		synctest.Wait()
		saved := r.store.saved()
		require.Equal(t, time.Now(), saved[len(saved)-1].Answered)
		require.Empty(t, saved[len(saved)-1].Result)

		before := len(saved)
		time.Sleep(3*time.Minute + time.Second)
		require.Len(t, r.store.saved(), before+3, "once a minute")
		d.tell(phone.DialogEnded{Cause: phone.EndRemote, Status: 200})
		r.over()
		saved = r.store.saved()
		last := saved[len(saved)-1]
		require.Equal(t, phone.Answered, last.Result)
		require.Equal(t, time.Now(), last.Ended)
		require.Equal(t, 200, last.SIPStatus)
		require.Equal(t, "The other side ended the call.", last.Reason)
		before = len(saved)
		time.Sleep(5 * time.Minute)
		require.Len(t, r.store.saved(), before, "an ended call is left alone")
		got, err := r.History(t.Context(), 0)
		require.NoError(t, err)
		require.Equal(t, saved, got)
	})
}

func TestListsAreReadAgainWhenACallBeginsAndEnds(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		told := func() (n int) {
			for _, e := range r.happened() {
				if e.Kind == phone.EventHistory {
					n++
				}
			}
			return n
		}
		id, d, _ := r.dial("1001")
		require.Equal(t, 1, told())
		d.tell(phone.DialogAnswered{Fork: "a", Answer: []byte("answer")})
		time.Sleep(3 * time.Minute)
		require.Zero(t, told(), "nothing that a list shows has changed")
		require.NoError(t, r.Hangup(t.Context(), id))
		require.Equal(t, 1, told())
	})
}

func TestAFullDiskKeepsHistoryUntilItCanBeWritten(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		r.happened()
		r.store.fill(full())
		for _, number := range []string{"1001", "1002"} {
			id, _, _ := r.dial(number)
			require.NoError(t, r.Hangup(t.Context(), id))
		}
		notices := 0
		for _, e := range r.happened() {
			if e.Kind == phone.EventNotice {
				notices++
				require.Contains(t, e.Text, "History cannot be written")
			}
		}
		require.Equal(t, 1, notices, "said once")
		tries := r.store.attempts()
		time.Sleep(35 * time.Second)
		require.InDelta(t, tries+3, r.store.attempts(), 1, "every 10 s")
		require.Empty(t, r.happened())
		require.Empty(t, r.store.saved())

		r.store.fill(nil)
		time.Sleep(10*time.Second + time.Millisecond)
		synctest.Wait()
		saved := r.store.saved()
		require.Len(t, saved, 2, "one row for each call, in its last state")
		require.Equal(t, "1001", saved[0].Number)
		require.Equal(t, phone.Cancelled, saved[0].Result)
		require.Equal(t, "1002", saved[1].Number)
		told := r.happened()
		require.Equal(t, phone.EventNotice, told[0].Kind)
		require.Contains(t, told[0].Text, "written again")

		r.store.fill(full())
		id, _, _ := r.dial("1003")
		require.NoError(t, r.Hangup(t.Context(), id))
		require.Contains(t, r.kinds(), phone.EventNotice, "said again after it worked")
	})
}

// The context of Run ends while a row is written: that is no fault of the disk.
func TestTheEndDoesNotCutHistoryOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.store.slow = make(chan struct{})
		r.start()
		id, _, _ := r.dial("1001")
		r.stop()
		synctest.Wait()
		close(r.store.slow)
		require.NoError(t, <-r.ended)
		saved := r.store.saved()
		require.Equal(t, id, saved[len(saved)-1].ID)
		require.Equal(t, phone.Cancelled, saved[len(saved)-1].Result)
		require.Equal(t, len(saved), r.store.attempts(), "no write failed")
	})
}

// A list is read again once a call that ended is in it, and not before.
func TestHistoryIsToldOfOnceItIsOnTheDisk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		_, d, _ := r.talk()
		r.happened()
		slow := make(chan struct{})
		r.store.slow = slow
		d.tell(phone.DialogEnded{Cause: phone.EndRemote, Status: 200})
		require.Equal(t, []phone.EventKind{phone.EventCallEnded}, r.kinds())
		close(slow)
		require.Equal(t, []phone.EventKind{phone.EventHistory}, r.kinds())
		time.Sleep(5 * time.Minute)
		require.Empty(t, r.happened())
		r.close()
	})
}

func TestHistoryIsToldOfWhenAFullDiskWorksAgain(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		r.store.fill(full())
		for range 3 {
			id, _, _ := r.dial("1001")
			require.NoError(t, r.Hangup(t.Context(), id))
		}
		require.NotContains(t, r.kinds(), phone.EventHistory)
		r.store.fill(nil)
		time.Sleep(10*time.Second + time.Millisecond)
		require.Equal(t, []phone.EventKind{phone.EventNotice, phone.EventHistory}, r.kinds(), "once for all")
	})
}

func TestACallIsDialledAgainAsItWas(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		id, d, _ := r.dial("  (020) 7946 0018 ")
		d.tell(phone.DialogEnded{Status: 486})
		require.Equal(t, "(020) 7946 0018", r.over().Dialled)
		saved := r.store.saved()
		last := saved[len(saved)-1]
		require.Equal(t, id, last.ID)
		require.Equal(t, "(020) 7946 0018", last.Dialled)
		require.Equal(t, "The line is busy.", last.Reason)
	})
}

func TestACallIsDeletedForGood(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		id, d, _ := r.talk()
		fails(t, phone.CodeState, r.DeleteCall(t.Context(), id))
		d.tell(phone.DialogEnded{Cause: phone.EndRemote, Status: 200})
		r.happened()
		require.NoError(t, r.DeleteCall(t.Context(), id))
		require.Equal(t, []phone.EventKind{phone.EventHistory}, r.kinds())
		require.NoError(t, r.DeleteCall(t.Context(), id), "it is gone")
		time.Sleep(5 * time.Minute)
		require.Empty(t, r.store.saved())
	})
}

// A row that waits for the disk must not come back behind its deletion.
func TestACallIsDeletedWithWhatIsNotWrittenOfIt(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		r.store.fill(full())
		gone, _, _ := r.dial("1001")
		require.NoError(t, r.Hangup(t.Context(), gone))
		kept, _, _ := r.dial("1002")
		require.NoError(t, r.Hangup(t.Context(), kept))
		fails(t, phone.CodeStorage, r.DeleteCall(t.Context(), gone))
		r.happened()
		r.store.fill(nil)
		require.NoError(t, r.DeleteCall(t.Context(), gone))
		time.Sleep(time.Minute)
		saved := r.store.saved()
		require.Len(t, saved, 1)
		require.Equal(t, kept, saved[0].ID)
	})
}

// A disk that is slow holds up who deletes, and nobody else.
func TestThePhoneDoesNotWaitForADeletion(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		over, d, _ := r.talk()
		d.tell(phone.DialogEnded{Cause: phone.EndRemote, Status: 200})
		r.happened()
		r.store.slow = make(chan struct{})
		id, _, _ := r.dial("1001") // its row waits for the disk
		deleted := make(chan error, 1)
		go func() { deleted <- r.DeleteCall(context.Background(), over) }()
		synctest.Wait()
		require.NoError(t, r.Hangup(t.Context(), id))
		require.Contains(t, r.kinds(), phone.EventCallEnded)
		impatient, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		fails(t, phone.CodeCancelled, r.DeleteCall(impatient, over))
		r.stop()
		close(r.store.slow)
		require.NoError(t, <-r.ended)
		require.NoError(t, <-deleted, "asked for before the end")
		fails(t, phone.CodeNotRunning, r.DeleteCall(t.Context(), id))
		for _, rec := range r.store.saved() {
			require.Equal(t, id, rec.ID)
		}
	})
}

func TestTheWindowReadsHistoryByPlaces(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		_, d := r.ring("offer")
		d.tell(phone.DialogEnded{Cause: phone.EndCancelled})
		require.Equal(t, phone.Missed, r.over().Result)
		keys, err := r.CallKeys(t.Context(), phone.CallQuery{Missed: true})
		require.NoError(t, err)
		require.Len(t, keys, 1)
		rows, err := r.CallRows(t.Context(), []int64{keys[0].Row})
		require.NoError(t, err)
		require.Equal(t, phone.Missed, rows[0].Result)
		require.Equal(t, "The caller gave up.", rows[0].Reason)

		count, err := r.MissedUnseen(t.Context())
		require.NoError(t, err)
		require.Equal(t, 1, count)
		require.NoError(t, r.SeeMissed(t.Context()))
		count, err = r.MissedUnseen(t.Context())
		require.NoError(t, err)
		require.Zero(t, count)
	})
}
