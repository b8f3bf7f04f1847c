// Package sdp reads and writes session descriptions (RFC 8866) and carries out
// the offer/answer model on them (RFC 3264) for one audio stream. It is
// lenient in what it takes and strict in what it writes. It is pure: no
// sockets, no clocks, no goroutines, no randomness.
package sdp

import "net/netip"

// Description is one session description. Its reader and its writer see to
// the lines that negotiation needs and leave out all others.
type Description struct {
	Origin Origin
	// Addr is the session's connection address (c=). Not valid where there was
	// none or where a host name stood in its place.
	Addr netip.Addr
	// Media holds one entry for each m= line, in order.
	Media []Media
}

// Origin is what of the o= line tells one version of a session from another
// (RFC 8866, 5.2).
type Origin struct {
	ID      uint64
	Version uint64
	Addr    netip.Addr
}

// Media is one m= line with the lines that belong to it.
type Media struct {
	// Kind is audio, video, image, application or whatever the peer wrote.
	Kind string
	// Port is where RTP is received; 0 refuses or ends the stream.
	Port int
	// Proto is the transport, such as RTP/AVP.
	Proto string
	// Tokens are the fmt fields of the m= line as written. A writer looks at
	// them only where Formats is empty.
	Tokens []string
	// Formats are those Tokens whose meaning is known, in order.
	Formats []Format
	// Addr is the connection address, inherited from the session when read.
	Addr      netip.Addr
	Direction Direction
	// Ptime and MaxPtime are in milliseconds; 0 is not stated.
	Ptime, MaxPtime int
	// RTCP is where RTCP is received if not at Port+1 (RFC 3605): port 0 is not
	// stated, an address that is not valid is that of the stream.
	RTCP netip.AddrPort
	// Mux says that RTP and RTCP share Port (RFC 5761).
	Mux bool
}

// refused returns the line that turns m down (RFC 3264, 6).
func (m Media) refused() Media {
	return Media{Kind: m.Kind, Proto: m.Proto, Tokens: m.Tokens, Direction: Inactive}
}
