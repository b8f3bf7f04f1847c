package tone_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/audio/tone"
)

// pull takes d of t in runs of 20 ms.
func pull(t *tone.Tone, d time.Duration) audio.Frame {
	f := make(audio.Frame, int(d.Seconds()*audio.DeskRate))
	for at := 0; at < len(f); at += 960 {
		t.Pull(f[at:min(at+960, len(f))])
	}
	return f
}

// cadence returns how long f sounds and is silent in turn, in ms.
func cadence(f audio.Frame) []int {
	const block = audio.DeskRate / 1000
	var ms []int
	sounding := false
	for at := 0; at+block <= len(f); at += block {
		if now := spectrum.RMS(f[at:at+block]) > -45; now != sounding || len(ms) == 0 {
			ms, sounding = append(ms, 0), now
		}
		ms[len(ms)-1]++
	}
	return ms
}

// share returns the part of the power of f that lies in the tones of hz.
func share(f audio.Frame, hz []float64) float64 {
	var power float64
	for _, one := range hz {
		power += spectrum.Goertzel(f, audio.DeskRate, one)
	}
	return power / spectrum.Power(f)
}

// steepest bounds the step between samples of unbroken tones of hz, equally
// strong, with a common level in dBov.
func steepest(level float64, hz []float64) float64 {
	amplitude := 32768 * math.Pow(10, level/20) * math.Sqrt(2/float64(len(hz)))
	var step float64
	for _, one := range hz {
		step += amplitude * 2 * math.Pi * one / audio.DeskRate
	}
	return step
}

func TestProgressTones(t *testing.T) {
	for name, c := range map[string]struct {
		tone    *tone.Tone
		hz      []float64
		cadence []int
	}{
		"GB ringback": {tone.Ringback("GB"), []float64{400, 450}, []int{400, 200, 400, 2000}},
		"gb ringback": {tone.Ringback("gb"), []float64{400, 450}, []int{400, 200, 400, 2000}},
		"GB busy":     {tone.Busy("GB"), []float64{400}, []int{375, 375}},
		"GB ended":    {tone.Ended("GB"), []float64{400}, []int{400, 350, 225, 525}},
		"US ringback": {tone.Ringback("US"), []float64{440, 480}, []int{2000, 4000}},
		"US busy":     {tone.Busy("US"), []float64{480, 620}, []int{500, 500}},
		"US ended":    {tone.Ended("US"), []float64{480, 620}, []int{250, 250}},
		"DE busy":     {tone.Busy("DE"), []float64{425}, []int{480, 480}},
		"FR ringback": {tone.Ringback("FR"), []float64{440}, []int{1500, 3500}},
		"ES ended":    {tone.Ended("ES"), []float64{425}, []int{200, 200, 200, 200, 200, 600}},
		"AU ringback": {tone.Ringback("AU"), []float64{413, 438}, []int{400, 200, 400, 2000}},
		"no country":  {tone.Ringback(""), []float64{425}, []int{1000, 4000}},
		"unknown":     {tone.Busy("QX"), []float64{425}, []int{500, 500}},
		"not a code":  {tone.Ended("Germany"), []float64{425}, []int{250, 250}},
	} {
		t.Run(name, func(t *testing.T) {
			var total int
			for _, ms := range c.cadence {
				total += ms
			}
			f := pull(c.tone, 2*time.Duration(total)*time.Millisecond)
			require.InDeltaSlice(t, append(c.cadence, c.cadence...), cadence(f), 3)

			// 160 ms, whole periods of most of them, that neither swell nor fade.
			steady := f[audio.DeskRate*20/1000 : audio.DeskRate*180/1000]
			require.Greater(t, share(steady, c.hz), 0.99)
			require.InDelta(t, -15, spectrum.RMS(steady), 0.7)
			require.LessOrEqual(t, float64(spectrum.LargestStep(f)), steepest(-15, c.hz)+2)
		})
	}
}

func TestModulatedRingback(t *testing.T) {
	for country, c := range map[string]struct{ carrier, by float64 }{
		"IN": {400, 25}, "JP": {400, 16}, "SG": {425, 24}, "ZA": {400, 33},
	} {
		f := pull(tone.Ringback(country), 400*time.Millisecond)
		carrier := spectrum.Goertzel(f, audio.DeskRate, c.carrier)
		for _, hz := range []float64{c.carrier - c.by, c.carrier + c.by} {
			side := spectrum.Goertzel(f, audio.DeskRate, hz)
			require.InDelta(t, 0.25, side/carrier, 0.05, "%s: %v Hz", country, hz)
		}
	}
}

// countries are those that the package must know, and some that it need not.
const countries = "GB IE US CA DE AT CH FR ES IT NL BE AU NZ JP IN " +
	"BR CN CZ DK FI HU NO PL PT SE SG ZA XX"

func TestTonesEndByThemselves(t *testing.T) {
	for _, country := range strings.Fields(countries) {
		// Half a cycle is up to 0.75 s.
		require.InDelta(t, 6, length(t, tone.Busy(country)).Seconds(), 0.75, country)
		require.InDelta(t, 3, length(t, tone.Ended(country)).Seconds(), 0.75, country)

		ringback := tone.Ringback(country)
		pull(ringback, 20*time.Second)
		require.False(t, ringback.Done(), country)
	}
	require.Equal(t, 250*time.Millisecond, length(t, tone.Waiting()))
	require.Equal(t, 70*time.Millisecond, length(t, tone.DTMF('5', 70*time.Millisecond)))
	require.Equal(t, time.Millisecond, length(t, tone.DTMF('5', time.Millisecond)))
}

// length pulls until a tone is Done, and sees that silence follows.
func length(t *testing.T, s *tone.Tone) time.Duration {
	t.Helper()
	n := 0
	for f := make(audio.Frame, 48); !s.Done(); n++ {
		require.Less(t, n, 10_000, "a tone that does not end")
		s.Pull(f)
	}
	after := audio.Frame{1, 2, 3}
	s.Pull(after)
	require.Equal(t, audio.Frame{0, 0, 0}, after)
	return time.Duration(n) * time.Millisecond
}

func TestDTMF(t *testing.T) {
	low, high := []float64{697, 770, 852, 941}, []float64{1209, 1336, 1477, 1633}
	for row, digits := range []string{"123A", "456B", "789C", "*0#D"} {
		for column, digit := range []byte(digits) {
			hz := []float64{low[row], high[column]}
			f := pull(tone.DTMF(digit, 100*time.Millisecond), 120*time.Millisecond)
			require.Greater(t, share(f[:4800], hz), 0.9, "%c", digit)
			require.InDelta(t, 1, spectrum.Goertzel(f, audio.DeskRate, hz[0])/spectrum.Goertzel(f, audio.DeskRate, hz[1]), 0.1)
			require.LessOrEqual(t, float64(spectrum.LargestStep(f)), steepest(-15, hz)+2)
		}
	}
	require.Equal(t, pull(tone.DTMF('B', time.Second), time.Second), pull(tone.DTMF('b', time.Second), time.Second))
	for _, digit := range []byte{'E', 'x', 0, ' ', 255} {
		require.True(t, tone.DTMF(digit, time.Second).Done())
	}
	require.True(t, tone.DTMF('1', 0).Done())
	require.True(t, tone.DTMF('1', -time.Second).Done())
}

func TestClassicRingtone(t *testing.T) {
	for _, name := range []string{"Classic", "", "gone"} {
		f := pull(tone.Ringtone(name), 3*time.Second)
		const second = audio.DeskRate
		require.InDelta(t, 659.26, spectrum.Dominant(f[:second/2], audio.DeskRate), 2, name)
		require.InDelta(t, 523.25, spectrum.Dominant(f[second/2:second], audio.DeskRate), 2, name)
		require.Equal(t, spectrum.Silence, spectrum.RMS(f[second:]), name)
	}
}

// Each is another sound, repeats every three seconds, the last of them silent, and
// neither clicks nor clips.
func TestRingtones(t *testing.T) {
	require.Equal(t, []string{"Classic", "Soft", "Digital"}, tone.Ringtones())
	const second = audio.DeskRate
	notes := map[string]struct {
		length int // ms
		hz     []float64
	}{
		"Classic": {500, []float64{659.26, 523.25}},
		"Soft":    {600, []float64{349.23, 440, 523.25}},
		"Digital": {50, []float64{880, 1108.73, 880, 1108.73}},
	}
	for _, name := range tone.Ringtones() {
		t.Run(name, func(t *testing.T) {
			f := pull(tone.Ringtone(name), 6*time.Second)
			require.Equal(t, f[:3*second], f[3*second:], "the same for ever")
			require.Equal(t, spectrum.Silence, spectrum.RMS(f[2*second:3*second]))
			require.InDelta(t, -19, spectrum.RMS(f[:12*second/10]), 4)
			length := notes[name].length * second / 1000
			for i, hz := range notes[name].hz {
				require.InDelta(t, hz, spectrum.Dominant(f[i*length:(i+1)*length], audio.DeskRate), 4)
			}
			require.Less(t, slices.Max(f), int16(30000))
			for i := range len(notes[name].hz) + 1 {
				at := i * length
				require.Less(t, spectrum.LargestStep(f[max(0, at-24):at+24]), 150, "a click at %d", at)
			}
		})
	}
}

func TestWaiting(t *testing.T) {
	f := pull(tone.Waiting(), 250*time.Millisecond)
	require.InDelta(t, 440, spectrum.Dominant(f, audio.DeskRate), 2)
	require.InDelta(t, -24, spectrum.RMS(f[2400:9600]), 0.5)
}

// The waves begin at a zero, so that the largest step alone would not show an
// attack without a ramp.
func TestBurstsSwellAndFade(t *testing.T) {
	const millisecond = audio.DeskRate / 1000
	for name, s := range map[string]*tone.Tone{
		"ringback": tone.Ringback("US"), "busy": tone.Busy("GB"), "ended": tone.Ended("DE"),
		"DTMF": tone.DTMF('1', 240*time.Millisecond), "classic": tone.Ringtone("Classic"),
		"soft": tone.Ringtone("Soft"), "digital": tone.Ringtone("Digital"), "waiting": tone.Waiting(),
	} {
		f := pull(s, 6*time.Second)
		for len(f) > 0 && f[len(f)-1] == 0 {
			f = f[:len(f)-1]
		}
		loudest := spectrum.RMS(f[10*millisecond : 100*millisecond])
		require.Less(t, spectrum.RMS(f[:millisecond]), loudest-20, "%s: attack", name)
		require.Less(t, spectrum.RMS(f[len(f)-millisecond:]), loudest-20, "%s: decay", name)
	}
}

func TestAnyRunLengthsGiveTheSameSound(t *testing.T) {
	makers := []func() *tone.Tone{
		func() *tone.Tone { return tone.Ringback("GB") },
		func() *tone.Tone { return tone.Busy("US") },
		func() *tone.Tone { return tone.Ended("ES") },
		func() *tone.Tone { return tone.DTMF('7', 133*time.Millisecond) },
		func() *tone.Tone { return tone.Ringtone("Classic") },
		func() *tone.Tone { return tone.Ringtone("Digital") },
		tone.Waiting,
	}
	whole := make([]audio.Frame, len(makers))
	for i, maker := range makers {
		whole[i] = make(audio.Frame, 4*audio.DeskRate)
		maker().Pull(whole[i])
	}
	rapid.Check(t, func(t *rapid.T) {
		i := rapid.IntRange(0, len(makers)-1).Draw(t, "tone")
		runs := rapid.SliceOfN(rapid.IntRange(0, 9600), 1, 40).Draw(t, "runs")
		s, at := makers[i](), 0
		for _, n := range runs {
			n = min(n, len(whole[i])-at)
			f := make(audio.Frame, n)
			for j := range f {
				f[j] = 12345 // what was there before must not shine through
			}
			s.Pull(f)
			require.Equal(t, whole[i][at:at+n], f)
			at += n
		}
	})
}

func TestPullAllocatesNothing(t *testing.T) {
	s, f := tone.Ringback("JP"), make(audio.Frame, 960)
	require.Zero(t, testing.AllocsPerRun(200, func() { s.Pull(f) }))
}

func BenchmarkPull(b *testing.B) {
	s, f := tone.DTMF('5', time.Hour), make(audio.Frame, 480)
	for b.Loop() {
		s.Pull(f)
	}
}

func TestBeep(t *testing.T) {
	beep := tone.Beep()
	f := pull(beep, 400*time.Millisecond)
	require.True(t, beep.Done())
	require.InDeltaSlice(t, []int{1, 298, 101}, cadence(f), 5)
	require.Greater(t, share(f[audio.DeskRate/50:audio.DeskRate*28/100], []float64{1000}), 0.999)
	require.LessOrEqual(t, float64(spectrum.LargestStep(f)), steepest(-15, []float64{1000})+1)
}
