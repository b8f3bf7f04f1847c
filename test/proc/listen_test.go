package proc

import (
	"net"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestListensAt(t *testing.T) {
	udp, err := net.ListenPacket("udp4", "127.0.0.2:0")
	require.NoError(t, err)
	defer udp.Close()
	tcp, err := net.Listen("tcp6", "[::1]:0")
	require.NoError(t, err)
	defer tcp.Close()
	found, err := ListensAt(os.Getpid())
	require.NoError(t, err)
	require.Contains(t, found, udp.LocalAddr().(*net.UDPAddr).AddrPort())
	require.Contains(t, found, tcp.Addr().(*net.TCPAddr).AddrPort())
}
