package lab

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/registrar"
	"github.com/callward/callward/test/sipp"
)

// TestSoakFloodOfBlockedCalls has somebody who is blocked call 500 times a second while a call is up: each is declined, and
// the sound of the call stays whole.
func TestSoakFloodOfBlockedCalls(t *testing.T) {
	const rate = 500
	over := time.Duration(tenth(60)) * time.Second
	binary, err := callward.Build(t.TempDir(), false) // the race detector costs what the sound needs
	require.NoError(t, err)
	server := registrar.New(t, registrar.Options{})
	alice := newPhoneOf(t, binary)
	alice.AddAccount(t, "registered", address("alice"), "secret", "--server", server.Addr().String(), "--country", "GB")
	contact, err := server.Contact(patience)
	require.NoError(t, err)
	user, at := split(t, contact)
	alice.Must(t, "blacklist", "add", "020 7946 0018", "--mode", "all")

	mark := alice.Mark()
	sipp.New(t, sipp.Options{Scenario: "call", Remote: at, User: user, Echo: true, Hold: time.Hour})
	alice.UntilCall(t, mark, patience, "ringing")
	alice.Must(t, "answer")
	alice.UntilCall(t, mark, patience, "active")
	alice.say(t, 700)
	alice.hears(t, 700)

	before := wholenessOver(t, alice, 700, over)
	calls := rate * int(over/time.Second)
	flood := sipp.New(t, sipp.Options{
		Scenario: "refused", Remote: at, User: user, Calls: calls, Rate: rate, Status: 603,
		Identity: []string{"From: <sip:02079460018@127.0.0.1>;tag=[pid]SIPp[call_number]"},
	})
	during := wholenessOver(t, alice, 700, over)
	flood.Played(t, over+time.Minute)
	quality := alice.State(t).Calls[0].Quality
	t.Logf("%d calls declined; the tone is whole in %.1f %% of 20 ms before and %.1f %% meanwhile; told: loss %.2f %%, jitter %.1f ms",
		calls, 100*before, 100*during, 100*quality.Loss, quality.JitterMS)
	require.Greater(t, during, before-0.01)
	require.Less(t, quality.Loss, 0.005)
	require.Eventually(t, func() bool { return len(screening(t, alice.Program)) == calls }, time.Minute, time.Second, "each stands in the log")
	require.Len(t, alice.Calls(t), 1, "and none in history")
}
