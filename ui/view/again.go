package view

import "context"

// again does the same work over and over: however often it is asked for while it is under way, it is done once more after
// that. For the goroutine of the screen.
type again struct {
	worker     Worker
	busy, more bool
}

// do has begin say what the work is, and what follows it, each time before it is done.
func (a *again) do(begin func() (work func(ctx context.Context) error, done func(error))) {
	if a.busy {
		a.more = true
		return
	}
	a.busy = true
	work, done := begin()
	a.worker.Do(work, func(err error) {
		a.busy = false
		done(err)
		if a.more {
			a.more = false
			a.do(begin)
		}
	})
}
