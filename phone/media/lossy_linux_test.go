package media_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/media"
	"github.com/callward/callward/test/relay"
)

// renumber makes a description name another port.
func renumber(t *testing.T, text []byte, port uint16) []byte {
	old := fmt.Sprintf("m=audio %d ", where(t, text).Port())
	require.Contains(t, string(text), old)
	return bytes.Replace(text, []byte(old), fmt.Appendf(nil, "m=audio %d ", port), 1)
}

// badLine connects two ends by a line such as there is between a caller behind a
// NAT and a server: what the caller's description names leads nowhere, and its
// packets come from a port that no description names.
func badLine(t *testing.T, caller, server *end, i relay.Impairment) {
	caller.session.Offer(false)
	server.session.Answer(renumber(t, wait[phone.MediaOffer](caller).SDP, 9))
	answer := wait[phone.MediaAnswer](server).SDP
	caller.session.Accept("", renumber(t, answer, relay.New(t, where(t, answer), i).Addr().Port()))
	wait[phone.MediaAgreed](caller)
}

func TestBadLine(t *testing.T) {
	t.Parallel()
	engine := newEngine(t, media.Config{})
	a, b := join(t, engine, 700), join(t, engine, 1100)
	badLine(t, a, b, relay.Impairment{Loss: 0.05, Duplicate: 0.02, Delay: 30 * time.Millisecond, Jitter: 15 * time.Millisecond, Seed: 1})
	a.person.hears(t, 1100)
	b.person.hears(t, 700)

	f := b.person.listen(t, 5*time.Second)
	share := spectrum.Goertzel(f, audio.DeskRate, 700) / spectrum.Power(f)
	t.Logf("share of the tone over 5 s: %.3f", share)
	require.Greater(t, spectrum.RMS(f), -16.5, "the tone as it was said has -15.3 dB")

	var q phone.Quality
	for range 5 {
		q = wait[phone.MediaQuality](b).Quality
	}
	t.Logf("quality: %+v", q)
	require.InDelta(t, 0.05, q.Loss, 0.04)
	for q.RoundTrip == 0 || q.Jitter == 0 {
		q = wait[phone.MediaQuality](b).Quality
	}
	require.Greater(t, q.RoundTrip, 30*time.Millisecond, "twice 30 ms less 15")
	require.Less(t, q.RoundTrip, time.Second)
	require.Greater(t, q.Jitter, time.Millisecond, "two even draws from 30 ms are 10 ms apart")
	require.Less(t, q.Jitter, 100*time.Millisecond)
}

func TestMessageOverABadLine(t *testing.T) {
	t.Parallel()
	onABusyMachine(t, func() error {
		caller, server := join(t, newEngine(t, media.Config{}), 700), attend(t, phone.MachineSpec{})
		badLine(t, caller, server.end, relay.Impairment{Loss: 0.05, Duplicate: 0.02, Delay: 30 * time.Millisecond, Jitter: 15 * time.Millisecond, Seed: 1})
		server.session.Greet()
		server.untilLength(6 * time.Second)
		caller.session.Close()
		wait[phone.MediaClosed](caller)
		s, err := server.last()
		if err != nil {
			return err
		}
		level, n := spectrum.RMS(s.Data), gaps(s, 700)
		t.Logf("%d of %d runs are not the tone, its level is %.1f dB", n, len(s.Data)/160, level)
		if level < -16.5 || n > len(s.Data)/160/5 { // as it was said it has -15.3 dB
			return fmt.Errorf("%d gaps, %.1f dB", n, level)
		}
		return nil
	})
}
