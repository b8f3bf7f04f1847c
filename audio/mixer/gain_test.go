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

// turned is a Gain that has come to its volume.
func turned(gain float64) mixer.Gain {
	g := mixer.NewGain()
	g.Set(gain)
	g.Apply(make(audio.Frame, 960))
	return g
}

func amplitude(f audio.Frame, hz float64) float64 {
	return math.Sqrt(2 * spectrum.Goertzel(f, audio.DeskRate, hz))
}

func TestGainScalesATone(t *testing.T) {
	for _, gain := range []float64{0, 0.01, 0.5, 1, 1.5, 2} {
		f := spectrum.Tone(4800, audio.DeskRate, 1000, 8000, 0)
		g := turned(gain)
		g.Apply(f)
		require.InDelta(t, 8000*gain, amplitude(f, 1000), 1, "%v", gain)
		if gain > 0.1 {
			require.Greater(t, spectrum.Goertzel(f, audio.DeskRate, 1000)/spectrum.Power(f), 0.9999, "%v", gain)
		}
	}
}

func TestGainOfOneChangesNothing(t *testing.T) {
	for _, g := range []mixer.Gain{mixer.NewGain(), turned(1)} {
		f := audio.Frame{0, 1, -1, 30000, math.MaxInt16, math.MinInt16}
		g.Apply(f)
		require.Equal(t, audio.Frame{0, 1, -1, 30000, math.MaxInt16, math.MinInt16}, f)
	}
}

// A tone of which twice would be far beyond full scale keeps most of its purity:
// cut off hard it would be about 0.94.
func TestGainSaturatesSoftly(t *testing.T) {
	f := spectrum.Tone(4800, audio.DeskRate, 1000, 28000, 0)
	g := turned(2)
	g.Apply(f)
	require.Greater(t, spectrum.Goertzel(f, audio.DeskRate, 1000)/spectrum.Power(f), 0.96)
	require.Less(t, spectrum.RMS(f), -1.0)
}

// A louder sample never comes out quieter, whatever the gain, and a louder gain
// never makes it quieter.
func TestGainIsMonotonic(t *testing.T) {
	apply := func(x int16, gain float64) int16 {
		g, f := turned(gain), audio.Frame{x}
		g.Apply(f)
		return f[0]
	}
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Int16Range(0, math.MaxInt16-1).Draw(t, "x")
		gain := rapid.Float64Range(0, 2).Draw(t, "gain")
		more := rapid.Float64Range(0, 0.1).Draw(t, "more")
		y := apply(x, gain)
		require.GreaterOrEqual(t, y, int16(0))
		require.GreaterOrEqual(t, apply(x+1, gain), y)
		require.Equal(t, -y, apply(-x, gain))
		if gain <= 1 {
			require.InDelta(t, gain*float64(x), y, 0.5)
		}
		if gain+more <= 1 {
			require.GreaterOrEqual(t, apply(x, gain+more), y)
		}
	})
}

// The steps between samples are those of the louder tone, and what a ramp over
// 20 ms adds.
func TestGainChangesWithoutAClick(t *testing.T) {
	for name, c := range map[string]struct{ from, to, amplitude float64 }{
		"off": {1, 0, 16000}, "on": {0, 1, 16000}, "up": {1, 2, 16000}, "down": {2, 0.5, 16000},
		"loud and up": {1, 1.3, 32000}, "loud and down": {1.3, 1, 32000},
	} {
		t.Run(name, func(t *testing.T) {
			f := spectrum.Tone(9600, audio.DeskRate, 200, c.amplitude, 0)
			g := turned(c.from)
			loudest := max(c.from, c.to)
			const crest = 20*240 + 60
			g.Apply(f[:crest])
			g.Set(c.to)
			for rest := f[crest:]; len(rest) > 0; rest = rest[min(480, len(rest)):] {
				g.Apply(rest[:min(480, len(rest))])
			}
			steepest := loudest*c.amplitude*2*math.Pi*200/audio.DeskRate + c.amplitude*math.Abs(c.to-c.from)/960
			require.LessOrEqual(t, float64(spectrum.LargestStep(f)), steepest+2)
		})
	}
}

func TestGainIsTheSameForRunsOfAnyLength(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		gain := rapid.Float64Range(0, 2).Draw(t, "gain")
		whole, pieces := spectrum.Tone(4800, audio.DeskRate, 700, 20000, 0), spectrum.Tone(4800, audio.DeskRate, 700, 20000, 0)
		g, h := mixer.NewGain(), mixer.NewGain()
		g.Set(gain)
		h.Set(gain)
		g.Apply(whole)
		for at := 0; at < len(pieces); {
			n := min(rapid.IntRange(1, 1500).Draw(t, "run"), len(pieces)-at)
			h.Apply(pieces[at : at+n])
			at += n
		}
		require.Equal(t, whole, pieces)
	})
}

func BenchmarkGain(b *testing.B) {
	g := turned(1.5)
	f := spectrum.Tone(960, audio.DeskRate, 440, 100, 0)
	for b.Loop() {
		g.Apply(f)
		clear(f)
	}
}
