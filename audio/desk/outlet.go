package desk

import "github.com/callward/callward/audio/device"

// How much an outlet keeps queued: what the device takes at a time, and half as
// much more for each time that the desk came too late, up to a tenth of a second.
const (
	leastQueued = device.Period
	mostQueued  = 5 * device.Period
	lateStep    = device.Period / 2
	// forgiven is how many ticks in time take a lateStep back: ten seconds.
	forgiven = 10 * ticksPerSecond
	// settling is how many ticks after a rest gaps say nothing: the queue was empty.
	settling = 3
)

// outlet is an open loudspeaker and how much is queued for it. It is owned by the
// desk's goroutine. A nil outlet is a device that is closed.
type outlet struct {
	*device.Playback
	target int    // samples to be queued after a tick
	missed uint64 // samples of silence that the device had to play, when last seen
	calm   int    // ticks since the target was changed or a gap seen
	fresh  int    // ticks for which gaps still say nothing
}

func newOutlet(s stream) *outlet {
	p, ok := s.(*device.Playback)
	if !ok {
		return nil
	}
	return &outlet{Playback: p, target: leastQueued, fresh: settling}
}

// room returns how many samples to queue now. It is asked once per tick.
func (o *outlet) room() int {
	o.adapt(o.Missed())
	return max(0, o.target-o.Len())
}

// rest tells that there is nothing to queue in this tick.
func (o *outlet) rest() {
	if o != nil {
		o.fresh = settling
	}
}

// adapt sets the target by the gaps there were.
func (o *outlet) adapt(missed uint64) {
	gap := missed > o.missed
	o.missed = missed
	o.calm++
	switch {
	case o.fresh > 0:
		o.fresh--
	case gap:
		o.target, o.calm = min(o.target+lateStep, mostQueued), 0
	case o.calm > forgiven && o.target > leastQueued:
		o.target, o.calm = o.target-lateStep, 0
	}
}
