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

// Each party hears the tones of all others and not its own.
func TestMixMinus(t *testing.T) {
	hz := []float64{500, 900, 1700}
	var in, out []audio.Frame
	for _, f := range hz {
		in = append(in, spectrum.Tone(4800, audio.DeskRate, f, 6000, 0))
		out = append(out, make(audio.Frame, 4800))
	}
	var bus mixer.Bus
	bus.MixMinus(out, in)
	for i := range out {
		for k, f := range hz {
			amplitude := math.Sqrt(2 * spectrum.Goertzel(out[i], audio.DeskRate, f))
			if i == k {
				require.Less(t, amplitude, 10.0)
			} else {
				require.InDelta(t, 6000, amplitude, 10)
			}
		}
	}
	bus.MixMinus(nil, nil)
}

func TestMixMinusInPlaceIsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 4).Draw(t, "parties")
		var in, out, same []audio.Frame
		for range n {
			f := rapid.SliceOfN(rapid.Int16(), 8, 8).Draw(t, "frame")
			in, same = append(in, f), append(same, append(audio.Frame{}, f...))
			out = append(out, make(audio.Frame, 8))
		}
		var bus mixer.Bus
		bus.MixMinus(out, in)
		bus.MixMinus(same, same)
		require.Equal(t, out, same)
		if n == 1 {
			require.Equal(t, make(audio.Frame, 8), out[0], "one alone hears nothing")
		}
	})
}

func TestAmplify(t *testing.T) {
	f := audio.Frame{100, -200, 30000, math.MinInt16}
	mixer.Amplify(f, 1)
	require.Equal(t, audio.Frame{100, -200, 30000, math.MinInt16}, f)
	mixer.Amplify(f, 2)
	require.Equal(t, audio.Frame{200, -400}, f[:2])
	require.Greater(t, f[2], int16(30000))
	require.Less(t, f[3], int16(-30000))
	mixer.Amplify(f, float32(math.Inf(1)))
	require.Equal(t, int16(32766), f[0])
}

func TestLevel(t *testing.T) {
	require.Equal(t, mixer.Quietest, mixer.Level(nil))
	require.Equal(t, mixer.Quietest, mixer.Level(make(audio.Frame, 10)))
	require.Equal(t, 0.0, mixer.Level(audio.Frame{-32768, -32768}))
	require.InDelta(t, -3.01, mixer.Level(spectrum.Tone(800, 8000, 1000, 32767, 0)), 0.01)
	require.InDelta(t, -23.01, mixer.Level(spectrum.Tone(800, 8000, 1000, 3276.7, 0)), 0.01)
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
