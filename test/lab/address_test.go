package lab

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/kamailio"
	"github.com/callward/callward/test/netns"
)

// TestAddressChanges moves the phone to another network address, and then the server: calls reach the phone each time.
func TestAddressChanges(t *testing.T) {
	t.Parallel()
	near, far := netns.New(t)
	require.NoError(t, near.AddAddress("10.77.0.2/24"))
	require.NoError(t, far.AddAddress("10.77.0.1/24"))
	require.NoError(t, far.AddAddress("10.77.0.9/24"))
	require.NoError(t, near.SetName("sip.lab", "10.77.0.1"))
	o := kamailio.Options{Users: users, Host: "10.77.0.1", Shell: far.Shell(), MinExpires: 10, MaxExpires: 20}
	server := kamailio.New(t, o)
	o.Port = server.Port

	alice := callward.New(t, callward.Options{Shell: near.Shell()})
	bob := callward.New(t, callward.Options{Shell: far.Shell()})
	at := func(transport string) string { return "sip.lab:" + server.Address(transport)[len("10.77.0.1:"):] }
	alice.AddAccount(t, "registered", "1001@sip.lab", users["1001"], "--server", at("udp"))
	bob.AddAccount(t, "registered", "1002@10.77.0.1", users["1002"], "--server", server.Address("udp"))
	rings := func() {
		t.Helper()
		fromAlice, fromBob := alice.Mark(), bob.Mark()
		bob.Must(t, "call", "1001")
		alice.UntilCall(t, fromAlice, patience, "ringing")
		alice.Must(t, "answer")
		bob.UntilCall(t, fromBob, patience, "active")
		bob.Must(t, "hangup")
		alice.UntilCall(t, fromAlice, patience, "ended")
		bob.UntilCall(t, fromBob, patience, "ended")
	}
	rings()

	mark := server.Mark()
	require.NoError(t, near.RemoveAddress("10.77.0.2/24"))
	require.NoError(t, near.AddAddress("10.77.0.3/24"))
	server.Until(t, mark, "lab: REGISTER .* from udp:10.77.0.3:.* authorized [1-9]", time.Minute)
	rings()

	mark = alice.Mark()
	server.Kill()
	require.NoError(t, near.SetName("sip.lab", "10.77.0.9"))
	alice.UntilAccount(t, mark, "1001@sip.lab", "failed", time.Minute)
	o.Host = "10.77.0.9"
	server = kamailio.New(t, o)
	alice.UntilAccount(t, mark, "1001@sip.lab", "registered", 90*time.Second)
	bob.AddAccount(t, "registered", "1002@10.77.0.1", users["1002"], "--server", server.Address("udp"))
	rings()
}
