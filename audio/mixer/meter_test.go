package mixer_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/mixer"
	"github.com/callward/callward/audio/spectrum"
)

// What a meter looks back on is meterful samples, a little less than a quarter second.
const (
	quarter  = audio.DeskRate / 4
	meterful = 12 * 960
)

func TestMeterTellsTheLevel(t *testing.T) {
	square := make(audio.Frame, quarter)
	for i := range square {
		square[i] = -32768
	}
	for name, c := range map[string]struct {
		heard audio.Frame
		want  float64
	}{
		"nothing":              {nil, mixer.Quietest},
		"silence":              {make(audio.Frame, quarter), mixer.Quietest},
		"a full-scale square":  {square, 0},
		"a full-scale tone":    {spectrum.Tone(quarter, audio.DeskRate, 1000, 32767, 0), -3.01},
		"a tone 20 dB below":   {spectrum.Tone(quarter, audio.DeskRate, 1000, 3276.7, 0), -23.01},
		"the least there is":   {append(audio.Frame{1}, make(audio.Frame, meterful-1)...), mixer.Quietest},
		"a tone after silence": {append(make(audio.Frame, 4*quarter), spectrum.Tone(quarter, audio.DeskRate, 1000, 3276.7, 0)...), -23.01},
		"silence after a tone": {append(spectrum.Tone(quarter, audio.DeskRate, 1000, 3276.7, 0), make(audio.Frame, quarter)...), mixer.Quietest},
	} {
		t.Run(name, func(t *testing.T) {
			var m mixer.Meter
			m.Add(c.heard)
			require.InDelta(t, c.want, m.Level(), 0.01)
			m.Reset()
			require.Equal(t, mixer.Quietest, m.Level())
		})
	}
}

func TestMeterIsTheSameForRunsOfAnyLength(t *testing.T) {
	f := spectrum.Tone(2*quarter, audio.DeskRate, 300, 9000, 0)
	rapid.Check(t, func(t *rapid.T) {
		var whole, runs mixer.Meter
		n := 0
		for _, length := range rapid.SliceOfN(rapid.IntRange(0, 2000), 1, 30).Draw(t, "runs") {
			length = min(length, len(f)-n)
			runs.Add(f[n : n+length])
			n += length
		}
		whole.Add(f[:n])
		require.Equal(t, whole.Level(), runs.Level())
	})
}

// The race detector fails this test where the reader is not free to come at any time.
func TestMeterIsReadByOthers(t *testing.T) {
	var m mixer.Meter
	read := make(chan struct{})
	go func() {
		defer close(read)
		for m.Level() == mixer.Quietest {
			continue
		}
	}()
	f := spectrum.Tone(960, audio.DeskRate, 1000, 3000, 0)
	for {
		select {
		case <-read:
			return
		default:
			m.Add(f)
		}
	}
}

func TestMeterAndGainAllocateNothing(t *testing.T) {
	var m mixer.Meter
	g, f := mixer.NewGain(), make(audio.Frame, 960)
	gain := 0.0
	require.Zero(t, testing.AllocsPerRun(100, func() {
		gain++
		g.Set(gain)
		g.Apply(f)
		m.Add(f)
		m.Level()
		m.Reset()
	}))
}

func BenchmarkMeter(b *testing.B) {
	var m mixer.Meter
	f := spectrum.Tone(960, audio.DeskRate, 440, 20000, 0)
	for b.Loop() {
		m.Add(f)
	}
}
