package conceal

import (
	"time"

	"github.com/callward/callward/audio"
)

const (
	// shortestCut is the least that is cut out or put in: a period of 400 Hz.
	shortestCut = 2500 * time.Microsecond
	// shortestOverlap is the least sound that is blended, and judged by.
	shortestOverlap = 5 * time.Millisecond
	longestOverlap  = 10 * time.Millisecond

	// likeEnough is how similar two pieces must be for one to pass into the
	// other unheard; hurried is for when much must be cut.
	likeEnough    = 0.8
	hurried       = 0.5
	hurriedAmount = 40 * time.Millisecond

	// quiet is the power below which no cut is heard, whatever is cut: about
	// -50 dBov, the noise of a telephone line.
	quiet = 100 * 100
)

// Accelerate passes sound that was received, shortened by at most that many
// samples: one period is cut out where the sound before and after it is most
// alike, or as much as may be where there is hardly any sound. It returns the
// shorter frame, or all of it when nothing in it can be cut unheard. The
// frame is changed in place.
func (c *Concealer) Accelerate(frame audio.Frame, most int) audio.Frame {
	c.join(frame)
	cut, overlap := c.findCut(frame, most)
	if cut > 0 {
		for i := range overlap {
			frame[i] = blend(frame[i], frame[i+cut], i, overlap)
		}
		copy(frame[overlap:], frame[overlap+cut:])
		frame = frame[:len(frame)-cut]
	}
	c.remember(frame)
	return frame
}

// Expand passes sound that was received, lengthened by at most that many
// samples: a period is played twice. It returns the longer frame, or the same
// when nothing can be put in unheard. The frame is changed in place; it does
// not allocate when there is room for most samples more.
func (c *Concealer) Expand(frame audio.Frame, most int) audio.Frame {
	c.join(frame)
	extra, overlap := c.findCut(frame, most)
	if extra > 0 {
		for range extra {
			frame = append(frame, 0)
		}
		copy(frame[extra+overlap:], frame[overlap:])
		// From the end, since where the overlap is longer than the piece put in,
		// it reads what it also writes.
		for i := overlap - 1; i >= 0; i-- {
			frame[extra+i] = blend(frame[extra+i], frame[i], i, overlap)
		}
	}
	c.remember(frame)
	return frame
}

// blend is the i-th of n samples that pass from one sound into another.
func blend(from, to int16, i, n int) int16 {
	return from + int16((int(to)-int(from))*(i+1)/(n+1))
}

// findCut returns the best number of samples to cut out or put in, at most
// that many, and over how many samples to blend. It is 0 when there is none.
func (c *Concealer) findCut(frame audio.Frame, most int) (cut, overlap int) {
	overlapFor := func(cut int) int { return min(len(frame)-cut, c.samples(longestOverlap)) }
	longest := min(most, len(frame)-c.samples(shortestOverlap))
	if power(frame) < quiet {
		if longest <= 0 {
			return 0, 0
		}
		return longest, overlapFor(longest)
	}
	longest = min(longest, c.samples(longestPeriod))
	need := likeEnough
	if most >= c.samples(hurriedAmount) {
		need = hurried
	}
	for lag := c.samples(shortestCut); lag <= longest; lag++ {
		n := overlapFor(lag)
		if l := similarity(frame[:n], frame[lag:lag+n], 1); l > need {
			cut, overlap, need = lag, n, l
		}
	}
	return cut, overlap
}

// power is the mean power of frame.
func power(frame audio.Frame) int64 {
	var sum int64
	for _, sample := range frame {
		sum += int64(sample) * int64(sample)
	}
	return sum / int64(max(1, len(frame)))
}
