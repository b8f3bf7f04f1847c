package relay

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/wire"
)

const patience = 2 * time.Second

func anything(wire.Message) bool { return true }

func TestDice(t *testing.T) {
	const throws = 20000
	i := Impairment{Loss: 0.05, Duplicate: 0.1, Reorder: 0.2, HoldBack: time.Second, Delay: 50 * time.Millisecond, Jitter: 30 * time.Millisecond, Seed: 7}
	d, again := newDice(i), newDice(i)
	var lost, doubled, held, copies float64
	for range throws {
		delays := d.throw()
		require.Equal(t, delays, again.throw(), "one seed, one fate")
		switch len(delays) {
		case 0:
			lost++
		case 2:
			doubled++
		}
		for _, delay := range delays {
			copies++
			if delay >= time.Second {
				held++
				delay -= time.Second
			}
			require.InDelta(t, 50*time.Millisecond, delay, float64(30*time.Millisecond))
		}
	}
	require.InDelta(t, 0.05, lost/throws, 0.01)
	require.InDelta(t, 0.1, doubled/(throws-lost), 0.01)
	require.InDelta(t, 0.2, held/copies, 0.01)
}

func TestRelayIsANAT(t *testing.T) {
	client, other, server := peer(t), peer(t), peer(t)
	r := New(t, server.Addr(), Impairment{})

	seen := map[netip.AddrPort]bool{}
	for _, p := range []*wire.Peer{client, other} {
		require.NoError(t, p.SendRaw(r.Addr(), []byte("ping")))
		ping, err := server.Receive(patience, anything)
		require.NoError(t, err)
		require.NotEqual(t, p.Addr(), ping.From)
		seen[ping.From] = true
		require.NoError(t, server.SendRaw(ping.From, []byte("pong")))
		pong, err := p.Receive(patience, anything)
		require.NoError(t, err)
		require.Equal(t, r.Addr(), pong.From)
	}
	require.Len(t, seen, 2)

	r.Rebind()
	require.NoError(t, client.SendRaw(r.Addr(), []byte("ping")))
	ping, err := server.Receive(patience, anything)
	require.NoError(t, err)
	require.NotContains(t, seen, ping.From)
	require.Equal(t, Counts{5, 5}, r.Counts())
}

func TestRelayImpairs(t *testing.T) {
	const sent = 400
	client, server := peer(t), peer(t)
	r := New(t, server.Addr(), Impairment{Loss: 0.25, Duplicate: 0.1, Delay: 20 * time.Millisecond, Jitter: 20 * time.Millisecond, Seed: 3})
	got := map[string]int{}
	disorder, last := 0, ""
	for n := range sent {
		require.NoError(t, client.SendRaw(r.Addr(), binary.BigEndian.AppendUint32(nil, uint32(n))))
		if n%50 != 49 { // more at once would not fit into a socket's buffer
			continue
		}
		for {
			m, err := server.Receive(100*time.Millisecond, anything)
			if err != nil {
				break
			}
			got[m.Start]++
			if m.Start < last {
				disorder++
			}
			last = m.Start
		}
	}
	doubled := 0
	for _, n := range got {
		if n == 2 {
			doubled++
		}
	}
	require.InDelta(t, 0.75*sent, len(got), 0.1*sent)
	require.InDelta(t, 0.075*sent, doubled, 0.05*sent)
	require.Greater(t, disorder, sent/10)

	r.Impair(Impairment{Loss: 1})
	require.NoError(t, client.SendRaw(r.Addr(), []byte("lost")))
	_, err := server.Receive(50*time.Millisecond, anything)
	require.ErrorIs(t, err, wire.ErrSilence)
}

func TestSIPRelaysTheMedia(t *testing.T) {
	client, server, clientRTP, serverRTP := peer(t), peer(t), peer(t), peer(t)
	s := NewSIP(t, server.Addr(), Impairment{})
	call := wire.NewCall(client.Addr(), "alice", "sip:bob@example.org")
	require.NoError(t, client.Send(s.Addr(), call.Request("INVITE", wire.Offer("127.0.0.1", int(clientRTP.Addr().Port())))))
	invite, err := server.Receive(patience, wire.Request("INVITE"))
	require.NoError(t, err)
	require.Equal(t, fmt.Sprint(len(invite.Body)), invite.Get("Content-Length"))
	clientStand := mediaOf(t, invite.Body)
	require.NotEqual(t, clientRTP.Addr(), clientStand)

	answer := wire.Reply(invite.Message, 200, "OK", "b", wire.Offer("127.0.0.1", int(serverRTP.Addr().Port())))
	require.NoError(t, server.Send(invite.From, answer))
	ok, err := client.Receive(patience, wire.Response("INVITE", 200, 200))
	require.NoError(t, err)
	serverStand := mediaOf(t, ok.Body)

	for _, way := range []struct {
		from, to *wire.Peer
		at, seen netip.AddrPort
	}{{serverRTP, clientRTP, clientStand, serverStand}, {clientRTP, serverRTP, serverStand, clientStand}} {
		require.NoError(t, way.from.SendRaw(way.at, []byte("rtp")))
		packet, err := way.to.Receive(patience, anything)
		require.NoError(t, err)
		require.Equal(t, way.seen, packet.From, "symmetric")
	}
	require.Equal(t, Counts{2, 2}, s.Media.Counts())
}

func mediaOf(t *testing.T, sdp string) netip.AddrPort {
	port := audioLine.FindStringSubmatch(sdp)
	require.NotNil(t, port)
	require.Contains(t, strings.Split(sdp, "\r\n"), "c=IN IP4 127.0.0.1")
	return netip.MustParseAddrPort("127.0.0.1:" + port[1])
}

func peer(t *testing.T) *wire.Peer {
	p, err := wire.Listen("127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = p.Close() })
	return p
}
