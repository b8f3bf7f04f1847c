package phone_test

import (
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestEventsAreNumberedWithoutGapsAndTheSnapshotByTheLast(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		late := r.Subscribe()
		r.talk()
		require.NoError(t, r.Hangup(t.Context(), ""))
		synctest.Wait()
		last := r.Snapshot().Seq
		late.Close()
		late.Close()
		require.False(t, late.Lost())
		var got []uint64
		for e := range late.Events() {
			got = append(got, e.Seq)
			require.False(t, e.Time.IsZero())
		}
		require.Equal(t, last, got[len(got)-1])
		for i := range got[1:] {
			require.Equal(t, got[i]+1, got[i+1])
		}
	})
}

func TestASlowSubscriberIsDroppedAndHoldsNobodyUp(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		slow := r.Subscribe()
		_, _, m := r.talk()
		for range 5000 {
			m.tell(phone.MediaDTMF{Digit: '1'})
			r.happened()
		}
		require.Equal(t, phone.Active, r.call().State)
		events := 0
		for range slow.Events() {
			events++
		}
		require.Equal(t, 4096, events)
		require.True(t, slow.Lost())
		require.NoError(t, r.Hangup(t.Context(), ""))
		r.over()
	})
}

// Whoever hears of something, or was answered, finds it in the snapshot.
func TestTheSnapshotIsNoOlderThanWhatIsTold(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		s := r.Subscribe()
		for range 200 {
			id, err := r.Dial(t.Context(), phone.CallRequest{Number: "1001"})
			require.NoError(t, err)
			require.Len(t, r.Snapshot().Calls, 1)
			e := <-s.Events()
			for e.Kind == phone.EventHistory { // of calls before
				e = <-s.Events()
			}
			require.Equal(t, phone.EventCallStarted, e.Kind)
			require.GreaterOrEqual(t, r.Snapshot().Seq, e.Seq)
			require.NoError(t, r.Hangup(t.Context(), id))
			require.Empty(t, r.Snapshot().Calls)
			for e.Kind != phone.EventCallEnded {
				e = <-s.Events()
				require.GreaterOrEqual(t, r.Snapshot().Seq, e.Seq)
			}
		}
	})
}
