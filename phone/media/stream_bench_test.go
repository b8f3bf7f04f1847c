package media

import (
	"net/netip"
	"testing"
	"time"

	"github.com/pion/rtp"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/sdp"
)

// BenchmarkStream takes the time of 20 ms of a stream, both ways, in 10 ms
// runs: a packet received and one sent.
func BenchmarkStream(b *testing.B) {
	t, err := openTransport(netip.MustParseAddr("127.0.0.1"))
	require.NoError(b, err)
	defer t.Close()
	from := netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), 9)
	agreed := &sdp.Session{Remote: from, Direction: sdp.SendRecv, Codec: formats()[0], Receive: formats(), Ptime: 20}
	t.source.expect(agreed, false, time.Now())
	s := newStream(t, agreed, func(phone.MediaEvent) {})
	p := rtp.Packet{Header: rtp.Header{Version: 2, PayloadType: agreed.Codec.PayloadType, SSRC: 1}, Payload: make([]byte, 160)}
	packet, f := make([]byte, 172), make(audio.Frame, beatSamples/2)
	b.ReportAllocs()
	for b.Loop() {
		p.SequenceNumber++
		p.Timestamp += 160
		_, err := p.MarshalTo(packet)
		require.NoError(b, err)
		s.receiveRTP(packet, from, time.Now())
		for range 2 {
			s.Push(f)
			s.Pull(f)
		}
	}
}
