package desk

import "time"

// The desk's beat, which is that of the devices.
const (
	ticksPerSecond = 50
	period         = time.Second / ticksPerSecond
)

// The ticks are drawn to where the sound waits least: shortly after the
// microphone has given a run, and shortly before the speaker takes one, as far
// as the two devices allow it.
const (
	// settled is how old a run of the microphone is at least, so that each tick
	// finds one and not now two, now none.
	settled = 2 * time.Millisecond
	// earliest and latest bound how long before the speaker's turn a tick is. With
	// less a tick that comes late would be too late.
	earliest = 12 * time.Millisecond
	latest   = 5 * time.Millisecond
	// beside is how long before the speaker's turn a tick is when the microphone
	// gives its runs less than latest before that turn.
	beside = 9 * time.Millisecond
	// pull is how far a tick is moved at most: the devices' own times jitter.
	pull = time.Millisecond
)

// pace says when the ticks are. It is owned by the desk's goroutine.
type pace struct {
	running bool
	due     time.Time // of the last tick
}

// start begins with a tick at once.
func (p *pace) start(now time.Time) time.Duration {
	p.running, p.due = true, now
	return 0
}

// next returns how long to wait for the next tick. spoke is a time at which the
// speaker took sound, heard one at which the microphone gave some, zero where
// there is none.
func (p *pace) next(now, spoke, heard time.Time) time.Duration {
	p.due = p.due.Add(period)
	if !spoke.IsZero() {
		off := p.due.Add(lead(spoke, heard)).Sub(spoke) % period
		if off > period/2 {
			off -= period
		}
		p.due = p.due.Add(-max(-pull, min(pull, off/4)))
	}
	if now.Sub(p.due) > period { // the machine was busy or asleep: begin anew
		p.due = now
	}
	return max(0, p.due.Sub(now))
}

// lead returns how long before the speaker's turn the ticks should be.
func lead(spoke, heard time.Time) time.Duration {
	if heard.IsZero() {
		return latest
	}
	before := spoke.Sub(heard.Add(settled)) % period // from a settled run to the turn
	if before < 0 {
		before += period
	}
	switch {
	case before < latest:
		return beside
	case before > earliest:
		return latest
	}
	return before
}
