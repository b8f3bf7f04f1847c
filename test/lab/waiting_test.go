package lab

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/kamailio"
	"github.com/callward/callward/test/wire"
)

// provider is a server that tells what waits in the voicemail of 1001.
func provider(t *testing.T) (server *kamailio.Server, voicemail *wire.Peer) {
	t.Helper()
	server = kamailio.New(t, kamailio.Options{Users: users, Voicemail: true, MinExpires: 1, MaxExpires: 4})
	voicemail, err := wire.Listen("127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = voicemail.Close() })
	return server, voicemail
}

// tells has the voicemail send a summary to the server: as PUBLISH for who has subscribed, as NOTIFY for whom it is unasked.
func tells(t *testing.T, voicemail *wire.Peer, server netip.AddrPort, method, summary string, headers ...string) {
	t.Helper()
	call := wire.NewCall(voicemail.Addr(), "voicemail", "sip:1001@"+server.String())
	m := call.Request(method, "", append(headers, "Event: message-summary", "Content-Type: application/simple-message-summary")...)
	m.Body = summary
	require.NoError(t, voicemail.Send(server, m))
	answer, err := voicemail.Receive(patience, wire.Response(method, 200, 699))
	require.NoError(t, err)
	require.Equal(t, 200, answer.Status(), answer.Start)
}

// untilWaiting waits until a program has heard how many messages wait.
func untilWaiting(t *testing.T, p *callward.Program, mark int, want callward.Waiting) {
	t.Helper()
	_, err := p.Await(mark, "messages waiting", patience, func(e callward.Event) bool { return e.Account != nil && e.Account.Waiting == want })
	require.NoError(t, err)
}

// TestMessageWaiting subscribes at Kamailio to what its presence server knows of the voicemail.
func TestMessageWaiting(t *testing.T) {
	t.Parallel()
	server, voicemail := provider(t)
	p := silentPhone(t)
	mark := p.Mark()
	tells(t, voicemail, server.Addr(), "PUBLISH", "Messages-Waiting: yes\r\nVoice-Message: 2/8 (0/2)\r\n")
	register(t, p, server, "1001", "udp", "--voicemail-provider", "--voicemail-number", "*97")
	untilWaiting(t, p, mark, callward.Waiting{Waiting: true, New: 2, Old: 8})
	require.Contains(t, p.Must(t, "status"), "1001@127.0.0.1: 2 new messages at the provider. callward call *97 ")

	// Refreshed in its dialog, which has a tag of the server's, it goes on for longer than it was granted.
	for range 2 {
		_, err := server.WaitFor(server.Mark(), "lab: subscribed for 3600 s by .*, tag [^<]", patience)
		require.NoError(t, err)
	}
	mark = p.Mark()
	tells(t, voicemail, server.Addr(), "PUBLISH", "Messages-Waiting: no\r\nVoice-Message: 0/10\r\n")
	untilWaiting(t, p, mark, callward.Waiting{Old: 10})
	require.NotContains(t, p.Must(t, "status"), "at the provider")

	require.Equal(t, 1, server.Count("lab: subscribed for 3600 s by .*, tag <null>"), "asked for once")
	p.Must(t, "account", "remove", address("1001"))
	_, err := server.WaitFor(0, "lab: subscribed for 0 s by .*, tag [^<]", patience)
	require.NoError(t, err)
}

// TestMessageWaitingUnasked has Kamailio bring a NOTIFY that nobody subscribed to.
func TestMessageWaitingUnasked(t *testing.T) {
	t.Parallel()
	server, voicemail := provider(t)
	p := silentPhone(t)
	register(t, p, server, "1001", "udp")
	mark := p.Mark()
	tells(t, voicemail, server.Addr(), "NOTIFY", "Messages-Waiting: yes\r\n", "Subscription-State: terminated;reason=noresource")
	untilWaiting(t, p, mark, callward.Waiting{Waiting: true})
	require.Contains(t, p.Must(t, "status"), "1001@127.0.0.1: new messages at the provider.")
	require.Zero(t, server.Requests("SUBSCRIBE"))
}
