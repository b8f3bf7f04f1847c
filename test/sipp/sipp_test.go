package sipp

import (
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
