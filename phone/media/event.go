package media

import "encoding/binary"

// telephoneEvent is the payload that stands for a stretch of a digit (RFC
// 4733, 2.3).
type telephoneEvent struct {
	code     uint8 // 0 to 15 are the DTMF digits
	end      bool
	duration uint16 // in timestamp units, since the event began
}

// eventVolume is what digits are sent with: 10 dB below full scale.
const eventVolume = 10

// digits are the DTMF digits by their event code (RFC 4733, 3.2).
const digits = "0123456789*#ABCD"

// append adds the payload to dst.
func (e telephoneEvent) append(dst []byte) []byte {
	flags := byte(eventVolume)
	if e.end {
		flags |= 0x80
	}
	return binary.BigEndian.AppendUint16(append(dst, e.code, flags), e.duration)
}

// parseEvent reads the payload. ok is false for what is no DTMF digit.
func parseEvent(payload []byte) (e telephoneEvent, ok bool) {
	if len(payload) < 4 || int(payload[0]) >= len(digits) {
		return telephoneEvent{}, false
	}
	return telephoneEvent{
		code: payload[0], end: payload[1]&0x80 != 0, duration: binary.BigEndian.Uint16(payload[2:]),
	}, true
}
