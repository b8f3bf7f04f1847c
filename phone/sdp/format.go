package sdp

import (
	"strconv"
	"strings"
)

// TelephoneEvent is the encoding name of DTMF digits sent as events (RFC 4733).
const TelephoneEvent = "telephone-event"

// Payload types that may be given to any encoding (RFC 3551, 6).
const (
	firstDynamic = 96
	lastDynamic  = 127
)

// Format is one encoding under its RTP payload type.
type Format struct {
	// PayloadType is 0 to 127.
	PayloadType uint8
	// Name is the encoding name, such as PCMU; case means nothing in it.
	Name string
	// ClockRate is that of the RTP timestamp, in Hz.
	ClockRate int
	// Channels is at least 1.
	Channels int
	// Params is the value of a=fmtp, empty if there is none.
	Params string
}

// Same reports whether f and g are the same encoding, whatever their payload
// types and parameters.
func (f Format) Same(g Format) bool {
	return strings.EqualFold(f.Name, g.Name) && f.ClockRate == g.ClockRate && f.Channels == g.Channels
}

// IsEvent reports whether f is telephone-event.
func (f Format) IsEvent() bool { return strings.EqualFold(f.Name, TelephoneEvent) }

func (f Format) dynamic() bool { return f.PayloadType >= firstDynamic }

// rtpmap returns the encoding as it stands in a=rtpmap.
func (f Format) rtpmap() string {
	s := f.Name + "/" + strconv.Itoa(f.ClockRate)
	if f.Channels > 1 {
		s += "/" + strconv.Itoa(f.Channels)
	}
	return s
}

// static returns the encoding that a payload type has with no rtpmap (RFC
// 3551, table 4): those that phones send.
func static(payloadType uint8) (Format, bool) {
	names := map[uint8]string{0: "PCMU", 3: "GSM", 4: "G723", 8: "PCMA", 9: "G722", 13: "CN", 18: "G729"}
	name, ok := names[payloadType]
	return Format{PayloadType: payloadType, Name: name, ClockRate: 8000, Channels: 1}, ok
}

// find returns the first of list that is the same encoding as f.
func find(list []Format, f Format) (Format, bool) {
	for _, g := range list {
		if g.Same(f) {
			return g, true
		}
	}
	return Format{}, false
}

// findType returns the one of list that has the payload type.
func findType(list []Format, payloadType uint8) (Format, bool) {
	for _, g := range list {
		if g.PayloadType == payloadType {
			return g, true
		}
	}
	return Format{}, false
}
