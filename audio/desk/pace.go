package desk

import "time"

// The desk's beat, which is that of the devices.
const (
	ticksPerSecond = 50
	period         = time.Second / ticksPerSecond
)

// pull is how far a tick is moved at most: the devices' own times jitter.
const pull = time.Millisecond

// pace says when the ticks are: one each period, drawn to where the microphone's
// sound waits least. It is owned by the desk's goroutine.
type pace struct {
	running bool
	due     time.Time // of the last tick
}

// start begins with a tick at once.
func (p *pace) start(now time.Time) time.Duration {
	p.running, p.due = true, now
	return 0
}

// next returns how long to wait for the next tick. late is by how much the last
// one was due too late.
func (p *pace) next(now time.Time, late time.Duration) time.Duration {
	p.due = p.due.Add(period - max(-pull, min(pull, late/2)))
	if now.Sub(p.due) > period { // the machine was busy or asleep: begin anew
		p.due = now
	}
	return max(0, p.due.Sub(now))
}
