// Package mixer is the arithmetic of sound: sums that do not clip harshly, volume,
// levels and changes of rate. It has no goroutine, no clock and no device.
package mixer

import "github.com/callward/callward/audio"

const (
	// full is full scale.
	full = 32767.0
	// knee is the level up to which sums are left as they are, 3 dB below full scale.
	knee = 23170
)

// saturate brings a sum back into full scale. Up to the knee it changes nothing;
// what is above is bent towards full scale, which it never reaches.
func saturate(x int32) int16 {
	switch {
	case x > knee:
		return int16(knee + bend(float32(x-knee), full-knee))
	case x < -knee:
		return int16(-knee - bend(float32(-x-knee), full-knee))
	}
	return int16(x)
}

// bend squeezes what is over a level into the room above it, which it never
// fills. It begins with the slope of what is below.
func bend[T float32 | float64](over, room T) T { return room * over / (room + over) }

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
