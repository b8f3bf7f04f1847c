package pulse

import (
	"errors"
	"slices"
	"time"

	"github.com/callward/callward/audio"
)

// The bursts of Loop: their amplitude, above which level they count as heard,
// their length and how often they come.
const (
	burstAmplitude = 16000
	burstHeard     = 1500
	burstLength    = 60 * time.Millisecond
	burstEvery     = time.Second
	burstQuiet     = 300 * time.Millisecond
	burstTooLate   = 900 * time.Millisecond
)

// Latency is what Loop found.
type Latency struct {
	// Played counts bursts that reached the microphone, and each of Delays is
	// one that was heard from the speaker, in rising order.
	Played int
	Delays []time.Duration
}

// Median returns the middle one of Delays, or 0.
func (l Latency) Median() time.Duration {
	if len(l.Delays) == 0 {
		return 0
	}
	return l.Delays[len(l.Delays)/2]
}

// Loop plays n bursts, one each second, into the microphone of a program that
// gives what it hears back to the speaker, and tells how long after each the
// speaker has it. It takes n+2 seconds.
func (s *Server) Loop(n int) (Latency, error) {
	said, err := s.Hear(MicrophoneFeed + ".monitor")
	if err != nil {
		return Latency{}, err
	}
	defer func() { _ = said.Stop() }()
	heard, err := s.HearSpeaker()
	if err != nil {
		return Latency{}, err
	}
	defer func() { _ = heard.Stop() }()
	player, err := s.Speak()
	if err != nil {
		return Latency{}, err
	}
	defer player.Stop()

	var second audio.Frame
	second = append(second, make(audio.Frame, int((burstEvery-burstLength).Seconds()*Rate))...)
	second = append(second, Tone(1000, burstAmplitude, burstLength)...)
	for range n {
		if err := player.Play(second); err != nil {
			return Latency{}, err
		}
	}
	// The last burst is in the pipe, in PulseAudio's queue, and then under way.
	if err := player.Play(make(audio.Frame, 2*Rate)); err != nil {
		return Latency{}, err
	}
	return match(said.Onsets(burstHeard, burstQuiet), heard.Onsets(burstHeard, burstQuiet))
}

// match finds for each burst said the first one heard after it.
func match(said, heard []time.Time) (Latency, error) {
	l := Latency{Played: len(said)}
	for _, at := range said {
		for _, h := range heard {
			if d := h.Sub(at); d > 0 && d < burstTooLate {
				l.Delays = append(l.Delays, d)
				break
			}
		}
	}
	if len(l.Delays) == 0 {
		return l, errors.New("no burst was heard from the speaker")
	}
	slices.Sort(l.Delays)
	return l, nil
}
