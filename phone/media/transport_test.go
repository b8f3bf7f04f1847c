package media

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/ipv4"
	"golang.org/x/net/ipv6"
)

func TestTransport(t *testing.T) {
	for _, ip := range []string{"127.0.0.1", "::1"} {
		for range 20 {
			tr, err := openTransport(netip.MustParseAddr(ip))
			if err != nil && ip == "::1" {
				t.Skip("no IPv6 here")
			}
			require.NoError(t, err)
			require.Zero(t, tr.port()%2, "RTP is on an even port")
			class, err := ipv4.NewConn(tr.rtp).TOS()
			if ip == "::1" {
				class, err = ipv6.NewConn(tr.rtp).TrafficClass()
			}
			require.NoError(t, err)
			require.Equal(t, 0xb8, class, "expedited forwarding")
			tr.start()
			require.NoError(t, tr.Close())
		}
	}
}

func TestIsRTCP(t *testing.T) {
	for packet, want := range map[string]bool{
		"\x80\xc8......": true, "\x81\xcb......": true, "\x80\x80......": false, "\x80\x00......": false, "\x80\xc8": false, "": false,
	} {
		require.Equal(t, want, isRTCP([]byte(packet)), "%q", packet)
	}
}
