package sdp

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var (
	pcmu  = Format{PayloadType: 0, Name: "PCMU", ClockRate: 8000, Channels: 1}
	pcma  = Format{PayloadType: 8, Name: "PCMA", ClockRate: 8000, Channels: 1}
	opus  = Format{PayloadType: 96, Name: "opus", ClockRate: 48000, Channels: 2}
	event = Format{PayloadType: 101, Name: TelephoneEvent, ClockRate: 8000, Channels: 1, Params: "0-15"}
)

func lines(l ...string) []byte { return []byte(strings.Join(l, "\r\n") + "\r\n") }

func TestParseTakesWhatPeersSend(t *testing.T) {
	v4 := netip.MustParseAddr("192.0.2.1")
	one := func(m Media) []Media { return []Media{m} }
	tests := []struct {
		name string
		text string
		want []Media
	}{
		{
			"complete", "v=0\r\no=- 1 2 IN IP4 192.0.2.1\r\ns=x\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0 8 101\r\n" +
				"a=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000/1\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:30\r\na=maxptime:40\r\na=sendonly\r\na=rtcp-mux\r\n",
			one(Media{
				Kind: "audio", Port: 4000, Proto: "RTP/AVP", Tokens: []string{"0", "8", "101"}, Formats: []Format{pcmu, pcma, event},
				Addr: v4, Direction: SendOnly, Ptime: 30, MaxPtime: 40, Mux: true,
			}),
		},
		{
			"no s= and t=, a= before c=, bare LF, bandwidth and unknown lines", "v=0\no=x\nb=AS:64\nz=?\nm=audio 4000 RTP/AVP 0\na=recvonly\na=unheard:of\nb=TIAS:1\nc=IN IP4 192.0.2.1\nnonsense\n",
			one(Media{Kind: "audio", Port: 4000, Proto: "RTP/AVP", Tokens: []string{"0"}, Formats: []Format{pcmu}, Addr: v4, Direction: RecvOnly}),
		},
		{
			"session direction, ptime and address are inherited", "c=IN IP4 192.0.2.1\na=inactive\na=ptime:10\nm=audio 4000 RTP/AVP 8",
			one(Media{Kind: "audio", Port: 4000, Proto: "RTP/AVP", Tokens: []string{"8"}, Formats: []Format{pcma}, Addr: v4, Direction: Inactive, Ptime: 10}),
		},
		{
			"session c= after m= belongs to the line; multicast ttl", "m=audio 4000/2 RTP/AVP 0\nc=IN IP4 192.0.2.1/127",
			one(Media{Kind: "audio", Port: 4000, Proto: "RTP/AVP", Tokens: []string{"0"}, Formats: []Format{pcmu}, Addr: v4, Direction: SendRecv}),
		},
		{
			"IPv6, rtcp elsewhere", "c=IN IP6 2001:db8::1\nm=audio 4000 RTP/AVP 0\na=rtcp:5000 IN IP6 2001:db8::2",
			one(Media{
				Kind: "audio", Port: 4000, Proto: "RTP/AVP", Tokens: []string{"0"}, Formats: []Format{pcmu}, Addr: netip.MustParseAddr("2001:db8::1"),
				Direction: SendRecv, RTCP: netip.MustParseAddrPort("[2001:db8::2]:5000"),
			}),
		},
		{
			"a host name is no address", "c=IN IP4 media.example.org\nm=audio 4000 RTP/AVP 0\na=rtcp:5000",
			one(Media{
				Kind: "audio", Port: 4000, Proto: "RTP/AVP", Tokens: []string{"0"}, Formats: []Format{pcmu}, Direction: SendRecv,
				RTCP: netip.AddrPortFrom(netip.Addr{}, 5000),
			}),
		},
		{
			"several lines, each with its own", "c=IN IP4 192.0.2.1\nm=video 0 RTP/AVP 31\nm=audio 4000 rtp/avp 0 0 200\nm=image 9 udptl t38\nm=",
			[]Media{
				{Kind: "video", Proto: "RTP/AVP", Tokens: []string{"31"}, Addr: v4, Direction: SendRecv},
				{Kind: "audio", Port: 4000, Proto: "RTP/AVP", Tokens: []string{"0", "0", "200"}, Formats: []Format{pcmu}, Addr: v4, Direction: SendRecv},
				{Kind: "image", Port: 9, Proto: "UDPTL", Tokens: []string{"t38"}, Addr: v4, Direction: SendRecv},
				{Addr: v4, Direction: SendRecv},
			},
		},
		{
			"broken values are passed over", "m=audio 70000 RTP/AVP 96 97 98\na=rtpmap:96 opus\na=rtpmap:97 /8000\na=rtpmap:98 X/0\na=rtpmap:999 Y/8000\na=ptime:-1\na=rtcp:x",
			one(Media{Kind: "audio", Proto: "RTP/AVP", Tokens: []string{"96", "97", "98"}, Direction: SendRecv}),
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, err := Parse([]byte(tt.text))
			require.NoError(t, err)
			require.Equal(t, tt.want, d.Media)
		})
	}
}

func TestParseRefusesWhatHasNoMedia(t *testing.T) {
	for _, text := range []string{"", "v=0\r\ns=-\r\n", "<xml/>", "\x00\xff"} {
		_, err := Parse([]byte(text))
		require.ErrorIs(t, err, ErrNoMedia)
	}
}

func TestBytesIsStrict(t *testing.T) {
	d := Description{
		Origin: Origin{ID: 7, Version: 3, Addr: netip.MustParseAddr("192.0.2.1")},
		Addr:   netip.MustParseAddr("192.0.2.1"),
		Media: []Media{
			{
				Kind: "audio", Port: 4000, Proto: "RTP/AVP", Formats: []Format{pcmu, opus, event}, Addr: netip.MustParseAddr("::1"),
				Direction: RecvOnly, Ptime: 20, MaxPtime: 60, RTCP: netip.MustParseAddrPort("192.0.2.9:4009"), Mux: true,
			},
			{Kind: "vi deo", Proto: "", Tokens: []string{"a\nb"}},
			{Kind: "image", Proto: "udptl"},
		},
	}
	require.Equal(t, string(lines(
		"v=0", "o=- 7 3 IN IP4 192.0.2.1", "s=-", "c=IN IP4 192.0.2.1", "t=0 0",
		"m=audio 4000 RTP/AVP 0 96 101", "c=IN IP6 ::1",
		"a=rtpmap:0 PCMU/8000", "a=rtpmap:96 opus/48000/2", "a=rtpmap:101 telephone-event/8000", "a=fmtp:101 0-15",
		"a=ptime:20", "a=maxptime:60", "a=recvonly", "a=rtcp:4009 IN IP4 192.0.2.9", "a=rtcp-mux",
		"m=audio 0 RTP/AVP 0", "m=image 0 udptl 0",
	)), string(d.Bytes()))
}

func TestDirection(t *testing.T) {
	for d, want := range map[Direction]Direction{SendRecv: SendRecv, SendOnly: RecvOnly, RecvOnly: SendOnly, Inactive: Inactive} {
		require.Equal(t, want, d.Mirror(), d)
		require.Equal(t, d.Sends(), want.Receives(), d)
	}
}
