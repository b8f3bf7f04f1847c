// Package codec turns samples into RTP payloads and back. A codec is one file
// and one line in the registry.
package codec

import (
	"strings"

	"github.com/callward/callward/audio"
)

// Codec is a way to write sound into RTP payloads. It never changes, and any
// goroutine may use it; what has state is in the Encoders and Decoders that
// it makes.
type Codec interface {
	// Name is the encoding name in SDP, as in "PCMU" (RFC 4855).
	Name() string
	// PayloadType is the static payload type of RFC 3551, table 4, or the one
	// from 96 to 127 that an offer proposes for a codec that has none.
	PayloadType() uint8
	// ClockRate is how many RTP timestamp units last a second. It is what
	// SDP's rtpmap says, which is not always the SampleRate: G.722 has 8000.
	ClockRate() int
	// SampleRate is the rate in samples per second of the frames that go into
	// its Encoders and come out of its Decoders.
	SampleRate() int
	// NewEncoder makes an Encoder for one stream.
	NewEncoder() Encoder
	// NewDecoder makes a Decoder for one stream.
	NewDecoder() Decoder
}

// Encoder writes one stream of sound. One goroutine uses it at a time.
type Encoder interface {
	// Encode appends the payload for pcm to dst and returns the longer slice.
	// It does not allocate when dst has room. pcm is one packet's sound; a
	// length that the codec cannot write is an error, and dst comes back as
	// it was.
	Encode(dst []byte, pcm audio.Frame) ([]byte, error)
}

// Decoder reads one stream of sound. One goroutine uses it at a time, and
// gives it the payloads in the order of their sequence numbers.
type Decoder interface {
	// Decode appends the sound of payload to dst and returns the longer
	// frame. It does not allocate when dst has room. The payload comes from
	// the network: whatever it holds, Decode returns, with an error and dst as
	// it was if it makes no sense.
	Decode(dst audio.Frame, payload []byte) (audio.Frame, error)
}

// registered are the codecs in order of preference. A-law stands before
// mu-law: Europe's exchanges use it, and it is the law of calls between
// countries (ITU-T G.711, section 3.4), so that no exchange on the way has to
// convert. North American providers take mu-law from the same offer.
var registered = []Codec{
	pcma,
	pcmu,
}

// All returns every codec, the preferred first. The slice is the caller's.
func All() []Codec { return append([]Codec(nil), registered...) }

// ByName returns the codec with an SDP encoding name, in any case of letters.
func ByName(name string) (Codec, bool) {
	for _, c := range registered {
		if strings.EqualFold(c.Name(), name) {
			return c, true
		}
	}
	return nil, false
}
