package main

import (
	"context"
	"runtime/debug"
	"time"

	"github.com/callward/callward/phone"
)

const (
	// settled is how long after the start what was read for it is used no more.
	settled = 3 * time.Second
	// quiet is how long after the last call all that belonged to it is over: the
	// longest timers of its transactions take 32 s (RFC 3261, 17).
	quiet = 45 * time.Second
)

// rest gives the memory of the start, and of calls once they are over, back to
// the system, until ctx is done. The runtime would do so some minutes later.
func rest(ctx context.Context, events <-chan phone.Event, calls func() []phone.Call, release func()) {
	timer := time.NewTimer(settled)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case e, open := <-events:
			if !open {
				return
			}
			if e.Kind == phone.EventCallEnded {
				timer.Reset(quiet)
			}
		case <-timer.C:
			if len(calls()) == 0 {
				release()
			}
		}
	}
}

// rest watches the calls of the phone.
func (a *app) rest(ctx context.Context) {
	for ctx.Err() == nil {
		s := a.phone.Subscribe()
		rest(ctx, s.Events(), func() []phone.Call { return a.phone.Snapshot().Calls }, debug.FreeOSMemory)
		s.Close()
		if !s.Lost() {
			return
		}
	}
}
