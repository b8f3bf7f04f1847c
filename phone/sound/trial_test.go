package sound_test

import (
	"context"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/sound"
	"github.com/callward/callward/test/pulse"
)

const (
	soon = 5 * time.Second
	tick = 10 * time.Millisecond
)

// hear records a sink until t ends, and returns all that was heard so far.
func hear(t *testing.T, server *pulse.Server, sink string) *pulse.Recorder {
	t.Helper()
	r, err := server.Hear(sink + ".monitor")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Stop()) })
	return r
}

// say plays a tone into the microphone until the test, or what it returns, ends it.
func say(t *testing.T, server *pulse.Server, hz, amplitude int) (stop func()) {
	t.Helper()
	player, err := server.Speak()
	require.NoError(t, err)
	t.Cleanup(player.Stop)
	player.Repeat(pulse.Tone(float64(hz), amplitude, time.Second))
	return player.Stop
}

// amplitude is that of a tone in f.
func amplitude(f audio.Frame, hz float64) float64 {
	return math.Sqrt(2 * spectrum.Goertzel(f, audio.DeskRate, hz))
}

// sounding is how long f is loud in all, by pieces of 10 ms.
func sounding(f audio.Frame) (d time.Duration) {
	for piece := range slices.Chunk(f, audio.DeskRate/100) {
		if spectrum.RMS(piece) > -60 {
			d += 10 * time.Millisecond
		}
	}
	return d
}

// levels waits until the microphone or the speaker alone is as loud as a tone of
// an amplitude; 0 is silence in both.
func levels(t *testing.T, s *sound.Sound, microphone, speaker float64) {
	t.Helper()
	near := func(level, amplitude float64) bool {
		if amplitude == 0 {
			return level == -127
		}
		return math.Abs(level-20*math.Log10(amplitude/math.Sqrt2/32768)) < 0.2
	}
	var m, sp float64
	require.Eventually(t, func() bool {
		m, sp = s.Levels()
		return near(m, microphone) && near(sp, speaker)
	}, soon, tick)
	t.Logf("microphone %.2f dBov, speaker %.2f", m, sp)
}

// What the microphone heard, and nothing that it hears later, is played: three
// seconds, by the volumes that are set.
func TestTheMicrophoneIsTested(t *testing.T) {
	server := pulse.New(t)
	s := newSound(t)
	speaker := hear(t, server, pulse.Speaker)
	stop := say(t, server, 700, 6000)
	s.SetVolume(phone.Microphone, 150)
	s.SetVolume(phone.Speaker, 50)
	start, ended := time.Now(), make(chan error, 1)
	go func() { ended <- s.TestMicrophone(t.Context()) }()
	levels(t, s, 9000, 0)
	err := s.TestMicrophone(t.Context())
	require.Equal(t, phone.CodeState, phone.CodeOf(err), "two at once")
	require.Zero(t, sounding(speaker.Samples()), "nothing is played meanwhile")

	time.Sleep(3*time.Second - time.Since(start) + 500*time.Millisecond)
	stop()
	_, level := s.Levels()
	require.InDelta(t, 20*math.Log10(4500/math.Sqrt2/32768), level, 0.2, "of what is played")
	heard := speaker.Last(200 * time.Millisecond)
	require.InDelta(t, 4500, amplitude(heard, 700), 100)
	require.NoError(t, <-ended)
	require.InDelta(t, 6.2, time.Since(start).Seconds(), 0.7)
	levels(t, s, 0, 0)
	played := sounding(speaker.Samples())
	t.Logf("played %v at an amplitude of %.0f after %v", played, amplitude(heard, 700), time.Since(start))
	require.InDelta(t, 3, played.Seconds(), 0.2)
}

func TestATestIsCancelledInBothHalves(t *testing.T) {
	server := pulse.New(t)
	s := newSound(t)
	speaker := hear(t, server, pulse.Speaker)
	say(t, server, 700, 6000)
	for half, after := range map[string]time.Duration{"while it records": time.Second, "while it plays": 4 * time.Second} {
		ctx, cancel := context.WithTimeout(t.Context(), after)
		start := time.Now()
		require.Equal(t, phone.CodeCancelled, phone.CodeOf(s.TestMicrophone(ctx)), half)
		require.Less(t, time.Since(start), after+200*time.Millisecond)
		cancel()
		levels(t, s, 0, 0)
		require.Eventually(t, func() bool { return sounding(speaker.Last(100*time.Millisecond)) == 0 }, time.Second, tick, half)
	}
}

func TestTheMicrophoneIsHeldWhileSomebodyLooks(t *testing.T) {
	server := pulse.New(t)
	s := newSound(t)
	say(t, server, 700, 6000)
	held := func() bool {
		outputs, err := server.List("source-outputs")
		require.NoError(t, err)
		return strings.Contains(outputs, `application.name = "Callward"`)
	}
	require.False(t, held())
	look := func() (leave func()) {
		ctx, cancel := context.WithCancel(t.Context())
		left := make(chan struct{})
		go func() {
			defer close(left)
			s.Listen(ctx)
		}()
		return func() {
			cancel()
			<-left
		}
	}
	leave, leaveToo := look(), look()
	levels(t, s, 6000, 0)
	require.True(t, held())
	leave()
	time.Sleep(500 * time.Millisecond) // longer than a level looks back on
	levels(t, s, 6000, 0)
	leaveToo()
	levels(t, s, 0, 0)
	require.Eventually(t, func() bool { return !held() }, soon, tick)
}

func TestTheRingIsTested(t *testing.T) {
	server := pulse.New(t)
	_, err := server.LoadSink("bell", "Lab_Bell")
	require.NoError(t, err)
	s := newSound(t)
	bell, speaker := hear(t, server, "bell"), hear(t, server, pulse.Speaker)
	s.SetDevice(phone.RingDevice, "Lab_Bell")
	loudest := map[int]float64{}
	for _, percent := range []int{100, 50} {
		s.SetVolume(phone.RingDevice, percent)
		before, start := len(bell.Samples()), time.Now()
		require.NoError(t, s.TestRing(t.Context()))
		require.InDelta(t, 3, time.Since(start).Seconds(), 0.3)
		f := bell.Samples()[before:]
		require.InDelta(t, 0.95, sounding(f).Seconds(), 0.15, "Classic sounds for a second in three")
		loudest[percent] = float64(slices.Max(f))
	}
	t.Logf("the loudest samples by volume: %v", loudest)
	require.InDelta(t, 0.5, loudest[50]/loudest[100], 0.02)
	require.Zero(t, sounding(speaker.Samples()))
}

func TestTheChosenRingtoneRings(t *testing.T) {
	server := pulse.New(t)
	s := newSound(t)
	speaker := hear(t, server, pulse.Speaker)
	for name, hz := range map[string]float64{"Classic": 659.26, "Soft": 349.23, "Digital": 1108.73} {
		require.Contains(t, s.Ringtones(), name)
		s.SetRingtone(name)
		s.Ringtone(true)
		require.Eventually(t, func() bool {
			f := speaker.Last(40 * time.Millisecond)
			return len(f) > 0 && spectrum.RMS(f) > -30 && spectrum.Goertzel(f, audio.DeskRate, hz)/spectrum.Power(f) > 0.75
		}, soon, tick, name)
		s.Ringtone(false)
		require.Eventually(t, func() bool { return sounding(speaker.Last(100*time.Millisecond)) == 0 }, soon, tick)
	}
}

// A test of the ring that is cut off by a call leaves the call ringing.
func TestACallRingsOnAfterATest(t *testing.T) {
	server := pulse.New(t)
	s := newSound(t)
	speaker := hear(t, server, pulse.Speaker)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.TestRing(ctx) }()
	require.Eventually(t, func() bool { return sounding(speaker.Samples()) > 0 }, soon, tick)
	s.Ringtone(true)
	cancel()
	require.Equal(t, phone.CodeCancelled, phone.CodeOf(<-ended))
	before := len(speaker.Samples())
	require.Eventually(t, func() bool { return sounding(speaker.Samples()[before:]) > time.Second }, 2*soon, tick)
	s.Ringtone(false)
}

func TestWithoutSoundThereIsNothingToTest(t *testing.T) {
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	t.Setenv("PULSE_SERVER", "unix:"+filepath.Join(t.TempDir(), "nothing"))
	s := newSound(t)
	require.Equal(t, phone.CodeNoSound, phone.CodeOf(s.TestMicrophone(t.Context())))
	require.Equal(t, phone.CodeNoSound, phone.CodeOf(s.TestRing(t.Context())))
	m, sp := s.Levels()
	require.Equal(t, []float64{-127, -127}, []float64{m, sp})
}
