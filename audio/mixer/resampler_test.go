package mixer_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/mixer"
	"github.com/callward/callward/audio/spectrum"
)

var rates = []int{8000, 16000, 44100, 48000}

// settled resamples some of a tone and returns what follows the filter's start.
func settled(from, to int, hz, amplitude float64) audio.Frame {
	out := mixer.NewResampler(from, to).Process(nil, spectrum.Tone(from*2/5, from, hz, amplitude, 0))
	return out[to/10 : to/10+to/4]
}

// rest returns the power of f beside that of a tone in it.
func rest(f audio.Frame, rate int, hz float64) float64 {
	// The tone is fitted and taken off, since the difference of two powers would drown in rounding.
	var c, s float64
	for i, x := range f {
		w := 2 * math.Pi * hz * float64(i) / float64(rate)
		c += float64(x) * math.Cos(w) * 2 / float64(len(f))
		s += float64(x) * math.Sin(w) * 2 / float64(len(f))
	}
	var sum float64
	for i, x := range f {
		w := 2 * math.Pi * hz * float64(i) / float64(rate)
		d := float64(x) - c*math.Cos(w) - s*math.Sin(w)
		sum += d * d
	}
	return sum / float64(len(f))
}

func decibels(power, reference float64) float64 { return 10 * math.Log10(power/reference) }

func each(t *testing.T, do func(t *testing.T, from, to int)) {
	for _, from := range rates {
		for _, to := range rates {
			if from != to {
				t.Run(fmt.Sprintf("%d to %d", from, to), func(t *testing.T) { do(t, from, to) })
			}
		}
	}
}

func TestPassbandIsFlatAndFreeOfImages(t *testing.T) {
	each(t, func(t *testing.T, from, to int) {
		low := float64(min(from, to))
		reference := 30000.0 * 30000.0 / 2
		for share := 0.02; share <= 0.4251; share += 0.015 {
			hz := math.Round(low*share/20) * 20
			out := settled(from, to, hz, 30000)
			require.InDelta(t, 0, decibels(spectrum.Goertzel(out, to, hz), reference), 1, "%v Hz", hz)
			require.Less(t, decibels(rest(out, to, hz), reference), -60.0, "%v Hz: images", hz)
		}
	})
}

func TestNothingAboveHalfTheLowerRateComesThrough(t *testing.T) {
	each(t, func(t *testing.T, from, to int) {
		if to > from {
			t.Skip("images are seen in the passband")
		}
		reference := 30000.0 * 30000.0 / 2
		for hz := float64(to)/2 + 20; hz < float64(from)/2; hz += float64(from-to) / 2 / 40 {
			out := settled(from, to, hz, 30000)
			require.Less(t, decibels(spectrum.Power(out)+1e-9, reference), -60.0, "%v Hz: alias", hz)
		}
	})
}

// What comes out does not depend on how the sound is cut into runs.
func TestRunsOfAnyLengthJoinWithoutASeam(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, to := rapid.SampledFrom(rates).Draw(t, "from"), rapid.SampledFrom(rates).Draw(t, "to")
		in := make(audio.Frame, rapid.IntRange(0, 3000).Draw(t, "length"))
		for i := range in {
			in[i] = int16(i * 7919)
		}
		whole := mixer.NewResampler(from, to).Process(nil, in)
		require.InDelta(t, float64(len(in))*float64(to)/float64(from), len(whole), 1)

		r := mixer.NewResampler(from, to)
		pieces := audio.Frame{}
		for left := in; len(left) > 0; {
			n := rapid.IntRange(1, len(left)).Draw(t, "run")
			pieces = r.Process(pieces, left[:n])
			left = left[n:]
		}
		require.Equal(t, len(whole), len(pieces))
		for i := range whole {
			require.Equal(t, whole[i], pieces[i], "sample %d", i)
		}
	})
}

func TestTwentyMillisecondsStayTwentyMilliseconds(t *testing.T) {
	up, down := mixer.NewResampler(8000, 48000), mixer.NewResampler(48000, 8000)
	for range 100 {
		require.Len(t, up.Process(nil, make(audio.Frame, 160)), 960)
		require.Len(t, down.Process(nil, make(audio.Frame, 960)), 160)
	}
}

func TestDelayIsShort(t *testing.T) {
	each(t, func(t *testing.T, from, to int) {
		r := mixer.NewResampler(from, to)
		impulse := make(audio.Frame, from/10)
		impulse[from/50] = 30000
		out := r.Process(nil, impulse)
		peak := 0
		for i := range out {
			if out[i] > out[peak] {
				peak = i
			}
		}
		at := time.Duration(peak)*time.Second/time.Duration(to) - 20*time.Millisecond
		require.Positive(t, at)
		require.Less(t, at, 3*time.Millisecond)
	})
}

func TestFullScaleDoesNotWrapAround(t *testing.T) {
	square := make(audio.Frame, 8000)
	for i := range square {
		square[i] = 32767
		if i/20%2 == 1 {
			square[i] = -32768
		}
	}
	out := mixer.NewResampler(8000, 48000).Process(nil, square)
	require.Less(t, spectrum.LargestStep(out), 30000) // a wrap steps by 65535
}

func TestResamplingAllocatesNothing(t *testing.T) {
	r := mixer.NewResampler(8000, 48000)
	in, out := make(audio.Frame, 160), make(audio.Frame, 0, 1000)
	require.Zero(t, testing.AllocsPerRun(100, func() { out = r.Process(out[:0], in) }))
}

// One second of sound each way is what a G.711 call takes in a second.
func BenchmarkSecond(b *testing.B) {
	for _, c := range [][2]int{{8000, 48000}, {48000, 8000}, {44100, 48000}} {
		b.Run(fmt.Sprintf("%d to %d", c[0], c[1]), func(b *testing.B) {
			r := mixer.NewResampler(c[0], c[1])
			in, out := spectrum.Tone(c[0], c[0], 440, 10000, 0), make(audio.Frame, 0, c[1]+10)
			for b.Loop() {
				for i := 0; i+c[0]/50 <= len(in); i += c[0] / 50 {
					out = r.Process(out[:0], in[i:i+c[0]/50])
				}
			}
		})
	}
}

// Silence costs nothing, and what comes after it is as it would be after quiet noise of nothing.
func TestSilenceBetweenSounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.SampledFrom([]int{8000, 16000, 48000}).Draw(t, "from")
		to := rapid.SampledFrom([]int{8000, 16000, 48000}).Draw(t, "to")
		var sound audio.Frame
		for range rapid.IntRange(1, 4).Draw(t, "parts") {
			n := rapid.IntRange(0, 3000).Draw(t, "length")
			if rapid.Bool().Draw(t, "silent") {
				sound = append(sound, make(audio.Frame, n)...)
			} else {
				sound = append(sound, spectrum.Tone(n, from, 700, 9000, 0)...)
			}
		}
		// A single run, and runs of any length, give the same: silence is told from sound sample by sample.
		whole := mixer.NewResampler(from, to).Process(nil, sound)
		var parts audio.Frame
		r := mixer.NewResampler(from, to)
		for rest := sound; len(rest) > 0; {
			n := min(len(rest), rapid.IntRange(1, 700).Draw(t, "run"))
			parts = r.Process(parts, rest[:n])
			rest = rest[n:]
		}
		require.Equal(t, whole, parts)
		// And the same as of sound that is never quite silent, but for that.
		noisy := slices.Clone(sound)
		for i := range noisy {
			if noisy[i] == 0 {
				noisy[i] = int16(1 - 2*(i%2))
			}
		}
		for i, x := range mixer.NewResampler(from, to).Process(nil, noisy) {
			require.InDelta(t, x, whole[i], 4)
		}
	})
}
