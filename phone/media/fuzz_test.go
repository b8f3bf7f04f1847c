package media

import (
	"net/netip"
	"testing"
	"time"

	"github.com/pion/rtcp"
	"github.com/pion/rtp"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/sdp"
)

// Whatever the network brings, a stream goes on.
func FuzzPackets(f *testing.F) {
	voice, err := (&rtp.Packet{Header: rtp.Header{Version: 2, SequenceNumber: 1, SSRC: 1}, Payload: make([]byte, 160)}).Marshal()
	require.NoError(f, err)
	key, err := (&rtp.Packet{Header: rtp.Header{Version: 2, PayloadType: 101, SSRC: 1}, Payload: telephoneEvent{code: 1}.append(nil)}).Marshal()
	require.NoError(f, err)
	report, err := rtcp.Marshal([]rtcp.Packet{
		&rtcp.SenderReport{SSRC: 1, Reports: []rtcp.ReceptionReport{{SSRC: 2, LastSenderReport: 3}}},
		rtcp.NewCNAMESourceDescription(1, "x"), &rtcp.Goodbye{Sources: []uint32{1}},
	})
	require.NoError(f, err)
	for _, seed := range [][]byte{voice, key, report, nil, {0x80}, {0x9f, 0xff}, {0xb0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xbe, 0xde, 0, 1, 0xff}} {
		f.Add(seed, seed)
	}
	event := sdp.Format{PayloadType: 101, Name: sdp.TelephoneEvent, ClockRate: 8000, Channels: 1}
	f.Fuzz(func(t *testing.T, one, two []byte) {
		agreed := &sdp.Session{Direction: sdp.SendRecv, Codec: formats()[0], Receive: append(formats(), event), Events: event, Ptime: 20}
		s := newStream(&Transport{}, agreed, func(phone.MediaEvent) {})
		from, now := netip.MustParseAddrPort("127.0.0.1:9"), time.Now()
		for _, packet := range [][]byte{one, two, one} {
			s.receiveRTP(packet, from, now)
			s.receiveRTCP(packet, from, now)
			s.Pull(make(audio.Frame, beatSamples))
			now = now.Add(beat)
		}
		s.report(now)
		s.quality(now, &lossWindow{})
	})
}
