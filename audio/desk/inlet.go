package desk

import (
	"time"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/device"
)

// inlet is an open microphone. Whole periods are taken from it, so that each tick
// makes one packet wherever packets are of 20 ms. It is owned by the desk's
// goroutine.
type inlet struct {
	*device.Capture
	phase
}

// newInlet returns nil for a microphone that is closed.
func newInlet(s stream) *inlet {
	c, ok := s.(*device.Capture)
	if !ok {
		return nil
	}
	return &inlet{Capture: c}
}

// next fills f with the next period and tells whether there was one.
func (i *inlet) next(f *[device.Period]int16) bool {
	if i.Len() < len(f) {
		return false
	}
	i.taken += uint64(i.Read(f[:]))
	return true
}

// late returns by how much the tick that was due then, and has just taken its
// sound, could have been earlier; it is below 0 where it should have been later.
// A microphone that is closed, or has given nothing yet, does not mind.
func (i *inlet) late(due time.Time) time.Duration {
	if i == nil || i.Turns() == 0 {
		return 0
	}
	return i.after(i.Turns(), i.Len(), due.Sub(i.Last()))
}

const (
	// settled is how much sound should be left after a tick, counted up to the
	// very moment of it: so that each tick finds its period, and not now two, now
	// none.
	settled = 2 * audio.DeskRate / 1000
	// mostUneven is up to which length runs of the microphone that do not fit
	// into a period are allowed for. Beyond that packets come unevenly.
	mostUneven = 2 * device.Period / 5
)

// phase is where the ticks are beside the runs of sound that the microphone gives,
// a period each or less, as it pleases. It is owned by the desk's goroutine.
type phase struct {
	taken uint64 // samples

	turns, given uint64 // the runs and the samples that the microphone had given by the last tick
	run          int    // samples in a run
}

// after is late, with left samples left after the tick and the last run so old when
// it was due.
func (p *phase) after(turns uint64, left int, age time.Duration) time.Duration {
	given := p.taken + uint64(left)
	if turns > p.turns {
		p.run = int((given - p.given) / (turns - p.turns))
	}
	p.turns, p.given = turns, given
	want := settled
	if p.run > 0 && device.Period%p.run != 0 {
		want += min(p.run, mostUneven)
	}
	late := (age + time.Duration(left-want)*time.Second/audio.DeskRate) % period
	switch { // the nearest of those places, which are a period apart
	case late > period/2:
		late -= period
	case late < -period/2:
		late += period
	}
	return late
}
