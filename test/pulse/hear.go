package pulse

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/spectrum"
)

// patienceToHear is how long a sound may take to reach the speaker.
const patienceToHear = 15 * time.Second

// Say plays a tone into the microphone until t ends or stop is called. hz is a multiple of 5.
func (s *Server) Say(t testing.TB, hz float64) (stop func()) {
	t.Helper()
	player, err := s.Speak()
	require.NoError(t, err)
	player.Repeat(Tone(hz, 10000, 200*time.Millisecond))
	t.Cleanup(player.Stop)
	return player.Stop
}

// Hears waits until the last second of the speaker is a tone of hz.
func (s *Server) Hears(t testing.TB, hz float64) {
	t.Helper()
	s.HearsUntil(t, fmt.Sprintf("a tone of %.0f Hz", hz), func(f audio.Frame) bool { return IsTone(f, Rate, hz) })
}

// HearsNothing waits until the last second of the speaker is silence.
func (s *Server) HearsNothing(t testing.TB) {
	t.Helper()
	s.HearsUntil(t, "silence", func(f audio.Frame) bool { return spectrum.RMS(f) < -60 })
}

// HearsUntil waits until the last second of the speaker is as it should be, and fails t where it never is.
func (s *Server) HearsUntil(t testing.TB, what string, is func(audio.Frame) bool) {
	t.Helper()
	speaker, err := s.HearSpeaker()
	require.NoError(t, err)
	defer func() { require.NoError(t, speaker.Stop()) }()
	var last audio.Frame
	for deadline := time.Now().Add(patienceToHear); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		if last = speaker.Last(time.Second); len(last) == Rate && is(last) {
			return
		}
	}
	require.Failf(t, "not heard", "%s was not heard: there is %.0f Hz at %.0f dB", what, spectrum.Dominant(last, Rate), spectrum.RMS(last))
}

// IsSound tells whether there is anything to hear.
func IsSound(f audio.Frame) bool { return spectrum.RMS(f) > -45 }

// IsTone tells whether f is a tone of hz, and little else. It hears in pieces: where a busy machine drops 10 ms of the
// sound, what follows is still the tone, though out of phase.
func IsTone(f audio.Frame, rate int, hz float64) bool {
	return spectrum.RMS(f) > -30 && Wholeness(f, rate, hz) > 0.9
}

// Wholeness is the share of 20 ms pieces of f that hold the tone of hz and little else.
func Wholeness(f audio.Frame, rate int, hz float64) float64 {
	piece := audio.Format{Rate: rate}.Samples(20)
	whole, pieces := 0, 0
	for ; len(f) >= piece; f = f[piece:] {
		pieces++
		if f := f[:piece]; spectrum.RMS(f) > -30 && spectrum.Goertzel(f, rate, hz) > 0.8*spectrum.Power(f) {
			whole++
		}
	}
	return float64(whole) / float64(max(1, pieces))
}
