package codec

import (
	"slices"

	"github.com/zaf/g711"

	"github.com/callward/callward/audio"
)

// The two laws of ITU-T G.711 with their static payload types (RFC 3551,
// 4.5.14).
var (
	pcmu = newG711("PCMU", 0, g711.EncodeUlawFrame, g711.DecodeUlawFrame)
	pcma = newG711("PCMA", 8, g711.EncodeAlawFrame, g711.DecodeAlawFrame)
)

// g711Codec is one law of G.711: a byte per sample and nothing to remember,
// so that it is its own Encoder and Decoder. It never changes.
type g711Codec struct {
	name        string
	payloadType uint8
	compress    func(int16) byte
	// expand holds the sample of every byte: the lookup is half the cost of a
	// call through the library's function.
	expand [256]int16
}

func newG711(name string, payloadType uint8, compress func(int16) byte, expand func(byte) int16) *g711Codec {
	c := &g711Codec{name: name, payloadType: payloadType, compress: compress}
	for i := range c.expand {
		c.expand[i] = expand(byte(i))
	}
	return c
}

func (c *g711Codec) Name() string        { return c.name }
func (c *g711Codec) PayloadType() uint8  { return c.payloadType }
func (c *g711Codec) ClockRate() int      { return 8000 }
func (c *g711Codec) SampleRate() int     { return 8000 }
func (c *g711Codec) NewEncoder() Encoder { return c }
func (c *g711Codec) NewDecoder() Decoder { return c }

// Encode implements Encoder. Every length will do.
func (c *g711Codec) Encode(dst []byte, pcm audio.Frame) ([]byte, error) {
	n := len(dst)
	dst = slices.Grow(dst, len(pcm))[:n+len(pcm)]
	for i, sample := range pcm {
		dst[n+i] = c.compress(sample)
	}
	return dst, nil
}

// Decode implements Decoder. Every payload makes sense.
func (c *g711Codec) Decode(dst audio.Frame, payload []byte) (audio.Frame, error) {
	n := len(dst)
	dst = slices.Grow(dst, len(payload))[:n+len(payload)]
	for i, b := range payload {
		dst[n+i] = c.expand[b]
	}
	return dst, nil
}
