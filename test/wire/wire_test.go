package wire

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestMessage(t *testing.T) {
	m := Parse([]byte("INVITE sip:bob@127.0.0.1 SIP/2.0\r\nv: SIP/2.0/UDP a;branch=1\r\nVia: SIP/2.0/UDP b;branch=2\r\n" +
		"f: \"Al\" <sip:al@a;x=y>;tag=7\r\nCSeq: 4 INVITE\r\nl: 2\r\n\r\nhi"))
	require.Equal(t, "INVITE", m.Method())
	require.Zero(t, m.Status())
	require.Equal(t, []string{"SIP/2.0/UDP a;branch=1", "SIP/2.0/UDP b;branch=2"}, m.All("Via"))
	require.Equal(t, "7", Tag(m.Get("From")))
	require.Equal(t, "sip:al@a;x=y", URI(m.Get("From")))
	require.Equal(t, "INVITE", m.CSeqMethod())
	require.Equal(t, "hi", m.Body)

	r := Parse([]byte(Reply(m, 486, "Busy Here", "9", "").String()))
	require.Equal(t, 486, r.Status())
	require.Empty(t, r.Method())
	require.Equal(t, m.All("Via"), r.All("Via"))
	require.Equal(t, "9", Tag(r.Get("To")))
	require.Equal(t, "0", r.Get("Content-Length"))
}

func TestPeersTalk(t *testing.T) {
	alice, bob := peer(t), peer(t)
	call := NewCall(alice.Addr(), "alice", "sip:bob@"+bob.Addr().String())
	require.NoError(t, alice.Send(bob.Addr(), call.Request("INVITE", Offer("127.0.0.1", 4000))))
	invite, err := bob.Receive(time.Second, Request("INVITE"))
	require.NoError(t, err)
	require.Equal(t, alice.Addr(), invite.From)

	require.NoError(t, bob.Send(invite.From, Reply(invite.Message, 180, "Ringing", "b", "")))
	require.NoError(t, bob.Send(invite.From, Reply(invite.Message, 200, "OK", "b", "", "Contact: <sip:bob@127.0.0.1:9>")))
	answer, err := alice.Receive(time.Second, Response("INVITE", 200, 200))
	require.NoError(t, err)
	call.Answered(answer.Message)
	require.Equal(t, "sip:bob@127.0.0.1:9", call.Target)
	ringing, err := alice.Receive(time.Second, Response("INVITE", 180, 180))
	require.NoError(t, err, "what came before another was waited for is kept")
	require.True(t, ringing.At.Before(answer.At) || ringing.At.Equal(answer.At))

	_, err = alice.Receive(time.Millisecond, Request("BYE"))
	require.ErrorIs(t, err, ErrSilence)
}

func peer(t *testing.T) *Peer {
	p, err := Listen("127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = p.Close() })
	return p
}
