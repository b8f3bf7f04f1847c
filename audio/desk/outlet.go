package desk

import "github.com/callward/callward/audio/device"

// How much an outlet keeps queued before a tick adds a period: what the device
// takes at a time, and something for ticks that come late.
const (
	leastLate = device.Period / 8
	mostLate  = 2 * device.Period
	lateStep  = device.Period / 4
	// forgiven is how many ticks in time take a lateStep back: three seconds.
	forgiven = 3 * ticksPerSecond
	// settling is for how many ticks after a rest or a gap another gap says nothing:
	// the queue was empty, or still is.
	settling = 3
)

// outlet is an open loudspeaker and how much is queued for it. It is owned by the
// desk's goroutine. A nil outlet is a device that is closed.
type outlet struct {
	*device.Playback
	lateness
}

func newOutlet(s stream) *outlet {
	p, ok := s.(*device.Playback)
	if !ok {
		return nil
	}
	return &outlet{p, lateness{allowed: leastLate, fresh: settling}}
}

// room returns how many samples to queue now: a period, so that each tick takes a
// packet where packets are of 20 ms, unless too few or too many are there. It is
// asked once per tick.
func (o *outlet) room() int {
	o.adapt(o.Missed())
	return o.amount(o.Len(), o.Most())
}

// rest tells that there is nothing to queue in this tick.
func (o *outlet) rest() {
	if o != nil {
		o.fresh = settling
	}
}

// lateness learns how late ticks come. It is owned by the desk's goroutine.
type lateness struct {
	allowed int    // samples queued in case the next tick is late
	missed  uint64 // samples of silence that the device had to play, when last seen
	calm    int    // ticks since allowed was changed or a gap seen
	fresh   int    // ticks for which gaps still say nothing
}

// amount is room with queued samples for a device that takes at most run at a time.
func (l *lateness) amount(queued, run int) int {
	least, most := l.allowed, l.allowed+2*run+device.Period/8
	if queued >= least && queued <= most {
		return device.Period
	}
	return max(0, device.Period+(least+most)/2-queued)
}

// adapt looks, once per tick, whether there was a gap in what was played.
func (l *lateness) adapt(missed uint64) {
	gap := missed > l.missed
	l.missed = missed
	l.calm++
	switch {
	case l.fresh > 0:
		l.fresh--
	case gap:
		l.allowed, l.calm, l.fresh = min(l.allowed+lateStep, mostLate), 0, settling
	case l.calm > forgiven && l.allowed > leastLate:
		l.allowed, l.calm = max(l.allowed-lateStep, leastLate), 0
	}
}
