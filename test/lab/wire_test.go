package lab

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/wire"
)

// silence stands for nobody behind a registrar.
var silence netip.AddrPort

// caller is a raw SIP socket and a call from it to a phone.
func caller(t *testing.T, from, contact string) (*wire.Peer, *wire.Call, netip.AddrPort) {
	t.Helper()
	peer, err := wire.Listen(from + ":0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = peer.Close() })
	_, at := split(t, contact)
	return peer, wire.NewCall(peer.Addr(), "+12025550123", contact), at
}

func offer() string { return wire.Offer("127.0.0.1", 40000) }

// TestStrangers has requests come from an IP address that is not the server's: they get no answer, and the phone does not ring.
func TestStrangers(t *testing.T) {
	p, _, contact := registered(t, silence)
	stranger, call, at := caller(t, "127.0.0.2", contact)
	for _, method := range []string{"INVITE", "OPTIONS", "MESSAGE"} {
		require.NoError(t, stranger.Send(at, call.Request(method, offer())))
		call.Next()
	}
	_, err := stranger.Receive(2*time.Second, func(wire.Message) bool { return true })
	require.ErrorIs(t, err, wire.ErrSilence)
	require.Empty(t, p.State(t).Calls)
	require.Empty(t, p.Calls(t))

	// The server's address is welcome from any port; the user part that it was told must be there.
	friend, call, at := caller(t, "127.0.0.1", contact)
	require.NoError(t, friend.Send(at, call.Request("OPTIONS", "")))
	_, err = friend.Receive(patience, wire.Response("OPTIONS", 200, 200))
	require.NoError(t, err)
}

// TestMalformed has what is broken answered with a 4xx, or dropped, and the phone goes on.
func TestMalformed(t *testing.T) {
	p, _, contact := registered(t, silence)
	peer, call, at := caller(t, "127.0.0.1", contact)
	good := call.Request("INVITE", offer()).String()
	drop := func(name string) string {
		var kept []string
		for _, line := range strings.Split(good, "\r\n") {
			if !strings.HasPrefix(line, name+":") {
				kept = append(kept, line)
			}
		}
		return strings.Join(kept, "\r\n")
	}
	for name, datagram := range map[string]string{
		"empty":                    "",
		"noise":                    "\x00\xff\xfe\x01\x02",
		"a line":                   "INVITE",
		"no version":               strings.Replace(good, " SIP/2.0", "", 1),
		"no Call-ID":               drop("Call-ID"),
		"no CSeq":                  drop("CSeq"),
		"no From":                  drop("From"),
		"no To":                    drop("To"),
		"no Via":                   drop("Via"),
		"CSeq that is no number":   strings.Replace(good, "CSeq: 1 ", "CSeq: one ", 1),
		"CSeq of another method":   strings.Replace(good, "1 INVITE\r\n", "1 BYE\r\n", 1),
		"Content-Length too long":  strings.Replace(good, "Content-Length: ", "Content-Length: 9", 1),
		"Content-Length negative":  strings.Replace(good, "Content-Length: ", "Content-Length: -", 1),
		"quotes that do not end":   strings.Replace(good, "From: <", `From: "<`, 1),
		"brackets that do not end": strings.Replace(good, ">;tag=", ";tag=", 1),
		"a long header":            strings.Replace(good, "Max-Forwards: 70", "Max-Forwards: 70\r\nX-Long: "+strings.Repeat("x", 60000-len(good)), 1),
		"SDP that is none":         strings.Replace(good, "v=0", "x=y", 1),
	} {
		t.Run(name, func(t *testing.T) {
			require.NoError(t, peer.SendRaw(at, []byte(datagram)))
			// Whatever it made of that: a call with all that it takes still rings.
			peer.Forget()
			other, call, at := caller(t, "127.0.0.1", contact)
			require.NoError(t, other.Send(at, call.Request("INVITE", offer())))
			_, err := other.Receive(patience, wire.Response("INVITE", 180, 180))
			require.NoError(t, err)
			require.NoError(t, other.Send(at, call.Request("CANCEL", "")))
			_, err = other.Receive(patience, wire.Response("INVITE", 487, 487))
			require.NoError(t, err)
		})
	}
	refusals := map[string]string{
		"unknown extension":    strings.Replace(good, "Max-Forwards: 70", "Max-Forwards: 70\r\nRequire: teleport", 1),
		"body of another kind": strings.Replace(good, "application/sdp", "text/plain", 1),
		"no codec in common":   strings.NewReplacer("RTP/AVP 0 8 101", "RTP/AVP 18    ", "a=rtpmap:0 PCMU", "a=rtpmap:18 G729").Replace(good),
	}
	for name, datagram := range refusals {
		t.Run(name, func(t *testing.T) {
			id := wire.Token()
			datagram = strings.ReplaceAll(strings.ReplaceAll(datagram, call.CallID, id), call.Branch, wire.Token())
			require.NoError(t, peer.SendRaw(at, []byte(datagram)))
			_, err := peer.Receive(patience, func(m wire.Message) bool {
				return m.Get("Call-ID") == id && m.Status() >= 400 && m.Status() < 500
			})
			require.NoError(t, err)
		})
	}
	p.State(t)
}

// TestUnusualButGood has an INVITE as old and careless servers send it, and it rings under the right name.
func TestUnusualButGood(t *testing.T) {
	p, _, contact := registered(t, silence)
	peer, call, at := caller(t, "127.0.0.1", contact)
	for _, tc := range []struct{ name, from, number, shown string }{
		{"quoted name", `"Dr. \"Bones\", MD" <sip:+442079460018@127.0.0.1;user=phone>;tag=1`, "+442079460018", `Dr. "Bones", MD`},
		{"no brackets", `sip:+442079460018@127.0.0.1;tag=1`, "+442079460018", ""},
		{"tel", `<tel:+442079460018>;tag=1`, "+442079460018", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			mark := p.Mark()
			call = wire.NewCall(peer.Addr(), "x", contact)
			call.From = tc.from
			invite := call.Request("INVITE", offer()).String()
			invite = strings.NewReplacer("Via:", "v:", "From:", "f:", "To:", "t:", "Call-ID:", "i:", "Contact:", "m:", "Content-Type:", "c:",
				"Content-Length:", "l:", "Max-Forwards: 70", "Max-Forwards: 0").Replace(invite) // a callee is the last hop (RFC 3261, 16.3)
			require.NoError(t, peer.SendRaw(at, []byte(invite)))
			ringing := p.UntilCall(t, mark, patience, "ringing")
			require.Equal(t, tc.number, ringing.Number)
			require.Equal(t, tc.shown, ringing.Name)
			require.NoError(t, peer.Send(at, call.Request("CANCEL", "")))
			require.Equal(t, "missed", p.UntilCall(t, mark, patience, "ended").Result)
		})
	}
}

// TestDecline answers 486, since 603 would stop a whole ring group.
func TestDecline(t *testing.T) {
	p, _, contact := registered(t, silence)
	peer, call, at := caller(t, "127.0.0.1", contact)
	mark := p.Mark()
	require.NoError(t, peer.Send(at, call.Request("INVITE", offer())))
	p.UntilCall(t, mark, patience, "ringing")
	p.Must(t, "decline")
	_, err := peer.Receive(patience, wire.Response("INVITE", 486, 486))
	require.NoError(t, err)
	require.Equal(t, "declined", p.UntilCall(t, mark, patience, "ended").Result)
}

// TestAnsweredElsewhere tells a CANCEL with that reason (RFC 3326) from one of a caller who gave up.
func TestAnsweredElsewhere(t *testing.T) {
	p, _, contact := registered(t, silence)
	for reason, want := range map[string]string{`SIP;cause=200;text="Call completed elsewhere"`: "elsewhere", "": "missed"} {
		peer, call, at := caller(t, "127.0.0.1", contact)
		mark := p.Mark()
		require.NoError(t, peer.Send(at, call.Request("INVITE", offer())))
		p.UntilCall(t, mark, patience, "ringing")
		headers := []string{}
		if reason != "" {
			headers = append(headers, "Reason: "+reason)
		}
		require.NoError(t, peer.Send(at, call.Request("CANCEL", "", headers...)))
		require.Equal(t, want, p.UntilCall(t, mark, patience, "ended").Result)
	}
}

// server is a raw peer behind the registrar of a phone, to which the phone's calls come.
func server(t *testing.T) (*callward.Program, *wire.Peer) {
	t.Helper()
	peer, err := wire.Listen("127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = peer.Close() })
	p, _, _ := registered(t, peer.Addr())
	return p, peer
}

// TestManyProvisionalAnswers has a hundred of them come before the answer.
func TestManyProvisionalAnswers(t *testing.T) {
	p, far := server(t)
	mark := p.Mark()
	p.Must(t, "call", "bob@127.0.0.1")
	invite, err := far.Receive(patience, wire.Request("INVITE"))
	require.NoError(t, err)
	for n := range 100 {
		status := []int{180, 181, 182, 183}[n%4]
		require.NoError(t, far.Send(invite.From, wire.Reply(invite.Message, status, "Wait", "far", "", "Contact: <sip:bob@"+far.Addr().String()+">")))
	}
	require.NoError(t, far.Send(invite.From, wire.Reply(invite.Message, 200, "OK", "far", offer(),
		"Contact: <sip:bob@"+far.Addr().String()+">", "Content-Type: application/sdp")))
	_, err = far.Receive(patience, wire.Request("ACK"))
	require.NoError(t, err)
	p.UntilCall(t, mark, patience, "active")
}

// TestRedirects follows five of them and no more.
func TestRedirects(t *testing.T) {
	p, far := server(t)
	mark := p.Mark()
	p.Must(t, "call", "bob@127.0.0.1")
	for n := range 6 {
		invite, err := far.Receive(patience, wire.Request("INVITE"))
		require.NoError(t, err, "INVITE %d", n)
		if n > 0 {
			require.Contains(t, invite.Start, fmt.Sprintf("sip:next%d@", n-1))
		}
		require.NoError(t, far.Send(invite.From, wire.Reply(invite.Message, 302, "Moved", "far", "", fmt.Sprintf("Contact: <sip:next%d@127.0.0.1>", n))))
		_, err = far.Receive(patience, wire.Request("ACK"))
		require.NoError(t, err)
	}
	require.Equal(t, "failed", p.UntilCall(t, mark, patience, "ended").Result)
	_, err := far.Receive(time.Second, wire.Request("INVITE"))
	require.ErrorIs(t, err, wire.ErrSilence)
}
