// Package mixer is the arithmetic of sound: sums that do not clip harshly, gain,
// levels and changes of rate. It has no goroutine, no clock and no device.
package mixer

import (
	"math"

	"github.com/callward/callward/audio"
)

// knee is the level up to which sums are left as they are, 3 dB below full scale.
const knee = 23170

// saturate brings a sum back into full scale. Up to the knee it changes nothing;
// what is above is bent towards full scale, which it never reaches.
func saturate(x int32) int16 {
	switch {
	case x > knee:
		return bend(x)
	case x < -knee:
		return -bend(-x)
	}
	return int16(x)
}

// bend is saturate above the knee, where it goes on with the same slope.
func bend(x int32) int16 {
	const room = 32767 - knee
	over := float32(x - knee)
	return int16(knee + room*over/(room+over))
}

// Bus adds sounds up. It is owned by the goroutine that mixes.
type Bus struct{ sum []int32 }

// Begin starts a sum of n samples of silence.
func (b *Bus) Begin(n int) {
	if cap(b.sum) < n {
		b.sum = make([]int32, n)
	}
	b.sum = b.sum[:n]
	clear(b.sum)
}

// Add adds f, of which no more than Begin's n samples are used.
func (b *Bus) Add(f audio.Frame) {
	for i, x := range f[:min(len(f), len(b.sum))] {
		b.sum[i] += int32(x)
	}
}

// Into writes the sum into f, as far as both reach, and brings it back into full
// scale.
func (b *Bus) Into(f audio.Frame) {
	for i, x := range b.sum[:min(len(f), len(b.sum))] {
		f[i] = saturate(x)
	}
}

// MixMinus writes into each frame of out the sum of all frames of in but the one
// at the same place: what each party of a conversation hears. All frames are
// equally long, in and out equally many, and each out[i] may be in[i].
func (b *Bus) MixMinus(out, in []audio.Frame) {
	if len(in) == 0 {
		return
	}
	b.Begin(len(in[0]))
	for _, f := range in {
		b.Add(f)
	}
	for i, f := range in {
		for k, x := range f {
			out[i][k] = saturate(b.sum[k] - int32(x))
		}
	}
}

// Amplify multiplies f by gain, 1 being no change, and keeps it within full scale.
func Amplify(f audio.Frame, gain float32) {
	if gain == 1 {
		return
	}
	for i, x := range f {
		y := gain * float32(x)
		f[i] = saturate(int32(max(-1<<30, min(1<<30, y))))
	}
}

// Quietest is the Level of silence, the lowest that RFC 6464 can tell.
const Quietest = -127.0

// Level returns how loud f is in dBov, from Quietest to 0: its root mean square
// beside that of a square wave at full scale (RFC 6464, section 3).
func Level(f audio.Frame) float64 {
	var sum float64
	for _, x := range f {
		sum += float64(x) * float64(x)
	}
	if sum == 0 {
		return Quietest
	}
	return max(Quietest, 10*math.Log10(sum/float64(len(f))/(32768*32768)))
}
