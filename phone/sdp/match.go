package sdp

import (
	"errors"
	"strings"

	"github.com/callward/callward/phone"
)

// eventParams are the events that are sent and taken: the sixteen DTMF digits
// (RFC 4733, 3.2).
const eventParams = "0-15"

// firstEventType is the payload type that most phones give telephone-event.
const firstEventType = 101

// choose picks the m= line of an offer to take, with its codecs in common.
func choose(offer []Media, have []Format) (line int, common []Format, err error) {
	encrypted := false
	for i, m := range offer {
		if m.Kind != "audio" || m.Port == 0 {
			continue
		}
		if m.Proto != "RTP/AVP" && m.Proto != "RTP/AVPF" {
			encrypted = encrypted || strings.Contains(m.Proto, "SAVP")
			continue
		}
		if common := intersect(m.Formats, have); len(common) > 0 {
			return i, common, nil
		}
	}
	reason := "no codec in common"
	if encrypted {
		reason = "only encrypted sound was offered"
	}
	return 0, nil, &phone.Error{Code: phone.CodeNoCodec, Op: "read offer", Err: errors.New(reason)}
}

// answered returns the peer's line for ours: the one at its place, or, from a
// peer that moved or dropped lines, the first that carries sound.
func (n *Negotiation) answered(d *Description) (Media, bool) {
	if n.audio < len(d.Media) {
		if m := d.Media[n.audio]; m.Kind == "audio" && m.Port != 0 {
			return m, true
		}
	}
	for _, m := range d.Media {
		if m.Kind == "audio" && m.Port != 0 {
			return m, true
		}
	}
	return Media{}, false
}

// named returns the formats of an answer. A dynamic payload type without
// rtpmap means what it meant in the offer.
func (n *Negotiation) named(answer Media) []Format {
	var list []Format
	for _, token := range answer.Tokens {
		pt, ok := payloadType(token)
		if !ok {
			continue
		}
		if f, ok := findType(answer.Formats, pt); ok {
			list = append(list, f)
		} else if f, ok := findType(n.formats, pt); ok {
			list = append(list, f)
		}
	}
	return list
}

// assign gives formats, and the telephone-event of each of their clock rates,
// payload types that mean nothing else in this session.
func (n *Negotiation) assign(formats []Format) []Format {
	var list []Format
	for _, f := range formats {
		list = append(list, n.typed(f, list))
	}
	for _, f := range formats {
		event := Format{Name: TelephoneEvent, ClockRate: f.ClockRate, Channels: 1, Params: eventParams, PayloadType: firstEventType}
		if _, have := find(list, event); !have {
			list = append(list, n.typed(event, list))
		}
	}
	n.keep(list)
	return list
}

// typed gives f its payload type: the one it had, else the one it wishes, else
// a free one.
func (n *Negotiation) typed(f Format, taken []Format) Format {
	if !f.dynamic() {
		return f
	}
	if had, ok := find(n.dynamic, f); ok {
		f.PayloadType = had.PayloadType
		return f
	}
	const types = lastDynamic - firstDynamic + 1
	for i := range uint8(types) {
		pt := firstDynamic + (f.PayloadType-firstDynamic+i)%types
		_, meant := findType(n.dynamic, pt)
		_, used := findType(taken, pt)
		if !meant && !used {
			f.PayloadType = pt
			break
		}
	}
	return f
}

// keep remembers the meaning of dynamic payload types, the newest first.
func (n *Negotiation) keep(formats []Format) {
	for _, f := range formats {
		if f.dynamic() {
			n.dynamic = append([]Format{f}, n.without(f.PayloadType)...)
		}
	}
}

// without returns the known dynamic formats but the one of a payload type.
func (n *Negotiation) without(payloadType uint8) []Format {
	var list []Format
	for _, f := range n.dynamic {
		if f.PayloadType != payloadType {
			list = append(list, f)
		}
	}
	return list
}

// intersect returns the codecs among theirs that we have, in their order.
func intersect(theirs, have []Format) []Format {
	var list []Format
	for _, f := range theirs {
		if _, ok := find(have, f); ok {
			list = append(list, f)
		}
	}
	return list
}

// known reports whether f is a codec that we have or telephone-event.
func known(f Format, have []Format) bool {
	_, ok := find(have, f)
	return ok || f.IsEvent()
}

// refuseAll returns the m= lines refused.
func refuseAll(lines []Media) []Media {
	list := make([]Media, 0, len(lines))
	for _, m := range lines {
		list = append(list, m.refused())
	}
	return list
}
