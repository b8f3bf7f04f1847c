package desk_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/desk"
	"github.com/callward/callward/audio/mixer"
	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/test/pulse"
)

// dBov is the level of a sine wave of an amplitude.
func dBov(amplitude float64) float64 { return 20 * math.Log10(amplitude/math.Sqrt2/32768) }

// levels waits until the two are as loud as told.
func (l *lab) levels(t *testing.T, microphone, speaker float64) {
	t.Helper()
	var m, s float64
	require.Eventually(t, func() bool {
		m, s = l.Levels()
		return math.Abs(m-microphone) < 0.2 && math.Abs(s-speaker) < 0.2
	}, soon, tick, "%.2f and %.2f dBov", microphone, speaker)
	t.Logf("microphone %.2f dBov, speaker %.2f", m, s)
}

func TestLevelsAreThoseOfWhatIsHeardAndSaid(t *testing.T) {
	server := pulse.New(t)
	l := newLab(t)
	speak(t, server, pulse.MicrophoneFeed, 700, 6000)
	l.levels(t, mixer.Quietest, mixer.Quietest)
	p := &party{wave: wave{hz: 440, amplitude: 300}}
	l.Attach(p)
	l.levels(t, dBov(6000), dBov(300))
	l.SetVolume(desk.Microphone, 0.5)
	l.SetVolume(desk.Speaker, 2)
	l.levels(t, dBov(3000), dBov(600))
	l.SetVolume(desk.Speaker, 0)
	l.levels(t, dBov(3000), mixer.Quietest)
	l.SetVolume(desk.Speaker, 1)
	l.levels(t, dBov(3000), dBov(300))
	l.Detach(p)
	l.levels(t, mixer.Quietest, mixer.Quietest)
}

func TestVolumesAreHeard(t *testing.T) {
	server := pulse.New(t)
	_, err := server.LoadSink("bell", "Lab_Bell")
	require.NoError(t, err)
	l := newLab(t)
	l.Choose(desk.Ringer, "Lab_Bell")
	speaker, bell := recorder(t, server, pulse.Speaker+".monitor"), recorder(t, server, "bell.monitor")
	speak(t, server, pulse.MicrophoneFeed, 700, 6000)
	p := &party{wave: wave{hz: 440, amplitude: 8000}}
	l.Attach(p)
	l.Ring(&wave{hz: 800, amplitude: 9000})
	for role, volume := range map[desk.Role]float64{desk.Microphone: 1.5, desk.Speaker: 0.25, desk.Ringer: 2} {
		l.SetVolume(role, volume)
	}
	hears(t, p.last, 700, 9000)
	hears(t, speaker, 440, 2000)
	hears(t, bell, 800, 18000)
	l.Ring(nil)
	l.Detach(p)
	l.quiet(t)
}

// What is recorded while the volume goes up and down 20 times steps no further
// than the louder tone and the ramp do; a change at once would, by up to 8000. A
// machine that is busy may leave gaps, of two steps each.
func TestVolumesChangeWithoutAClick(t *testing.T) {
	server := pulse.New(t)
	l := newLab(t)
	const amplitude = 4000
	p := &party{wave: wave{hz: 100, amplitude: amplitude}}
	l.Attach(p)
	hears(t, recorder(t, server, pulse.Speaker+".monitor"), 100, amplitude)
	recorded, err := server.HearSpeaker()
	require.NoError(t, err)
	defer func() { _ = recorded.Stop() }()
	for i := range 20 {
		l.SetVolume(desk.Speaker, float64(2*(i%2)))
		// Long enough for the volume to arrive, and never the same place in the wave.
		time.Sleep(time.Duration(61+i) * time.Millisecond)
	}
	f := recorded.Samples()
	l.Detach(p)
	require.Greater(t, spectrum.RMS(f), dBov(amplitude))
	steepest, clicks := 2*amplitude*2*math.Pi*100/audio.DeskRate+2*amplitude/960.0+10, 0
	for i := range f[1:] {
		if math.Abs(float64(f[i+1])-float64(f[i])) > steepest {
			clicks++
		}
	}
	t.Logf("%d steps of more than %.0f, the largest %d", clicks, steepest, spectrum.LargestStep(f))
	require.Less(t, clicks, 10)
}

// listener keeps what it hears.
type listener struct{ party }

func TestAListenerHearsAloneAndBesideAParty(t *testing.T) {
	server := pulse.New(t)
	l := newLab(t)
	speak(t, server, pulse.MicrophoneFeed, 700, 6000)
	a, b := &listener{}, &listener{}
	l.Listen(a)
	hears(t, a.last, 700, 6000)
	l.levels(t, dBov(6000), mixer.Quietest)
	outputs, err := server.List("sink-inputs")
	require.NoError(t, err)
	require.Zero(t, count(outputs, `application.name = "Callward"`), "no speaker is opened for it")

	p := &party{wave: wave{hz: 440, amplitude: 8000}}
	l.Attach(p)
	l.Listen(b)
	hears(t, recorder(t, server, pulse.Speaker+".monitor"), 440, 8000)
	hears(t, p.last, 700, 6000)
	hears(t, b.last, 700, 6000)
	l.Detach(p)
	l.Unlisten(a)
	hears(t, b.last, 700, 6000)
	require.Zero(t, a.pulls+b.pulls)

	l.Unlisten(b)
	l.levels(t, mixer.Quietest, mixer.Quietest)
	require.Eventually(t, func() bool {
		inputs, err := server.List("source-outputs")
		require.NoError(t, err)
		return count(inputs, `application.name = "Callward"`) == 0
	}, soon, tick, "the microphone is let go")
	l.quiet(t)
}
