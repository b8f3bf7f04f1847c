package lab

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/kamailio"
	"github.com/callward/callward/test/pulse"
	"github.com/callward/callward/test/relay"
)

// TestSoakBadLine has a call over a line that loses 5 % of the packets and delays them by up to 30 ms more or less: it stays
// up, and a tone stays whole.
func TestSoakBadLine(t *testing.T) {
	server := kamailio.New(t, kamailio.Options{Users: users})
	line := relay.NewSIP(t, server.Addr(), relay.Impairment{Loss: 0.05, Delay: 40 * time.Millisecond, Jitter: 30 * time.Millisecond, Seed: 1})
	binary, err := callward.Build(t.TempDir(), false) // the race detector costs what the sound needs
	require.NoError(t, err)
	alice, bob := newPhoneOf(t, binary), newPhoneOf(t, binary)
	alice.AddAccount(t, "registered", address("1001"), users["1001"], "--server", line.Addr().String())
	register(t, bob.Program, server, "1002", "udp")

	fromBob := bob.Mark()
	alice.Must(t, "call", "1002")
	bob.UntilCall(t, fromBob, patience, "ringing")
	bob.Must(t, "answer")
	bob.UntilCall(t, fromBob, patience, "active")
	alice.say(t, 700)
	bob.say(t, 1300)
	alice.hears(t, 1300)
	bob.hears(t, 700)

	for _, side := range []struct {
		name string
		p    phone
		hz   float64
	}{{"alice", alice, 1300}, {"bob", bob, 700}} {
		whole := wholenessOver(t, side.p, side.hz, time.Duration(tenth(200))*time.Second)
		quality := side.p.State(t).Calls[0].Quality
		t.Logf("%s: the tone is whole in %.1f %% of 20 ms; told: loss %.1f %%, jitter %.1f ms, delay %.0f ms",
			side.name, 100*whole, 100*quality.Loss, quality.JitterMS, quality.DelayMS)
		require.Greater(t, whole, 0.95)
		require.InDelta(t, 0.05, quality.Loss, 0.03)
		require.Greater(t, quality.JitterMS, 5.0)
	}
	counts := line.Media.Counts()
	require.InDelta(t, 0.95, float64(counts.Left)/float64(counts.Came), 0.02, "the line did lose")
	require.Len(t, alice.State(t).Calls, 1)
	require.Len(t, bob.State(t).Calls, 1)
}

// wholenessOver is the wholeness of what a phone plays over some time.
func wholenessOver(t *testing.T, p phone, hz float64, over time.Duration) float64 {
	t.Helper()
	speaker, err := p.sound.HearSpeaker()
	require.NoError(t, err)
	time.Sleep(over)
	require.NoError(t, speaker.Stop())
	return pulse.Wholeness(speaker.Last(over), pulse.Rate, hz)
}
