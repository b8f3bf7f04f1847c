package tempo_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/audio/tempo"
)

const rate = 8000

// all reads a sound to its end, in runs of 10 ms.
func all(r *tempo.Reader) (out audio.Frame) {
	for !r.Done() {
		f := make(audio.Frame, rate/100)
		out = append(out, f[:r.Read(f)]...)
	}
	return out
}

func TestSpeedOneIsTheVerySound(t *testing.T) {
	sound := spectrum.Tone(3*rate+17, rate, 440, 8000, 0)
	require.Equal(t, sound, all(tempo.NewReader(sound, rate)))
}

// At rates above 8000 a second the likeness is first looked for by steps.
func TestFasterKeepsThePitchAtAnyRate(t *testing.T) {
	for _, rate := range []int{11025, 16000, 48000} {
		for _, hz := range []float64{200, 1000, 3000, 5000} {
			sound := spectrum.Tone(2*rate, rate, hz, 8000, 0)
			r := tempo.NewReader(sound, rate)
			r.SetSpeed(2)
			fast := all(r)
			require.InDelta(t, rate, len(fast), 0.04*float64(rate))
			middle := fast[rate/4 : 3*rate/4]
			require.Greater(t, spectrum.Goertzel(middle, rate, hz)/spectrum.Power(middle), 0.9, "%v Hz at %v", hz, rate)
			require.LessOrEqual(t, spectrum.LargestStep(middle), spectrum.LargestStep(sound)+400, "a click: %v Hz at %v", hz, rate)
		}
	}
}

func TestFasterKeepsThePitch(t *testing.T) {
	for _, hz := range []float64{110, 440, 1000, 3000} {
		for _, speed := range []float64{1.25, 1.5, 2} {
			sound := spectrum.Tone(4*rate, rate, hz, 8000, 0)
			r := tempo.NewReader(sound, rate)
			r.SetSpeed(speed)
			fast := all(r)
			require.InDelta(t, float64(len(sound))/speed, len(fast), 0.04*rate, "%v Hz at %v", hz, speed)
			middle := fast[rate/4 : len(fast)-rate/4]
			require.InDelta(t, hz, spectrum.Dominant(middle, rate), 0.01*hz)
			require.Greater(t, spectrum.Goertzel(middle, rate, spectrum.Dominant(middle, rate))/spectrum.Power(middle), 0.9, "%v Hz at %v", hz, speed)
			require.LessOrEqual(t, spectrum.LargestStep(middle), spectrum.LargestStep(sound)+400, "a click: %v Hz at %v", hz, speed)
		}
	}
}

// speech is a sound with a pitch that changes and syllables.
func speech(n int) audio.Frame {
	f, phase := make(audio.Frame, n), 0.0
	for i := range f {
		at := float64(i) / rate
		phase += 2 * math.Pi * (150 + 50*math.Sin(2*math.Pi*at)) / rate
		loud := math.Max(0, math.Sin(2*math.Pi*3*at))
		f[i] = int16(6000 * loud * (math.Sin(phase) + 0.5*math.Sin(2*phase) + 0.3*math.Sin(5*phase)))
	}
	return f
}

func TestSpeechHasNoClicks(t *testing.T) {
	sound := speech(5 * rate)
	for _, speed := range []float64{1.25, 1.5, 2} {
		r := tempo.NewReader(sound, rate)
		r.SetSpeed(speed)
		require.Less(t, spectrum.LargestStep(all(r)), spectrum.LargestStep(sound)*3/2, "at %v", speed)
	}
}

func TestSeekingAndAnotherSpeedMakeNoClick(t *testing.T) {
	sound := spectrum.Tone(10*rate, rate, 440, 8000, 0)
	r := tempo.NewReader(sound, rate)
	var out audio.Frame
	for i := range 300 {
		f := make(audio.Frame, rate/100)
		require.Equal(t, len(f), r.Read(f))
		out = append(out, f...)
		switch i {
		case 50:
			r.Seek(7123 * time.Millisecond)
			require.Equal(t, 7123*time.Millisecond, r.Position())
		case 100:
			r.SetSpeed(2)
		case 150:
			r.Seek(0)
		case 200:
			r.SetSpeed(1)
		}
	}
	require.LessOrEqual(t, spectrum.LargestStep(out), spectrum.LargestStep(sound)*3/2)
	r.Seek(time.Hour)
	require.True(t, r.Done())
	f := make(audio.Frame, 80)
	require.Zero(t, r.Read(f))
	require.Equal(t, 10*time.Second, r.Position())
}

func TestAnySoundIsReadToItsEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sound := make(audio.Frame, rapid.IntRange(0, 3000).Draw(t, "length"))
		for i := range sound {
			sound[i] = int16(rapid.IntRange(-32768, 32767).Draw(t, "sample"))
			if i > 200 {
				sound[i] = sound[i%200]
			}
		}
		r := tempo.NewReader(sound, rate)
		speed := rapid.SampledFrom([]float64{1, 1.25, 1.5, 2}).Draw(t, "speed")
		r.SetSpeed(speed)
		r.Seek(time.Duration(rapid.IntRange(-10, 500).Draw(t, "seek")) * time.Millisecond)
		before, read := r.Position(), 0
		for !r.Done() {
			f := make(audio.Frame, rapid.IntRange(1, 400).Draw(t, "run"))
			n := r.Read(f)
			read += n
			if now := r.Position(); now < before-15*time.Millisecond {
				t.Fatalf("it went back from %v to %v", before, now)
			} else {
				before = now
			}
			if n < len(f) && !r.Done() {
				t.Fatal("a run was cut short before the end")
			}
		}
		if read > len(sound)+500 {
			t.Fatalf("%d samples of %d were read", read, len(sound))
		}
	})
}

func BenchmarkReader(b *testing.B) {
	sound := speech(60 * rate)
	for b.Loop() {
		r := tempo.NewReader(sound, rate)
		r.SetSpeed(2)
		all(r)
	}
}

// BenchmarkSecond is a second of what is heard at twice the speed, at the greatest rate.
func BenchmarkSecond(b *testing.B) {
	sound := spectrum.Tone(2*48000, 48000, 440, 8000, 0)
	for b.Loop() {
		r := tempo.NewReader(sound, 48000)
		r.SetSpeed(2)
		all(r)
	}
}
