package baresip

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/test/cert"
	"github.com/callward/callward/test/kamailio"
)

// TestTwoPhonesThroughKamailio shows that the peers of the labs work among themselves: what fails with ours is ours.
func TestTwoPhonesThroughKamailio(t *testing.T) {
	authority, err := cert.NewAuthority(t.TempDir(), "Lab Authority")
	require.NoError(t, err)
	pair, err := authority.Server("127.0.0.1")
	require.NoError(t, err)
	server := kamailio.New(t, kamailio.Options{TLS: pair, Users: map[string]string{"alice": "one", "bob": "two"}})

	for _, transport := range []string{"udp", "tcp", "tls"} {
		t.Run(transport, func(t *testing.T) {
			o := Options{Server: server.Address(transport), Transport: transport, CAFile: authority.File, Register: true}
			o.User, o.Password, o.Hz = "alice", "one", 700
			alice := New(t, o)
			o.User, o.Password, o.Hz, o.Answer = "bob", "two", 1300, true
			bob := New(t, o)
			require.NoError(t, alice.Registered(patience))
			require.NoError(t, bob.Registered(patience))

			require.NoError(t, alice.Dial("sip:bob@"+server.Address(transport)+";transport="+transport))
			alice.Until(t, 0, "CALL_ESTABLISHED", patience)
			bob.Until(t, 0, "CALL_ESTABLISHED", patience)
			hears(t, alice, 1300)
			hears(t, bob, 700)
			require.NoError(t, alice.Hangup())
			bob.Until(t, 0, "CALL_CLOSED", patience)
		})
	}
}

// TestTextsThroughKamailio shows that the peers of the labs can write to each other, and are told who is not there.
func TestTextsThroughKamailio(t *testing.T) {
	server := kamailio.New(t, kamailio.Options{Users: map[string]string{"alice": "one", "bob": "two", "eve": "three"}})
	phone := func(user, password, to string) *Phone {
		p := New(t, Options{User: user, Password: password, Server: server.Address("udp"), Register: true, Peers: []string{"sip:" + to + "@" + server.Address("udp"), "sip:eve@" + server.Address("udp")}})
		require.NoError(t, p.Registered(patience))
		return p
	}
	alice, bob := phone("alice", "one", "bob"), phone("bob", "two", "alice")
	for _, said := range []string{"Hello", "שלום 👩‍👩‍👧 é"} {
		require.NoError(t, alice.Text(said))
		require.Eventually(t, func() bool { texts := bob.Texts("alice"); return len(texts) > 0 && texts[len(texts)-1] == said }, patience, 20*time.Millisecond)
	}
	require.NoError(t, bob.Text("Hello, Alice"))
	require.Eventually(t, func() bool { return len(alice.Texts("bob")) == 1 }, patience, 20*time.Millisecond)
	require.NoError(t, bob.NextPeer())
	require.NoError(t, bob.Text("Are you there?"))
	_, err := bob.WaitFor(0, "480 Temporarily Unavailable", patience)
	require.NoError(t, err, "she is not registered")
}

func TestEcho(t *testing.T) {
	echo := New(t, Options{User: "echo", Echo: true, Answer: true})
	caller := New(t, Options{Hz: 900})
	require.NoError(t, caller.Dial("sip:echo@"+echo.Addr().String()))
	caller.Until(t, 0, "CALL_ESTABLISHED", patience)
	hears(t, caller, 900)
}

// hears waits until the last second that p heard is a tone of hz.
func hears(t *testing.T, p *Phone, hz float64) {
	t.Helper()
	require.Eventually(t, func() bool {
		heard, rate, err := p.Heard()
		if err != nil || len(heard) < 2*rate {
			return false
		}
		heard = heard[len(heard)-rate:]
		return spectrum.Goertzel(heard, rate, hz) > 0.9*spectrum.Power(heard) && spectrum.RMS(heard) > -30
	}, patience, 100*time.Millisecond)
}
