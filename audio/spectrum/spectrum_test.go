package spectrum_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/spectrum"
)

func TestRMS(t *testing.T) {
	square := make(audio.Frame, 100)
	for i := range square {
		square[i] = -32768
	}
	for name, c := range map[string]struct {
		frame audio.Frame
		want  float64
	}{
		"nothing":          {nil, spectrum.Silence},
		"silence":          {make(audio.Frame, 100), spectrum.Silence},
		"full-scale tone":  {spectrum.Tone(8000, 8000, 1000, 32767, 0), -3.01},
		"half the scale":   {spectrum.Tone(8000, 8000, 1000, 16384, 0), -9.03},
		"full-scale block": {square, 0},
	} {
		t.Run(name, func(t *testing.T) {
			require.InDelta(t, c.want, spectrum.RMS(c.frame), 0.01)
		})
	}
}

func TestGoertzelIsTheToneShare(t *testing.T) {
	// 160 samples of 430 Hz are no whole number of periods.
	for _, hz := range []float64{120, 430, 1000, 1234.5, 3900} {
		for from := range 9 {
			tone := spectrum.Tone(160, 8000, hz, 10000, from)
			require.InDelta(t, 1, spectrum.Goertzel(tone, 8000, hz)/spectrum.Power(tone), 0.001, "%v Hz", hz)
			require.Less(t, spectrum.Goertzel(tone, 8000, hz+300)/spectrum.Power(tone), 0.06, "%v Hz", hz)
		}
	}
	require.Zero(t, spectrum.Goertzel(nil, 8000, 1000))
}

func TestGoertzelOfMixedTones(t *testing.T) {
	// 852 and 1336 Hz are the DTMF digit 8.
	low, high := spectrum.Tone(4000, 8000, 852, 8000, 0), spectrum.Tone(4000, 8000, 1336, 4000, 0)
	for i := range low {
		low[i] += high[i]
	}
	require.InEpsilon(t, 8000*8000/2, spectrum.Goertzel(low, 8000, 852), 0.01)
	require.InEpsilon(t, 4000*4000/2, spectrum.Goertzel(low, 8000, 1336), 0.01)
}

func TestDominant(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, hz := range []float64{101, 440, 1000, 1777.7, 3500} {
		tone := spectrum.Tone(800, 8000, hz, 10000, 0)
		for i := range tone {
			tone[i] += int16(random.IntN(2000) - 1000)
		}
		require.InDelta(t, hz, spectrum.Dominant(tone, 8000), 1.5)
	}
	require.Zero(t, spectrum.Dominant(make(audio.Frame, 800), 8000))
}

func TestLargestStep(t *testing.T) {
	require.Equal(t, 0, spectrum.LargestStep(nil))
	require.Equal(t, 65535, spectrum.LargestStep(audio.Frame{0, 5, -32768, 32767}))
	tone := spectrum.Tone(8000, 8000, 1000, 10000, 0)
	require.InDelta(t, 2*10000*math.Sin(math.Pi/8), spectrum.LargestStep(tone), 1000)
}
