package sipp

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/baresip"
	"github.com/callward/callward/test/registrar"
)

// TestScenarios plays with baresip, as far as it can: what fails with ours is then ours.
func TestScenarios(t *testing.T) {
	t.Run("called", func(t *testing.T) {
		for _, scenario := range []string{"answer", "auth", "early_media"} {
			t.Run(scenario, func(t *testing.T) {
				player := New(t, Options{Scenario: scenario, Hold: 500 * time.Millisecond, Echo: true})
				server := registrar.New(t, registrar.Options{Behind: player.Addr()})
				phone := baresip.New(t, baresip.Options{User: "alice", Password: "secret", Server: server.Addr().String(), Register: true, Hz: 500})
				require.NoError(t, phone.Registered(patience))
				require.NoError(t, phone.Dial("sip:bob@"+server.Addr().String()))
				phone.Until(t, 0, "CALL_ESTABLISHED", patience)
				require.NoError(t, phone.Hangup())
				player.Played(t, patience)
			})
		}
	})
	t.Run("calling", func(t *testing.T) {
		for _, o := range []Options{{Scenario: "call"}, {Scenario: "hold"}, {Scenario: "call", Lose: 20, Calls: 5}} {
			t.Run(o.Scenario, func(t *testing.T) {
				phone := baresip.New(t, baresip.Options{User: "alice", Answer: true, Hz: 500})
				o.Remote, o.User, o.Hold = phone.Addr(), "alice", 200*time.Millisecond
				player := New(t, o)
				player.Played(t, time.Minute)
			})
		}
	})
	t.Run("texts", func(t *testing.T) {
		phone := baresip.New(t, baresip.Options{User: "alice"})
		text := func(o Options) {
			o.Remote, o.User, o.Status = phone.Addr(), "alice", 200
			o.Identity = []string{"From: <sip:bob@127.0.0.1>;tag=[pid]SIPp[call_number]"}
			New(t, o).Played(t, patience)
		}
		text(Options{Scenario: "text"})
		text(Options{Scenario: "text", Text: "[call_id] é 👩‍👩‍👧\x01", Type: "text/plain"})
		text(Options{Scenario: "text", Text: strings.Repeat("x", 60_000), TCP: true}) // it is taken, and too long to be shown
		require.Eventually(t, func() bool { return len(phone.Texts("bob")) == 2 }, patience, 20*time.Millisecond)
		require.Equal(t, []string{"Where is my order?", "[call_id] é 👩‍👩‍👧\x01"}, phone.Texts("bob"))
		for scenario, answer := range map[string]string{"texted": "202 Accepted", "text_auth": "407 and 202"} {
			player := New(t, Options{Scenario: scenario, Answer: answer})
			server := registrar.New(t, registrar.Options{Behind: player.Addr()})
			writer := baresip.New(t, baresip.Options{User: "alice", Password: "secret", Server: server.Addr().String(), Register: true, Peers: []string{"sip:bob@" + server.Addr().String()}})
			require.NoError(t, writer.Registered(patience))
			require.NoError(t, writer.Text("Hello"))
			player.Played(t, patience)
		}
	})
	t.Run("credentials are checked", func(t *testing.T) {
		player := New(t, Options{Scenario: "auth"})
		server := registrar.New(t, registrar.Options{Behind: player.Addr()})
		phone := baresip.New(t, baresip.Options{User: "alice", Password: "wrong", Server: server.Addr().String(), Register: true})
		require.NoError(t, phone.Registered(patience))
		require.NoError(t, phone.Dial("sip:bob@"+server.Addr().String()))
		require.ErrorContains(t, player.Wait(patience), "403 Forbidden")
	})
	t.Run("a scenario that the phone does not play fails", func(t *testing.T) {
		phone := baresip.New(t, baresip.Options{User: "alice", Answer: true})
		player := New(t, Options{Scenario: "call", Remote: phone.Addr(), User: "nobody"})
		require.ErrorContains(t, player.Wait(patience), "404 Not Found")
	})
}
