package jitter

import "time"

const (
	// stretchGrain is the least delay that is worth a seam in the sound, and
	// enough for most voices' period.
	stretchGrain = 5 * time.Millisecond
	// lackGrain is how much the wait may be under its target. It is less than
	// what was added for safety, so that sound is stretched before it fails.
	lackGrain = time.Millisecond
	// settlePulls is how many pulls are watched after a change before the next.
	settlePulls = 5
	// urgent is the spare delay that is cut without watching.
	urgent = 40 * time.Millisecond
	// mostGrid is the longest grid believed in.
	mostGrid = 60 * time.Millisecond
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

	// grid is by how much the wait changes at least. It is the run, unless
	// several runs are taken at once, which shows when a cut takes more from
	// the wait than it should.
	run, grid time.Duration
	cut       time.Duration // what is being cut now
	uncut     time.Duration // the mean before that
}

// observe takes one pull for a packet that follows on the last one.
func (c *pace) observe(at, transit time.Duration, p Pull) {
	if p.Run != c.run {
		c.run, c.grid = p.Run, p.Run
	}
	c.pulls++
	if c.pulls == 1 {
		c.mean, c.kept = transit, p.Kept
		return
	}
	c.early.observe(at, c.mean-transit)
	c.mean += (transit - c.mean) / time.Duration(min(c.pulls, meanPulls))
	c.kept = min(c.kept, p.Kept)
	if c.pulls == settlePulls {
		c.learnGrid()
	}
}

// learnGrid looks at what the last cut has done.
func (c *pace) learnGrid() {
	if taken := c.uncut - c.mean; c.cut > 0 && taken > c.cut+stretchGrain {
		c.grid = max(c.grid, min(taken, mostGrid))
	}
	c.cut = 0
}

// change tells that the wait has been changed, and is about that of transit
// now: what was seen before says nothing on what comes.
func (c *pace) change(transit time.Duration) {
	if c.pulls > 0 {
		c.learnGrid()
	}
	c.pulls, c.mean = 0, transit
}

// margin is how much sooner than on average pulls come now and then: a packet
// must be there by that much more.
func (c *pace) margin() time.Duration { return max(0, c.early.nearTop) }

// stretch says how to bring the wait to target, as Answer.Stretch. floor is
// the least transit of the packets that came. What it says is done.
func (c *pace) stretch(floor, target time.Duration) time.Duration {
	settled := c.pulls >= settlePulls
	spare := c.mean - floor - target
	if spare < 0 {
		if spare > -lackGrain || !settled {
			return 0
		}
		lack := max(stretchGrain, c.inGrid(c.grid-spare)-c.kept)
		c.change(c.mean)
		return -lack
	}
	spare = c.inGrid(spare) + c.kept
	if spare < stretchGrain || (spare < urgent && !settled) {
		return 0
	}
	before := c.mean
	c.change(c.mean)
	c.cut, c.uncut = spare, before
	return spare
}

// inGrid rounds d down to the grid: the wait changes when a packet is needed a
// whole run sooner or later, and what is stretched by less is only kept.
func (c *pace) inGrid(d time.Duration) time.Duration {
	if c.grid <= 0 {
		return d
	}
	return d - d%c.grid
}
