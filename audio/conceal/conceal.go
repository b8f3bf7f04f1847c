// Package conceal makes up sound that is lost, and makes sound a little
// shorter or longer, so that neither is heard as a click. It follows the idea
// of ITU-T G.711 Appendix I: what was said last is said again, a pitch period
// at a time, and fades away.
//
// Appendix I holds all sound back by 3.75 ms to blend the first repetition
// into what came before. Here nothing is held back: the first repetition
// begins with the step that is left between the two ramped away.
//
//	received  ~~~~~~~~~~~~~~~|                    |~~~~~~~~~~~~
//	source        |a   |b   |c   |                :
//	played    ~~~~~~~~~~~~~~~|c  |c   |b   |c   |a.. ~~~~~~~~~~
//	                         ramp   (fades from 10 ms on)  blend
package conceal

import (
	"time"

	"github.com/callward/callward/audio"
)

const (
	// Pitch periods searched for: 66 to 200 Hz, of which higher voices are
	// multiples.
	shortestPeriod = 5 * time.Millisecond
	longestPeriod  = 15 * time.Millisecond
	// matched is how much of the last sound a period is judged by.
	matched = 20 * time.Millisecond
	// most periods that are repeated in turn: one period alone, over and over,
	// hums.
	mostPeriods = 3
	// remembered is enough for that many periods and a blend before them.
	remembered = 50 * time.Millisecond

	// A loss fades from fadeFrom on, linearly, and is silent at fadeTo.
	fadeFrom = 10 * time.Millisecond
	fadeTo   = 60 * time.Millisecond

	// ramp is how long the step at the beginning of a loss takes to vanish.
	ramp = 2 * time.Millisecond
	// The blend at the end of a loss: a quarter of a period, longer for every
	// 10 ms lost after the first, and never longer than longestBlend.
	longerBlend  = 4 * time.Millisecond
	longestBlend = 10 * time.Millisecond
)

// Concealer mends the sound of one stream. The goroutine that decodes the
// stream owns it. All it plays must pass through it, in order. Nothing is
// delayed, and nothing is allocated after New.
type Concealer struct {
	rate    int
	history audio.Frame // the last sound played

	// The rest describes the present loss.
	lost   int         // samples made up; 0 while nothing is lost
	source audio.Frame // the history when it began
	period int         // in samples
	at     int         // index in source of the next sample
	back   int         // how far at goes back at the end of source
	step   float32     // between the last good sample and the first made up
}

// New makes a Concealer for sound of rate samples per second, 8000 to 48000.
func New(rate int) *Concealer {
	c := &Concealer{rate: rate}
	c.history = make(audio.Frame, c.samples(remembered))
	c.source = make(audio.Frame, len(c.history))
	return c
}

// samples is how many samples last d.
func (c *Concealer) samples(d time.Duration) int {
	return int(d * time.Duration(c.rate) / time.Second)
}

// Good passes sound that was received. After a loss its beginning is blended
// with what was made up, in place.
func (c *Concealer) Good(frame audio.Frame) {
	c.join(frame)
	c.remember(frame)
}

// Lost fills dst with what may have been there.
func (c *Concealer) Lost(dst audio.Frame) {
	if len(dst) == 0 {
		return
	}
	if c.lost == 0 {
		c.begin()
	}
	c.synthesise(dst)
	c.lost += len(dst)
	c.remember(dst)
}

// join blends the beginning of the first good frame after a loss with the
// continuation of what was made up.
func (c *Concealer) join(frame audio.Frame) {
	if c.lost == 0 || len(frame) == 0 {
		return
	}
	tens := max(0, c.lost-c.samples(10*time.Millisecond)) / c.samples(10*time.Millisecond)
	n := min(c.period/4+tens*c.samples(longerBlend), c.samples(longestBlend), len(frame))
	for i := range frame[:n] {
		made := c.sample(c.lost + i)
		weight := float32(i+1) / float32(n+1)
		frame[i] = int16(made + (float32(frame[i])-made)*weight)
	}
	c.lost = 0
}

// begin prepares a loss: it finds the period in what was played last.
func (c *Concealer) begin() {
	copy(c.source, c.history)
	n := len(c.source)
	c.period = c.findPeriod(c.source)
	c.back = c.period
	c.at = n - c.period
	c.step = float32(c.source[n-1]) - float32(c.source[c.at-1])
}

// synthesise fills dst with the loss's next samples.
func (c *Concealer) synthesise(dst audio.Frame) {
	if c.lost >= c.samples(fadeTo) {
		dst.Silence()
		return
	}
	for i := range dst {
		dst[i] = int16(c.sample(c.lost + i))
	}
}

// sample makes up the sample at n samples into the loss, and goes on to the
// next. It stays within the range of int16.
func (c *Concealer) sample(n int) float32 {
	gain := c.gain(n)
	if gain == 0 {
		return 0
	}
	value := float32(c.source[c.at])
	// Towards the end of the source, what comes after the leap back is
	// blended in.
	end := len(c.source)
	if blend, left := c.period/4, end-c.at; left <= blend {
		weight := float32(blend-left+1) / float32(blend+1)
		value += (float32(c.source[c.at-c.back]) - value) * weight
	}
	if c.at++; c.at == end {
		c.at -= c.back
		c.back = c.period * min(mostPeriods, 1+n/c.samples(fadeFrom))
	}
	if length := c.samples(ramp); n < length {
		value += c.step * float32(length-n) / float32(length+1)
		value = max(-32768, min(value, 32767))
	}
	return value * gain
}

// gain is how loud a loss is at n samples into it, from 1 to 0.
func (c *Concealer) gain(n int) float32 {
	from, to := c.samples(fadeFrom), c.samples(fadeTo)
	switch {
	case n <= from:
		return 1
	case n >= to:
		return 0
	}
	return float32(to-n) / float32(to-from)
}

// remember puts what is played at the end of the history.
func (c *Concealer) remember(frame audio.Frame) {
	if n := len(c.history); len(frame) >= n {
		copy(c.history, frame[len(frame)-n:])
		return
	}
	keep := copy(c.history, c.history[len(frame):])
	copy(c.history[keep:], frame)
}
