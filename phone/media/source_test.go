package media

import (
	"net/netip"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone/sdp"
)

var (
	named    = netip.MustParseAddrPort("192.0.2.1:4000")
	rtcpPort = netip.MustParseAddrPort("192.0.2.1:4001")
	nat      = netip.MustParseAddrPort("198.51.100.7:31000")
	natRTCP  = netip.MustParseAddrPort("198.51.100.7:31001")
	other    = netip.MustParseAddrPort("203.0.113.9:9")
)

// agreed is a session with a peer at an address.
func agreed(at netip.AddrPort) *sdp.Session {
	return &sdp.Session{Remote: at, RemoteRTCP: netip.AddrPortFrom(at.Addr(), at.Port()+1)}
}

func TestSourceFollowsThePeer(t *testing.T) {
	start := time.Now()
	var s source
	s.expect(agreed(named), false, start)
	require.Equal(t, named, s.rtp())
	require.Equal(t, rtcpPort, s.rtcp())

	require.True(t, s.accept(nat, start, true), "the first that comes may be the peer behind a NAT")
	require.Equal(t, nat, s.rtp())
	require.Equal(t, rtcpPort, s.rtcp(), "RTCP has a mapping of its own in the NAT")
	require.True(t, s.acceptRTCP(natRTCP))
	require.Equal(t, natRTCP, s.rtcp())

	require.False(t, s.accept(other, start.Add(quiet/2), true), "the peer is being heard")
	require.False(t, s.acceptRTCP(other))
	require.True(t, s.accept(nat, start.Add(quiet/2), true))
	require.False(t, s.accept(other, start.Add(quiet), true))
	require.Equal(t, nat, s.rtp())

	require.False(t, s.accept(other, start.Add(2*quiet), false), "the peer is silent because it is held")
	require.True(t, s.accept(other, start.Add(2*quiet), true), "the peer went quiet: it may have moved")
	require.Equal(t, other, s.rtp())
	require.True(t, s.accept(named, start.Add(2*quiet), true), "whom SDP names is always right")
	require.Equal(t, named, s.rtp())
}

func TestSourceAfterANewAgreement(t *testing.T) {
	start := time.Now()
	var s source
	s.expect(agreed(named), false, start)
	s.accept(nat, start, true)
	s.expect(agreed(named), false, start)
	require.Equal(t, nat, s.rtp(), "the same address again changes nothing")
	s.expect(agreed(other), false, start)
	require.Equal(t, other, s.rtp())
	require.True(t, s.accept(nat, start, true), "what is on its way is played")
	require.Equal(t, other, s.rtp(), "and not followed")
	require.True(t, s.accept(nat, start.Add(moveTail), true))
	require.Equal(t, nat, s.rtp(), "the NAT shows the peer as before")
}

func TestSourceOfAnotherFork(t *testing.T) {
	start := time.Now()
	var s source
	s.expect(agreed(named), false, start)
	s.accept(nat, start, true)
	s.expect(agreed(other), true, start)
	require.False(t, s.accept(nat, start, true), "the fork before still sends")
	require.False(t, s.accept(named, start, true))
	require.True(t, s.accept(other, start, true))

	s.expect(agreed(named), true, start)
	require.True(t, s.accept(named, start, true), "back to the first fork")
	require.True(t, s.accept(nat, start.Add(forkTail), true))
}

func TestSourceUnknown(t *testing.T) {
	start := time.Now()
	var s source
	s.expect(&sdp.Session{}, false, start)
	require.False(t, s.rtp().IsValid())
	require.True(t, s.accept(nat, start, true))
	require.Equal(t, nat, s.rtp())
}

func TestSourceMuxed(t *testing.T) {
	start := time.Now()
	var s source
	muxed := agreed(named)
	muxed.Mux, muxed.RemoteRTCP = true, named
	s.expect(muxed, false, start)
	require.Equal(t, named, s.rtcp())
	require.True(t, s.accept(nat, start, true))
	require.Equal(t, nat, s.rtcp())
}
