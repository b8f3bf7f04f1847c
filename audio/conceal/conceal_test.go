package conceal_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/conceal"
	"github.com/callward/callward/audio/spectrum"
)

// voice is like a vowel: harmonics of hz that get weaker.
func voice(n, rate int, hz, amplitude float64, from int) audio.Frame {
	f := make(audio.Frame, n)
	for harmonic := 1; harmonic <= 8; harmonic++ {
		part := spectrum.Tone(n, rate, hz*float64(harmonic), amplitude/float64(harmonic), from)
		for i := range f {
			f[i] += part[i] / 2
		}
	}
	return f
}

// noise is like an s: no period at all.
func noise(n int, amplitude float64) audio.Frame {
	random := rand.New(rand.NewPCG(1, 2))
	f := make(audio.Frame, n)
	for i := range f {
		f[i] = int16(amplitude * (2*random.Float64() - 1))
	}
	return f
}

// lose plays sound in frames of 20 ms, of which those that lost says are made
// up, and returns what is heard.
func lose(rate int, sound audio.Frame, lost func(frame int) bool) audio.Frame {
	c := conceal.New(rate)
	n := rate / 50
	var heard audio.Frame
	for i := 0; (i+1)*n <= len(sound); i++ {
		frame := append(audio.Frame(nil), sound[i*n:(i+1)*n]...)
		if lost(i) {
			c.Lost(frame)
		} else {
			c.Good(frame)
		}
		heard = append(heard, frame...)
	}
	return heard
}

// A single frame lost from a steady sound is hardly missed: what is made up is
// like what was lost, and there is no step that the sound does not have.
func TestOneLostFrame(t *testing.T) {
	for _, rate := range []int{8000, 16000, 48000} {
		for name, sound := range map[string]audio.Frame{
			"1000 Hz": spectrum.Tone(rate, rate, 1000, 10000, 0),
			"437 Hz":  spectrum.Tone(rate, rate, 437, 10000, 0),
			"man":     voice(rate, rate, 107, 10000, 0),
			"woman":   voice(rate, rate, 223, 10000, 0),
			"child":   voice(rate, rate, 391, 10000, 0),
		} {
			t.Run(fmt.Sprintf("%s at %d", name, rate), func(t *testing.T) {
				heard := lose(rate, sound, func(i int) bool { return i == 20 })
				require.LessOrEqual(t, spectrum.LargestStep(heard), spectrum.LargestStep(sound)*11/10)

				n := rate / 50
				lost, made := sound[20*n:21*n], heard[20*n:21*n]
				require.InDelta(t, spectrum.RMS(lost), spectrum.RMS(made), 2.5)
				require.Greater(t, likeness(lost, made), 0.9)
				// The next frame but one is as it was sent.
				require.Equal(t, sound[22*n:23*n], heard[22*n:23*n])
			})
		}
	}
}

// likeness is the normalised correlation of two frames.
func likeness(a, b audio.Frame) float64 {
	var ab float64
	for i := range a {
		ab += float64(a[i]) * float64(b[i])
	}
	return ab / float64(len(a)) / math.Sqrt(spectrum.Power(a)*spectrum.Power(b))
}

// A loss is as loud as before for 10 ms, then fades, and is silent from 60 ms
// on; the return from it has no click.
func TestLongLossFades(t *testing.T) {
	const rate = 8000
	sound := spectrum.Tone(rate, rate, 500, 16000, 0)
	heard := lose(rate, sound, func(i int) bool { return i >= 20 && i < 30 })
	from := 20 * rate / 50
	level := func(ms int) float64 { return spectrum.RMS(heard[from+ms*8 : from+ms*8+80]) }
	whole := spectrum.RMS(sound)
	require.InDelta(t, whole, level(0), 0.5)
	require.InDelta(t, whole+20*math.Log10(0.7), level(20), 1)
	require.InDelta(t, whole+20*math.Log10(0.3), level(40), 1.5)
	for ms := 60; ms < 200; ms += 10 {
		require.Equal(t, spectrum.Silence, level(ms), "at %d ms", ms)
	}
	require.Equal(t, sound[31*160:], heard[31*160:])
	require.LessOrEqual(t, spectrum.LargestStep(heard), spectrum.LargestStep(sound))
}

// Without any sound before it, a loss is silence.
func TestLossAtTheStart(t *testing.T) {
	c := conceal.New(8000)
	frame := spectrum.Tone(160, 8000, 1000, 10000, 0)
	c.Lost(frame)
	require.Equal(t, make(audio.Frame, 160), frame)
}

// No frames or empty ones, long ones, overload: nothing breaks, and lengths
// are kept.
func TestAnySound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rate := rapid.SampledFrom([]int{8000, 16000, 48000}).Draw(t, "rate")
		c := conceal.New(rate)
		for range rapid.IntRange(1, 30).Draw(t, "frames") {
			n := rapid.IntRange(0, 1000).Draw(t, "length")
			frame := noise(n, rapid.Float64Range(0, 32767).Draw(t, "amplitude"))
			most := rapid.IntRange(-10, 1000).Draw(t, "most")
			switch rapid.IntRange(0, 3).Draw(t, "move") {
			case 0:
				c.Good(frame)
			case 1:
				c.Lost(frame)
			case 2:
				require.LessOrEqual(t, len(c.Accelerate(frame, most)), n)
				require.GreaterOrEqual(t, len(frame), n-max(0, most))
			case 3:
				longer := c.Expand(frame, most)
				require.GreaterOrEqual(t, len(longer), n)
				require.LessOrEqual(t, len(longer), n+max(0, most))
			}
		}
	})
}

// Stretching changes how long a steady sound lasts and nothing else.
func TestStretch(t *testing.T) {
	for _, rate := range []int{8000, 16000} {
		for name, sound := range map[string]audio.Frame{
			"1000 Hz": spectrum.Tone(2*rate, rate, 1000, 10000, 0),
			"437 Hz":  spectrum.Tone(2*rate, rate, 437, 10000, 0),
			"man":     voice(2*rate, rate, 107, 10000, 0),
			"woman":   voice(2*rate, rate, 223, 10000, 0),
		} {
			for _, way := range []string{"shorter", "longer"} {
				t.Run(fmt.Sprintf("%s at %d %s", name, rate, way), func(t *testing.T) {
					heard := stretchEveryFifth(rate, sound, way == "longer")
					changed := float64(len(heard)-len(sound)) / float64(rate/50)
					if way == "shorter" {
						changed = -changed
					}
					require.Greater(t, changed, 20*0.12, "in frames, of 20 changed")
					require.LessOrEqual(t, spectrum.LargestStep(heard), spectrum.LargestStep(sound)*11/10)
					require.InDelta(t, spectrum.RMS(sound), spectrum.RMS(heard), 0.5)
					hz := spectrum.Dominant(sound[:rate/2], rate)
					require.InDelta(t, hz, spectrum.Dominant(heard[rate/2:rate], rate), 6)
				})
			}
		}
	}
}

// stretchEveryFifth plays sound in frames of 20 ms, every fifth stretched.
func stretchEveryFifth(rate int, sound audio.Frame, longer bool) audio.Frame {
	c := conceal.New(rate)
	n := rate / 50
	var heard audio.Frame
	for i := 0; (i+1)*n <= len(sound); i++ {
		frame := append(make(audio.Frame, 0, 2*n), sound[i*n:(i+1)*n]...)
		switch {
		case i%5 != 4:
			c.Good(frame)
		case longer:
			frame = c.Expand(frame, n/2)
		default:
			frame = c.Accelerate(frame, n/2)
		}
		heard = append(heard, frame...)
	}
	return heard
}

// In silence, all that may be cut is cut; what has no period is left whole,
// until there is a hurry.
func TestWhatIsCut(t *testing.T) {
	c := conceal.New(8000)
	require.Len(t, c.Accelerate(noise(160, 50), 100), 60)
	require.Len(t, c.Accelerate(noise(160, 50), 500), 40)
	require.Len(t, c.Expand(noise(160, 50), 100), 260)
	require.Len(t, c.Accelerate(noise(160, 8000), 100), 160)
	require.Len(t, c.Expand(noise(160, 8000), 100), 160)
	require.Len(t, c.Accelerate(spectrum.Tone(160, 8000, 1000, 8000, 0), 7), 160)
}

// Stretching the first frame after a loss also ends the loss.
func TestStretchAfterLoss(t *testing.T) {
	const rate = 8000
	sound := spectrum.Tone(rate, rate, 1000, 10000, 0)
	c := conceal.New(rate)
	c.Good(sound[:800])
	c.Lost(make(audio.Frame, 160))
	after := c.Accelerate(append(audio.Frame(nil), sound[960:1120]...), 80)
	require.Less(t, len(after), 160)
	next := append(audio.Frame(nil), sound[1120:1280]...)
	c.Good(next)
	require.Equal(t, sound[1120:1280], next)
}

func BenchmarkConcealer(b *testing.B) {
	for _, rate := range []int{8000, 16000} {
		c := conceal.New(rate)
		sound := voice(rate/50, rate, 140, 10000, 0)
		frame := make(audio.Frame, rate/50, rate/25)
		for name, do := range map[string]func(){
			"good":       func() { c.Good(frame) },
			"lost":       func() { c.Good(frame); c.Lost(frame) },
			"accelerate": func() { c.Accelerate(frame, rate/100) },
			"expand":     func() { c.Expand(frame, rate/100) },
		} {
			b.Run(fmt.Sprintf("%s/%d", name, rate), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					copy(frame, sound)
					do()
				}
			})
		}
	}
}

// A Concealer makes its frames in the memory that it is given.
func TestNoAllocation(t *testing.T) {
	c := conceal.New(8000)
	sound := voice(160, 8000, 140, 10000, 0)
	frame := make(audio.Frame, 0, 320)
	require.Zero(t, testing.AllocsPerRun(100, func() {
		c.Good(append(frame, sound...))
		c.Lost(append(frame, sound...))
		c.Accelerate(append(frame, sound...), 80)
		c.Expand(append(frame, sound...), 80)
	}))
}
