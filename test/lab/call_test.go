package lab

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/baresip"
	"github.com/callward/callward/test/cert"
	"github.com/callward/callward/test/kamailio"
)

// newServer is Kamailio with TLS and the users of the labs, and whom to trust for it.
func newServer(t *testing.T, o kamailio.Options) (server *kamailio.Server, ca string) {
	t.Helper()
	authority, err := cert.NewAuthority(t.TempDir(), "Lab Authority")
	require.NoError(t, err)
	o.TLS, err = authority.Server("127.0.0.1")
	require.NoError(t, err)
	o.Users = users
	return kamailio.New(t, o), authority.File
}

func TestTwoPhonesHearEachOther(t *testing.T) {
	server, ca := newServer(t, kamailio.Options{})
	for _, transport := range []string{"udp", "tcp", "tls"} {
		t.Run(transport, func(t *testing.T) {
			alice, bob := newPhone(t), newPhone(t)
			var trust []string
			if transport == "tls" {
				trust = []string{"--ca", ca}
			}
			register(t, alice.Program, server, "1001", transport, append(trust, "--display-name", "Alice")...)
			register(t, bob.Program, server, "1002", transport, trust...)

			fromAlice, fromBob := alice.Mark(), bob.Mark()
			id := alice.Must(t, "call", "1002")
			ringing := bob.UntilCall(t, fromBob, patience, "ringing")
			require.Equal(t, "in", ringing.Direction)
			require.Equal(t, "1001", ringing.Number)
			require.Equal(t, "Alice", ringing.Name)
			alice.UntilCall(t, fromAlice, patience, "ringing")
			bob.Must(t, "answer")
			bob.UntilCall(t, fromBob, patience, "active")
			alice.UntilCall(t, fromAlice, patience, "active")

			alice.say(t, 700)
			bob.say(t, 1300)
			alice.hears(t, 1300)
			bob.hears(t, 700)

			calls := alice.State(t).Calls
			require.Len(t, calls, 1)
			require.Equal(t, id, calls[0].ID)
			require.Equal(t, "out", calls[0].Direction)
			require.Equal(t, "1002", calls[0].Number)
			require.Contains(t, []string{"PCMU", "PCMA"}, calls[0].Codec)
			require.Zero(t, calls[0].Quality.Loss)

			alice.Must(t, "mute")
			bob.hearsNothing(t)
			require.True(t, alice.State(t).Calls[0].Muted)
			alice.hears(t, 1300)
			alice.Must(t, "unmute")
			bob.hears(t, 700)
			for _, p := range []phone{alice, bob} {
				// Both must have reported before one can tell, and a report is sent each 5 s, half as much more or less.
				var trip float64
				require.Eventually(t, func() bool {
					calls := p.State(t).Calls
					if len(calls) == 1 {
						trip = calls[0].Quality.RoundTripMS
					}
					return trip > 0
				}, 20*time.Second, 100*time.Millisecond)
				require.Less(t, trip, 1000.0)
			}

			bob.Must(t, "hangup")
			alice.UntilCall(t, fromAlice, patience, "ended")
			alice.hearsNothing(t)
			require.Empty(t, alice.State(t).Calls)
			for _, p := range []phone{alice, bob} {
				row := p.Calls(t)[0]
				require.Equal(t, "answered", row.Result)
				require.NotNil(t, row.Answered)
				require.NotNil(t, row.Ended)
			}
		})
	}
}

func TestHowCallsEnd(t *testing.T) {
	server, _ := newServer(t, kamailio.Options{})
	alice, bob := silentPhone(t), silentPhone(t)
	register(t, alice, server, "1001", "udp")
	register(t, bob, server, "1002", "udp")

	for _, tc := range []struct {
		name           string
		end            func(t *testing.T)
		atAlice, atBob string
	}{
		{"declined", func(t *testing.T) { bob.Must(t, "decline") }, "busy", "declined"},
		{"given up", func(t *testing.T) { alice.Must(t, "hangup") }, "cancelled", "missed"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			fromAlice, fromBob := alice.Mark(), bob.Mark()
			alice.Must(t, "call", "1002")
			bob.UntilCall(t, fromBob, patience, "ringing")
			alice.UntilCall(t, fromAlice, patience, "ringing")
			tc.end(t)
			require.Equal(t, tc.atAlice, alice.UntilCall(t, fromAlice, patience, "ended").Result)
			require.Equal(t, tc.atBob, bob.UntilCall(t, fromBob, patience, "ended").Result)
			require.Equal(t, tc.atAlice, alice.Calls(t)[0].Result)
			require.Equal(t, tc.atBob, bob.Calls(t)[0].Result)
		})
	}

	t.Run("nobody there", func(t *testing.T) {
		mark := alice.Mark()
		alice.Must(t, "call", "1003")
		ended := alice.UntilCall(t, mark, patience, "ended")
		require.Equal(t, "failed", ended.Result)
		require.Equal(t, 404, ended.SIPStatus)
		require.NotEmpty(t, ended.Reason)
	})

	t.Run("answered elsewhere", func(t *testing.T) {
		other := silentPhone(t)
		register(t, other, server, "1002", "udp")
		fromBob, fromOther := bob.Mark(), other.Mark()
		alice.Must(t, "call", "1002")
		bob.UntilCall(t, fromBob, patience, "ringing")
		other.UntilCall(t, fromOther, patience, "ringing")
		other.Must(t, "answer")
		require.Equal(t, "elsewhere", bob.UntilCall(t, fromBob, patience, "ended").Result)
		alice.Must(t, "hangup")
		require.Equal(t, "answered", other.UntilCall(t, fromOther, patience, "ended").Result)
	})
}

func TestBaresip(t *testing.T) {
	server, _ := newServer(t, kamailio.Options{})
	alice := newPhone(t)
	register(t, alice.Program, server, "1001", "udp")
	other := baresip.New(t, baresip.Options{User: "1002", Password: users["1002"], Server: server.Address("udp"), Register: true, Answer: true, Hz: 900})
	require.NoError(t, other.Registered(patience))
	alice.say(t, 700)

	t.Run("called", func(t *testing.T) {
		mark, its := alice.Mark(), other.Events()
		alice.Must(t, "call", "1002", "--wait")
		alice.UntilCall(t, mark, patience, "active")
		alice.hears(t, 900)
		other.Hears(t, 700)
		require.NoError(t, other.Hangup())
		require.Equal(t, "answered", alice.UntilCall(t, mark, patience, "ended").Result)
		other.Until(t, its, "CALL_CLOSED", patience)
	})

	t.Run("calling, holding and taking back", func(t *testing.T) {
		mark, its := alice.Mark(), other.Events()
		require.NoError(t, other.Dial("sip:1001@"+server.Address("udp")))
		alice.UntilCall(t, mark, patience, "ringing")
		alice.Must(t, "answer")
		other.Until(t, its, "CALL_ESTABLISHED", patience)
		alice.hears(t, 900)
		other.Hears(t, 700)

		mark = alice.Mark()
		require.NoError(t, other.Do("hold", ""))
		alice.UntilCall(t, mark, patience, "held")
		alice.hearsNothing(t)
		mark = alice.Mark()
		require.NoError(t, other.Do("resume", ""))
		alice.UntilCall(t, mark, patience, "active")
		alice.hears(t, 900)

		alice.Must(t, "hangup")
		other.Until(t, its, "CALL_CLOSED", patience)
	})
}
