package sdp

import "net/netip"

// Ptime bounds in milliseconds: what one packet may carry.
const (
	DefaultPtime = 20
	minPtime     = 10
	maxPtime     = 60
)

// Local is what this end brings to an offer or an answer.
type Local struct {
	// Addr and Port are where RTP is received; RTCP at Port+1 or, muxed, at Port.
	Addr netip.Addr
	Port int
	// Formats are the codecs in order of preference. The payload type of a
	// dynamic one is a wish. telephone-event is added to them by itself.
	Formats   []Format
	Direction Direction
}

// Session is what an offer and its answer came to, seen from this end.
type Session struct {
	// Remote is where RTP is sent. Its address is not valid where the peer named
	// none that can be used (a host name, or 0.0.0.0): then its packets show it.
	Remote netip.AddrPort
	// RemoteRTCP is where RTCP is sent; with Mux the same as Remote.
	RemoteRTCP netip.AddrPort
	// Mux says that RTP and RTCP share one port at both ends.
	Mux bool
	// Direction is this end's: what it may send and shall play.
	Direction Direction
	// Codec is what is sent.
	Codec Format
	// Events is telephone-event as the peer takes it, at Codec's clock rate; its
	// Name is empty where the peer does not.
	Events Format
	// Receive are all formats that may arrive, telephone-event among them.
	Receive []Format
	// Ptime is how many milliseconds a packet that we send shall carry, 10 to 60.
	Ptime int
	// Held says that the peer does not want our sound: it holds us.
	Held bool
}

// newSession works out what the peer's line, a description of its end,
// comes to. common are the codecs that both know, under the peer's payload
// types, the one to send first.
func newSession(peer Media, common []Format, wish Direction, mux bool) *Session {
	theirs := peer.Direction
	if peer.Addr.IsUnspecified() { // hold as it was before RFC 3264
		theirs &= SendOnly
		peer.Addr = netip.Addr{}
	}
	s := &Session{
		Remote:    netip.AddrPortFrom(peer.Addr, uint16(peer.Port)),
		Mux:       mux,
		Direction: wish & theirs.Mirror(),
		Codec:     common[0],
		Ptime:     peer.packetTime(),
		Held:      !theirs.Receives(),
	}
	s.RemoteRTCP = peer.rtcp(mux)
	for _, f := range peer.Formats {
		if f.IsEvent() && f.ClockRate == s.Codec.ClockRate {
			s.Events = f
		}
	}
	return s
}

// rtcp returns where m's end receives RTCP (RFC 3550, 11; RFC 3605).
func (m Media) rtcp(mux bool) netip.AddrPort {
	switch {
	case mux:
		return netip.AddrPortFrom(m.Addr, uint16(m.Port))
	case m.RTCP.Port() == 0:
		return netip.AddrPortFrom(m.Addr, uint16(m.Port)+1)
	case m.RTCP.Addr().IsValid():
		return m.RTCP
	default:
		return netip.AddrPortFrom(m.Addr, m.RTCP.Port())
	}
}

// packetTime returns the packet length that m asks for, in whole tens of
// milliseconds.
func (m Media) packetTime() int {
	p := m.Ptime
	if p == 0 {
		p = DefaultPtime
	}
	if m.MaxPtime > 0 {
		p = min(p, m.MaxPtime)
	}
	return max(minPtime, min(p, maxPtime)/10*10)
}

// Received returns the format that a payload type means when it arrives.
func (s *Session) Received(payloadType uint8) (Format, bool) {
	return findType(s.Receive, payloadType)
}
