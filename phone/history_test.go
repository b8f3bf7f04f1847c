package phone_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestHistoryIsWrittenAtStartChangeAndEnd(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		id, d, m := r.dial("1001")
		require.Equal(t, phone.CallRecord{ID: id, Direction: phone.Out, Number: "1001", Account: alice, Started: time.Now()}, r.store.saved()[0])
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
		before = len(saved)
		time.Sleep(5 * time.Minute)
		require.Len(t, r.store.saved(), before, "an ended call is left alone")
		got, err := r.History(t.Context(), 0)
		require.NoError(t, err)
		require.Equal(t, saved, got)
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
