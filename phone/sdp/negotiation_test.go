package sdp

import (
	"bytes"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

var here = Local{Addr: netip.MustParseAddr("198.51.100.1"), Port: 6000, Formats: []Format{pcmu, pcma}, Direction: SendRecv}

func TestOfferIsWritten(t *testing.T) {
	require.Equal(t, string(lines(
		"v=0", "o=- 42 1 IN IP4 198.51.100.1", "s=-", "c=IN IP4 198.51.100.1", "t=0 0",
		"m=audio 6000 RTP/AVP 0 8 101", "a=rtpmap:0 PCMU/8000", "a=rtpmap:8 PCMA/8000",
		"a=rtpmap:101 telephone-event/8000", "a=fmtp:101 0-15", "a=ptime:20", "a=sendrecv", "a=rtcp-mux",
	)), string(NewNegotiation(42).Offer(here)))
}

func TestAnswerTakesTheFirstCodecInCommon(t *testing.T) {
	offer := lines("v=0", "c=IN IP4 192.0.2.1", "m=video 5000 RTP/AVP 31",
		"m=audio 4000 RTP/AVP 18 8 0 97", "a=rtpmap:97 telephone-event/8000", "a=fmtp:97 0-16", "a=ptime:30",
		"m=image 5002 udptl t38")
	text, s, err := NewNegotiation(42).Answer(offer, here)
	require.NoError(t, err)
	require.Equal(t, string(lines(
		"v=0", "o=- 42 1 IN IP4 198.51.100.1", "s=-", "c=IN IP4 198.51.100.1", "t=0 0",
		"m=video 0 RTP/AVP 31",
		"m=audio 6000 RTP/AVP 8 97", "a=rtpmap:8 PCMA/8000", "a=rtpmap:97 telephone-event/8000", "a=fmtp:97 0-15", "a=ptime:20", "a=sendrecv",
		"m=image 0 UDPTL t38",
	)), string(text))
	events := event
	events.PayloadType, events.Params = 97, "0-16"
	require.Equal(t, &Session{
		Remote: netip.MustParseAddrPort("192.0.2.1:4000"), RemoteRTCP: netip.MustParseAddrPort("192.0.2.1:4001"),
		Direction: SendRecv, Codec: pcma, Events: events, Receive: []Format{pcma, pcmu, events}, Ptime: 30,
	}, s)
}

func TestAnswerMirrorsTheDirection(t *testing.T) {
	tests := []struct {
		offer, addr string
		wish, want  Direction
		held        bool
	}{
		{"sendrecv", "192.0.2.1", SendRecv, SendRecv, false},
		{"sendonly", "192.0.2.1", SendRecv, RecvOnly, true},
		{"recvonly", "192.0.2.1", SendRecv, SendOnly, false},
		{"inactive", "192.0.2.1", SendRecv, Inactive, true},
		{"sendrecv", "0.0.0.0", SendRecv, RecvOnly, true},
		{"recvonly", "0.0.0.0", SendRecv, Inactive, true},
		{"sendrecv", "192.0.2.1", SendOnly, SendOnly, false},
		{"sendonly", "192.0.2.1", SendOnly, Inactive, true},
	}
	for _, tt := range tests {
		t.Run(tt.offer+" "+tt.addr+" "+tt.wish.String(), func(t *testing.T) {
			l := here
			l.Direction = tt.wish
			text, s, err := NewNegotiation(1).Answer(lines("c=IN IP4 "+tt.addr, "m=audio 4000 RTP/AVP 0", "a="+tt.offer), l)
			require.NoError(t, err)
			require.Equal(t, tt.want, s.Direction)
			require.Equal(t, tt.held, s.Held)
			require.Contains(t, string(text), "a="+tt.want.String()+"\r\n")
			require.Equal(t, tt.addr != "0.0.0.0", s.Remote.Addr().IsValid())
		})
	}
}

func TestAnswerRefuses(t *testing.T) {
	tests := map[string]struct {
		offer []byte
		code  phone.Code
		says  string
	}{
		"no codec in common": {lines("m=audio 4000 RTP/AVP 18 3"), phone.CodeNoCodec, "no codec in common"},
		"only events":        {lines("m=audio 4000 RTP/AVP 101", "a=rtpmap:101 telephone-event/8000"), phone.CodeNoCodec, "no codec in common"},
		"no audio":           {lines("m=video 4000 RTP/AVP 31"), phone.CodeNoCodec, "no codec in common"},
		"port 0":             {lines("m=audio 0 RTP/AVP 0"), phone.CodeNoCodec, "no codec in common"},
		"encrypted":          {lines("m=audio 4000 RTP/SAVP 0"), phone.CodeNoCodec, "encrypted"},
		"no description":     {[]byte("hello"), phone.CodeMalformed, "no m= line"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, _, err := NewNegotiation(1).Answer(tt.offer, here)
			require.Equal(t, tt.code, phone.CodeOf(err))
			require.ErrorContains(t, err, tt.says)
		})
	}
}

func TestAnswerFollowsTheProfileAndMux(t *testing.T) {
	text, s, err := NewNegotiation(1).Answer(lines("c=IN IP4 192.0.2.1", "m=audio 4000 RTP/SAVPF 0", "m=audio 4002 RTP/AVPF 0", "a=rtcp-mux", "a=rtcp:9"), here)
	require.NoError(t, err)
	require.Contains(t, string(text), "m=audio 0 RTP/SAVPF 0\r\nm=audio 6000 RTP/AVPF 0\r\n")
	require.Contains(t, string(text), "a=rtcp-mux\r\n")
	require.True(t, s.Mux)
	require.Equal(t, s.Remote, s.RemoteRTCP)
}

func TestAcceptReadsTheAnswer(t *testing.T) {
	tests := []struct {
		name   string
		answer []byte
		want   Session
	}{
		{
			"one codec, events under the type they were offered with and no rtpmap",
			lines("c=IN IP4 192.0.2.1", "m=audio 4000 RTP/AVP 8 101", "a=rtcp:4005"),
			Session{
				Remote: netip.MustParseAddrPort("192.0.2.1:4000"), RemoteRTCP: netip.MustParseAddrPort("192.0.2.1:4005"),
				Direction: SendRecv, Codec: pcma, Events: event, Receive: []Format{pcmu, pcma, event}, Ptime: 20,
			},
		},
		{
			"events under a type of its own",
			lines("c=IN IP4 192.0.2.1", "m=audio 4000 RTP/AVP 0 96", "a=rtpmap:96 TELEPHONE-EVENT/8000", "a=maxptime:10", "a=rtcp-mux"),
			Session{
				Remote: netip.MustParseAddrPort("192.0.2.1:4000"), RemoteRTCP: netip.MustParseAddrPort("192.0.2.1:4000"), Mux: true,
				Direction: SendRecv, Codec: pcmu, Events: Format{PayloadType: 96, Name: "TELEPHONE-EVENT", ClockRate: 8000, Channels: 1},
				Receive: []Format{pcmu, pcma, event, {PayloadType: 96, Name: "TELEPHONE-EVENT", ClockRate: 8000, Channels: 1}}, Ptime: 10,
			},
		},
		{
			"a line too many before it, no events",
			lines("c=IN IP4 192.0.2.1", "m=video 9 RTP/AVP 31", "m=audio 4000 RTP/AVP 0", "a=recvonly"),
			Session{
				Remote: netip.MustParseAddrPort("192.0.2.1:4000"), RemoteRTCP: netip.MustParseAddrPort("192.0.2.1:4001"),
				Direction: SendOnly, Codec: pcmu, Receive: []Format{pcmu, pcma, event}, Ptime: 20,
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n := NewNegotiation(1)
			n.Offer(here)
			s, err := n.Accept(tt.answer)
			require.NoError(t, err)
			require.Equal(t, &tt.want, s)
		})
	}
}

func TestAcceptFails(t *testing.T) {
	tests := map[string]struct {
		answer []byte
		code   phone.Code
	}{
		"refused":         {lines("m=audio 0 RTP/AVP 0"), phone.CodeNoCodec},
		"not offered":     {lines("m=audio 4000 RTP/AVP 18"), phone.CodeNoCodec},
		"cannot be read":  {[]byte("?"), phone.CodeMalformed},
		"no audio at all": {lines("m=video 4000 RTP/AVP 31"), phone.CodeNoCodec},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			n := NewNegotiation(1)
			n.Offer(here)
			_, err := n.Accept(tt.answer)
			require.Equal(t, tt.code, phone.CodeOf(err))
		})
	}
}

func TestVersionGoesUpWithEachChangeAlone(t *testing.T) {
	n := NewNegotiation(42)
	version := func(text []byte) uint64 {
		d, err := Parse(text)
		require.NoError(t, err)
		require.EqualValues(t, 42, d.Origin.ID)
		return d.Origin.Version
	}
	first := version(n.Offer(here))
	require.Equal(t, first, version(n.Offer(here)))
	held := here
	held.Direction = SendOnly
	require.Equal(t, first+1, version(n.Offer(held)))
	require.Equal(t, first+1, version(n.Offer(held)))
	answer, _, err := n.Answer(lines("m=audio 4000 RTP/AVP 0"), here)
	require.NoError(t, err)
	require.Equal(t, first+2, version(answer))
}

func TestReofferKeepsLinesAndPayloadTypes(t *testing.T) {
	n := NewNegotiation(1)
	_, _, err := n.Answer(lines("m=video 5000 RTP/AVP 96", "a=rtpmap:96 VP8/90000",
		"m=audio 4000 RTP/AVPF 101 0 110", "a=rtpmap:101 speex/8000", "a=rtpmap:110 telephone-event/8000"), here)
	require.NoError(t, err)
	offer, err := Parse(n.Offer(here))
	require.NoError(t, err)
	require.Len(t, offer.Media, 2)
	require.Equal(t, "video", offer.Media[0].Kind)
	require.Zero(t, offer.Media[0].Port)
	require.Equal(t, "RTP/AVPF", offer.Media[1].Proto)
	require.Equal(t, []string{"0", "8", "110"}, offer.Media[1].Tokens)
}

func TestDynamicPayloadTypesDoNotCollide(t *testing.T) {
	l := here
	wants101 := opus
	wants101.PayloadType = 101
	l.Formats = []Format{wants101, pcmu}
	d, err := Parse(NewNegotiation(1).Offer(l))
	require.NoError(t, err)
	require.Equal(t, []string{"101", "0", "102", "103"}, d.Media[0].Tokens)
	require.Equal(t, []string{"opus/48000/2", "PCMU/8000", "telephone-event/48000", "telephone-event/8000"}, maps(d.Media[0]))
}

func maps(m Media) []string {
	var list []string
	for _, f := range m.Formats {
		list = append(list, f.rtpmap())
	}
	return list
}

// Both ends of a negotiation must come to the same, whatever they bring.
func TestTwoEndsAgree(t *testing.T) {
	for _, mine := range [][]Format{{pcmu}, {pcma, pcmu}, {opus, pcma}} {
		for _, theirs := range [][]Format{{pcmu, pcma}, {opus, pcma, pcmu}} {
			a, b := NewNegotiation(1), NewNegotiation(2)
			there := Local{Addr: netip.MustParseAddr("2001:db8::5"), Port: 7000, Formats: theirs, Direction: SendOnly}
			l := here
			l.Formats = mine
			offer := a.Offer(l)
			answer, sb, err := b.Answer(offer, there)
			require.NoError(t, err)
			sa, err := a.Accept(answer)
			require.NoError(t, err)
			require.Equal(t, sa.Codec, sb.Codec)
			require.Equal(t, sa.Events, sb.Events)
			require.Equal(t, sa.Direction, sb.Direction.Mirror())
			require.Equal(t, sa.Remote, netip.AddrPortFrom(there.Addr, 7000))
			require.Equal(t, sb.Remote, netip.AddrPortFrom(here.Addr, 6000))
			require.True(t, sa.Mux && sb.Mux)
		}
	}
}

func FuzzAnswer(f *testing.F) {
	f.Add(NewNegotiation(1).Offer(here))
	f.Add(lines("c=IN IP4 0.0.0.0", "m=audio 4000 RTP/AVP 0 101", "a=rtpmap:101 telephone-event/8000", "m=video 1 RTP/SAVP 96", "m="))
	f.Add(lines("m=audio 1/2 RTP/AVPF 96 97", "a=rtpmap:96 PCMA/8000", "a=fmtp:96 \x01", "c=IN IP6 ::1/3", "a=rtcp:1 IN IP4 x", "a=maxptime:5"))
	f.Add([]byte("m=audio 1 RTP/AVP 0\ra=fmtp:0 \xff\nc=\n=\n o = a b c"))
	f.Fuzz(func(t *testing.T, text []byte) {
		d, err := Parse(text)
		if err != nil {
			return
		}
		strict, err := Parse(d.Bytes())
		require.NoError(t, err)
		require.Len(t, strict.Media, len(d.Media))
		again, err := Parse(strict.Bytes())
		require.NoError(t, err)
		require.Equal(t, string(strict.Bytes()), string(again.Bytes()), "what was written reads as what it says")

		n := NewNegotiation(1)
		answer, s, err := n.Answer(text, here)
		if err == nil {
			require.Equal(t, len(d.Media), bytes.Count(answer, []byte("\r\nm=")), "every line is answered")
			require.NotEmpty(t, s.Codec.Name)
			require.True(t, s.Ptime >= minPtime && s.Ptime <= maxPtime)
		}
		n.Offer(here)
		if s, err := n.Accept(text); err == nil {
			require.NotEmpty(t, s.Receive)
		}
	})
}
