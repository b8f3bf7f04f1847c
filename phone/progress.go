package phone

import (
	"strconv"
	"time"
)

// progressPause is between two events about an import, at least.
const progressPause = 250 * time.Millisecond

// Progress returns what tells of an import by EventProgress, now and then. One goroutine at a time may call it.
func (p *Phone) Progress() Progress {
	var last time.Time
	return func(done, _ int) {
		if now := time.Now(); now.Sub(last) >= progressPause {
			last = now
			p.inbox.Put(progressed(done))
		}
	}
}

// progressed is how many were read.
type progressed int

func (done progressed) apply(l *loop) {
	l.emit(Event{Kind: EventProgress, Text: strconv.Itoa(int(done))})
}
