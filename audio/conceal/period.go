package conceal

import (
	"math"

	"github.com/callward/callward/audio"
)

// findPeriod returns the lag in samples at which the end of x looks most like
// what was before it, from shortestPeriod to longestPeriod.
func (c *Concealer) findPeriod(x audio.Frame) int {
	window := c.samples(matched)
	shortest, longest := c.samples(shortestPeriod), c.samples(longestPeriod)
	end := x[len(x)-window:]
	likeness := func(lag, stride int) float64 {
		return similarity(end, x[len(x)-window-lag:len(x)-lag], stride)
	}
	// Every second sample at every second lag first, for telephone sound; at
	// higher rates as many. Then each lag around the best.
	stride := max(2, c.rate/4000)
	best, bestLikeness := shortest, math.Inf(-1)
	for lag := shortest; lag <= longest; lag += stride {
		if l := likeness(lag, stride); l > bestLikeness {
			best, bestLikeness = lag, l
		}
	}
	middle := best
	bestLikeness = math.Inf(-1)
	for lag := max(shortest, middle-stride+1); lag <= min(longest, middle+stride-1); lag++ {
		if l := likeness(lag, 1); l > bestLikeness {
			best, bestLikeness = lag, l
		}
	}
	return best
}

// similarity is the normalised correlation of a and b, from -1 to 1, over
// every stride-th sample; 0 where one of them is silent. b is at least as long
// as a.
func similarity(a, b audio.Frame, stride int) float64 {
	var ab, aa, bb int64
	b = b[:len(a)]
	for i := 0; i < len(a); i += stride {
		x, y := int64(a[i]), int64(b[i])
		ab += x * y
		aa += x * x
		bb += y * y
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return float64(ab) / math.Sqrt(float64(aa)*float64(bb))
}
