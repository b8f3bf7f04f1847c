package jitter

import "time"

const (
	// spareGrain is the least delay that is worth a cut in the sound.
	spareGrain = 5 * time.Millisecond
	// lackGrain is how much the wait may be under its target before sound is
	// stretched.
	lackGrain = 4 * time.Millisecond
	// settlePulls is how many pulls are watched after a change before the next.
	settlePulls = 5
	// urgent is the spare delay that is cut without watching.
	urgent = 40 * time.Millisecond
	// meanPulls is over how many pulls the mean is taken.
	meanPulls = 16
)

// pace watches when sound is pulled against when it was recorded, and says
// how to bring the wait to its target. All times are transits: the time of a
// pull less the media time that it is for. Owned by the Buffer.
type pace struct {
	early recent // how much sooner than their mean pulls come
	mean  time.Duration
	kept  time.Duration // least sound kept, of the pulls since the last change
	pulls int           // since the last change
}

// observe takes one pull for a packet that follows on the last one.
func (c *pace) observe(at, transit time.Duration, p Pull) {
	c.pulls++
	if c.pulls == 1 {
		c.mean, c.kept = transit, p.Kept
		return
	}
	c.early.observe(at, c.mean-transit)
	c.mean += (transit - c.mean) / time.Duration(min(c.pulls, meanPulls))
	c.kept = min(c.kept, p.Kept)
}

// change tells that the wait has been changed, and is about that of transit
// now: what was seen before says nothing on what comes.
func (c *pace) change(transit time.Duration) { c.pulls, c.mean = 0, transit }

// margin is how much sooner than on average pulls come now and then: a packet
// must be there by that much more.
func (c *pace) margin() time.Duration { return max(0, c.early.nearTop) }

// stretch says how to bring the wait to target, as Answer.Stretch. floor is
// the least transit of the packets that came.
func (c *pace) stretch(floor, target time.Duration, p Pull) time.Duration {
	spare := c.mean - floor - target
	if spare < -lackGrain && c.pulls >= settlePulls {
		return spare
	}
	if spare < 0 {
		return 0
	}
	// Pulls come in a grid of runs: to play a packet sooner by less than a run
	// only moves sound out of what is kept.
	if p.Run > 0 {
		spare -= spare % p.Run
	}
	spare += c.kept
	if spare < spareGrain || (spare < urgent && c.pulls < settlePulls) {
		return 0
	}
	return spare
}
