package mixer

import (
	"math"

	"github.com/callward/callward/audio"
)

// rampLength is over how many samples a Gain changes: a frame of 20 ms at
// audio.DeskRate.
const rampLength = audio.DeskRate / 50

// Gain is a volume that changes without a click. It is owned by the goroutine
// that mixes.
type Gain struct {
	now, goal float64
	step      float64 // what now grows by with each sample until it is goal
	left      int     // samples until then
}

// NewGain makes a Gain that changes nothing.
func NewGain() Gain { return Gain{now: 1, goal: 1} }

// Set makes the volume come to be gain, 0 or more and 1 for no change, in the
// next 20 ms of sound.
func (g *Gain) Set(gain float64) {
	g.goal, g.left = gain, rampLength
	g.step = (gain - g.now) / rampLength
}

// Apply multiplies f by the volume. What would be beyond full scale is bent
// towards it; up to a volume of 1 nothing is bent, and at 1 nothing changed.
func (g *Gain) Apply(f audio.Frame) {
	n := min(g.left, len(f))
	for i, x := range f[:n] {
		g.now += g.step
		f[i] = amplify(x, g.now)
	}
	if g.left -= n; g.left > 0 {
		return
	}
	if g.now = g.goal; g.now == 1 {
		return
	}
	for i, x := range f[n:] {
		f[n+i] = amplify(x, g.now)
	}
}

// amplify is x times gain. The level from which it bends falls with the gain
// from full scale to the knee, so that a gain that passes 1 makes no step.
func amplify(x int16, gain float64) int16 {
	y := gain * float64(x)
	from := full
	if gain > 1 {
		from = max(knee, full/gain)
	}
	switch {
	case y > from:
		y = from + bend(y-from, full-from)
	case y < -from:
		y = -from - bend(-y-from, full-from)
	}
	return int16(math.Round(y))
}
