package mixer_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/mixer"
	"github.com/callward/callward/audio/spectrum"
)

func sum(frames ...audio.Frame) audio.Frame {
	var bus mixer.Bus
	bus.Begin(len(frames[0]))
	for _, f := range frames {
		bus.Add(f)
	}
	out := make(audio.Frame, len(frames[0]))
	bus.Into(out)
	return out
}

func TestSum(t *testing.T) {
	for name, c := range map[string]struct{ a, b, want int16 }{
		"quiet sounds add up":            {1000, -300, 700},
		"the knee is exact":              {23000, 170, 23170},
		"loud sounds bend":               {20000, 20000, 29281},
		"the loudest stay in scale":      {32767, 32767, 30994},
		"the most negative stay as well": {-32768, -32768, -30994},
	} {
		t.Run(name, func(t *testing.T) {
			got := sum(audio.Frame{c.a}, audio.Frame{c.b})[0]
			require.InDelta(t, c.want, got, 1)
		})
	}
}

// A louder sum never comes out quieter: no wrap, no fold.
func TestSumIsMonotonic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.SliceOfN(rapid.Int16(), 2, 5).Draw(t, "in")
		var frames []audio.Frame
		for _, x := range in {
			frames = append(frames, audio.Frame{x})
		}
		before := sum(frames...)[0]
		if in[0] == math.MaxInt16 {
			return
		}
		frames[0][0]++
		require.GreaterOrEqual(t, sum(frames...)[0], before)
	})
}

func BenchmarkSumOfTwo(b *testing.B) {
	var bus mixer.Bus
	f := spectrum.Tone(960, audio.DeskRate, 440, 20000, 0)
	out := make(audio.Frame, 960)
	for b.Loop() {
		bus.Begin(len(f))
		bus.Add(f)
		bus.Add(f)
		bus.Into(out)
	}
}
