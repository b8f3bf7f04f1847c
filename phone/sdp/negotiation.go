package sdp

import (
	"bytes"
	"errors"

	"github.com/callward/callward/phone"
)

// Negotiation is the run of offers and answers of one session (RFC 3264),
// from either end, with what has to stay the same from one to the next: the
// m= lines, the meaning of dynamic payload types, the origin. It is owned by one
// goroutine.
type Negotiation struct {
	id      uint64
	version uint64
	written []byte // the body last written, to see whether the next differs

	lines   []Media  // the m= lines of the session, as they are refused
	audio   int      // which of lines is ours
	dynamic []Format // dynamic payload types that have a meaning by now
	offered Local    // of the last Offer
	formats []Format // of the last Offer, with payload types
}

// NewNegotiation begins with nothing agreed. id is the origin's session id: it
// should be random and below 2^63.
func NewNegotiation(id uint64) *Negotiation {
	return &Negotiation{id: id, version: 1, lines: []Media{{Kind: "audio", Proto: "RTP/AVP"}}}
}

// Offer returns an offer of l: the first one of the session, or a new one with
// all its m= lines (RFC 3264, 8).
func (n *Negotiation) Offer(l Local) []byte {
	n.offered, n.formats = l, n.assign(l.Formats)
	ours := n.ours(l, n.formats, true)
	ours.Proto = n.lines[n.audio].Proto
	return n.write(l, ours)
}

// Accept takes the peer's answer to the last Offer. It may be called once for
// each fork that answers. CodeMalformed is an answer that cannot be read,
// CodeNoCodec one that refuses the audio stream or picks nothing that was offered.
func (n *Negotiation) Accept(answer []byte) (*Session, error) {
	d, err := Parse(answer)
	if err != nil {
		return nil, &phone.Error{Code: phone.CodeMalformed, Op: "read answer", Err: err}
	}
	peer, ok := n.answered(d)
	if !ok {
		return nil, &phone.Error{Code: phone.CodeNoCodec, Op: "read answer", Err: errors.New("the audio stream was refused")}
	}
	peer.Formats = n.named(peer)
	common := intersect(peer.Formats, n.offered.Formats)
	if len(common) == 0 {
		return nil, &phone.Error{Code: phone.CodeNoCodec, Op: "read answer", Err: errors.New("no codec in common")}
	}
	s := newSession(peer, common, n.offered.Direction, peer.Mux)
	s.Receive = n.formats
	for _, f := range peer.Formats { // some send under the type they answered with
		if _, taken := findType(s.Receive, f.PayloadType); !taken && known(f, n.offered.Formats) {
			s.Receive = append(s.Receive[:len(s.Receive):len(s.Receive)], f)
		}
	}
	return s, nil
}

// Answer answers the peer's offer with what of l it takes. CodeMalformed is an
// offer that cannot be read, CodeNoCodec one with no audio stream or no codec
// that l has (488 in SIP).
func (n *Negotiation) Answer(offer []byte, l Local) ([]byte, *Session, error) {
	d, err := Parse(offer)
	if err != nil {
		return nil, nil, &phone.Error{Code: phone.CodeMalformed, Op: "read offer", Err: err}
	}
	audio, common, err := choose(d.Media, l.Formats)
	if err != nil {
		return nil, nil, err
	}
	peer := d.Media[audio]
	n.lines, n.audio = refuseAll(d.Media), audio
	s := newSession(peer, common, l.Direction, peer.Mux)
	for _, f := range peer.Formats {
		if known(f, l.Formats) {
			s.Receive = append(s.Receive, f)
		}
	}
	n.keep(peer.Formats)
	formats := []Format{s.Codec}
	if s.Events.Name != "" {
		formats = append(formats, s.Events)
		formats[1].Params = eventParams
	}
	l.Direction = s.Direction
	ours := n.ours(l, formats, peer.Mux)
	ours.Proto = peer.Proto
	return n.write(l, ours), s, nil
}

// ours returns our m= line.
func (n *Negotiation) ours(l Local, formats []Format, mux bool) Media {
	return Media{
		Kind: "audio", Port: l.Port, Formats: formats, Addr: l.Addr,
		Direction: l.Direction, Ptime: DefaultPtime, Mux: mux,
	}
}

// write puts ours among the refused lines and sees to the version, which goes
// up when something else is said than before.
func (n *Negotiation) write(l Local, ours Media) []byte {
	d := Description{Addr: l.Addr, Media: append([]Media(nil), n.lines...)}
	d.Media[n.audio] = ours
	body := d.body()
	if n.written != nil && !bytes.Equal(body, n.written) {
		n.version++
	}
	n.written = body
	d.Origin = Origin{ID: n.id, Version: n.version, Addr: l.Addr}
	return d.Bytes()
}
