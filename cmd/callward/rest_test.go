package main

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestMemoryIsGivenBackOnceCallsAreOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		events := make(chan phone.Event)
		var alive atomic.Pointer[[]phone.Call]
		alive.Store(&[]phone.Call{})
		var released atomic.Int32
		go rest(t.Context(), events, func() []phone.Call { return *alive.Load() }, func() { released.Add(1) })
		time.Sleep(time.Hour)
		synctest.Wait()
		require.Equal(t, int32(1), released.Swap(0), "what the start took")

		ended := phone.Event{Kind: phone.EventCallEnded}
		events <- ended
		time.Sleep(quiet - time.Second)
		events <- ended
		time.Sleep(quiet - time.Second)
		synctest.Wait()
		require.Zero(t, released.Load())
		time.Sleep(time.Hour)
		synctest.Wait()
		require.Equal(t, int32(1), released.Load())

		alive.Store(&[]phone.Call{{ID: "c1"}})
		events <- ended
		time.Sleep(time.Hour)
		synctest.Wait()
		require.Equal(t, int32(1), released.Load(), "another is up")
		close(events)
	})
}
