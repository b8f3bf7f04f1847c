package phone_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestTheEndOfRunEndsEverything(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		_, d, m := r.talk()
		_, ringing := r.ring("offer")
		r.happened()
		r.stop()
		kinds := r.kinds()
		require.Equal(t, []phone.EventKind{phone.EventCallEnded, phone.EventCallEnded}, kinds)
		_, open := <-r.events.Events()
		require.False(t, open)
		require.False(t, r.events.Lost())
		require.Equal(t, []string{"end"}, d.log)
		require.Equal(t, []string{"ring", "end"}, ringing.log)
		require.Equal(t, "close", m.log[len(m.log)-1])
		saved := r.store.saved()
		require.Equal(t, phone.Answered, saved[len(saved)-2].Result)
		require.Equal(t, phone.Declined, saved[len(saved)-1].Result)

		late := r.Subscribe()
		_, open = <-late.Events()
		require.False(t, open)
	})
}

// The disk is slow at the end: who comes meanwhile is neither served nor kept waiting.
func TestWhoComesWhileThePhoneEndsDoesNotHang(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.store.slow = make(chan struct{})
		r.start()
		_, err := r.Dial(t.Context(), phone.CallRequest{Number: "1001"}) // its row waits for the disk
		require.NoError(t, err)
		r.stop()
		late := r.Subscribe()
		asked := make(chan error, 1)
		go func() { _, err := r.Dial(t.Context(), phone.CallRequest{Number: "1002"}); asked <- err }()
		time.Sleep(time.Second)
		late2 := r.Subscribe()
		close(r.store.slow)
		require.NoError(t, <-r.ended)
		if err := <-asked; err != nil {
			fails(t, phone.CodeNotRunning, err)
		}
		for range late.Events() {
			continue
		}
		for range late2.Events() {
			continue
		}
		require.Empty(t, r.Snapshot().Calls)
	})
}

func TestQuitIsToldOnce(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		select {
		case <-r.Quitting():
			t.Fatal("nobody asked")
		default:
		}
		r.Quit()
		r.Quit()
		<-r.Quitting()
	})
}

func TestRunFailsWhereWhatIsStoredCannotBeRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.store.unread = full()
		events := r.Subscribe()
		fails(t, phone.CodeStorage, r.Run(t.Context()))
		_, open := <-events.Events()
		require.False(t, open)
		fails(t, phone.CodeNotRunning, r.Hangup(t.Context(), ""))
		select {
		case <-r.Ready():
			t.Fatal("never ready")
		default:
		}
	})
}

func TestAnEndDuringTheStartIsNoFailure(t *testing.T) {
	for range 20 { // both ends of the select are ready: chance takes one
		synctest.Test(t, func(t *testing.T) {
			r := newRig(t)
			r.store.unread = context.Canceled
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			require.NoError(t, r.Run(ctx))
		})
	}
}
