package desk_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/desk"
	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/test/pulse"
)

// both waits until two tones of an amplitude of 5000 are heard.
func both(t *testing.T, last func() audio.Frame, a, b float64) {
	t.Helper()
	require.Eventually(t, func() bool {
		f := last()
		return len(f) > audio.DeskRate/5 && spectrum.Goertzel(f, audio.DeskRate, a) > 0.9*5000*5000/2 &&
			spectrum.Goertzel(f, audio.DeskRate, b) > 0.9*5000*5000/2
	}, soon, tick, "%v and %v Hz", a, b)
}

func TestWhatIsPlayedBesideAToneNeitherCutsItOffNorIsCutOff(t *testing.T) {
	for _, role := range []desk.Role{desk.Speaker, desk.Ringer} {
		t.Run(role.String(), func(t *testing.T) {
			server := pulse.New(t)
			l := newLab(t)
			heard := recorder(t, server, pulse.Speaker+".monitor")
			tone := l.Play
			if role == desk.Ringer {
				tone = l.Ring
			}
			beside := &wave{hz: 1000, amplitude: 5000}
			l.Beside(role, beside)
			hears(t, heard, 1000, 5000)
			tone(&wave{hz: 440, amplitude: 5000})
			both(t, heard, 440, 1000)
			tone(nil)
			hears(t, heard, 1000, 5000)
			tone(&wave{hz: 600, amplitude: 5000})
			both(t, heard, 600, 1000)
			l.Unbeside(beside)
			hears(t, heard, 600, 5000)
			outputs, err := server.List("source-outputs")
			require.NoError(t, err)
			require.Zero(t, count(outputs, `application.name = "Callward"`), "no microphone is open")
			tone(nil)
			l.quiet(t)
		})
	}
}

// The race detector fails this test where the desk touches it after Unbeside.
func TestWhatIsNoLongerPlayedIsLeftAlone(t *testing.T) {
	pulse.New(t)
	l := newLab(t)
	for range 10 {
		beside := &party{}
		l.Beside(desk.Speaker, beside)
		require.Eventually(t, func() bool {
			beside.mu.Lock()
			defer beside.mu.Unlock()
			return beside.most > 0
		}, soon, time.Millisecond)
		l.Unbeside(beside)
		beside.pulls = 0
	}
}

// An open microphone paces parties where there is no speaker, but nobody misses what is played beside them.
func TestWhatIsPlayedBesideWaitsForTheSpeaker(t *testing.T) {
	server := pulse.New(t)
	_, err := server.Load("module-null-source", "source_name=still")
	require.NoError(t, err)
	require.NoError(t, server.Unload("module-null-sink"))
	l := newLab(t)
	listener := &party{}
	l.Listen(listener)
	require.Eventually(t, func() bool { return len(listener.last()) > 0 }, soon, tick)
	beside := &party{}
	l.Beside(desk.Speaker, beside)
	l.expect(t, desk.Speaker, desk.Silent)
	listener.mu.Lock()
	before := len(listener.heard)
	listener.mu.Unlock()
	require.Eventually(t, func() bool {
		listener.mu.Lock()
		defer listener.mu.Unlock()
		return len(listener.heard) > before+audio.DeskRate/5
	}, soon, tick)
	l.Unbeside(beside)
	require.Zero(t, beside.pulls)
	l.Unlisten(listener)
}
