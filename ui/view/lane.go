package view

import "context"

// lane is a Worker that keeps the order: each piece of work begins once the one before it has ended.
type lane struct {
	worker  Worker
	waiting []func()
	busy    bool
}

// Do implements Worker, for the goroutine of the screen.
func (l *lane) Do(work func(ctx context.Context) error, done func(error)) {
	l.waiting = append(l.waiting, func() {
		l.worker.Do(work, func(err error) {
			done(err)
			l.busy = false
			l.next()
		})
	})
	l.next()
}

func (l *lane) next() {
	if l.busy || len(l.waiting) == 0 {
		return
	}
	begin := l.waiting[0]
	l.waiting = l.waiting[1:]
	l.busy = true
	begin()
}
