package sipua

import (
	"bufio"
	"io"
	"net"
	"net/netip"
	"testing"
	"time"

	"github.com/callward/callward/phone"
	"github.com/stretchr/testify/require"
)

func TestKeepalivesByUDP(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", nil)
	line := newTestLine(t, server.Addr(), func(cfg *EndpointConfig) { cfg.Timing.DatagramIdle = 50 * time.Millisecond })
	line.await(t, phone.Registered)
	addr := server.Addr()
	require.NoError(t, server.Close())
	bare := newPeer(t, addr.String(), line.e.Addr())
	require.Equal(t, "\r\n\r\n", bare.read(t, patience))
	began := time.Now()
	require.Equal(t, "\r\n\r\n", bare.read(t, patience))
	require.Greater(t, time.Since(began), 30*time.Millisecond, "only when idle")
}

func TestKeepalivesByTCP(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer listener.Close()
	newTestLine(t, netip.MustParseAddrPort(listener.Addr().String()), func(cfg *EndpointConfig) {
		cfg.Account.Transport, cfg.Timing.StreamIdle = phone.TCP, 50*time.Millisecond
		cfg.Timing.Answer = patience
	})
	conn, err := listener.Accept()
	require.NoError(t, err)
	defer conn.Close()
	in := bufio.NewReader(conn)
	_, err = readMessage(in, func() {})
	require.NoError(t, err)
	pinged := make([]byte, 4)
	require.NoError(t, conn.SetReadDeadline(time.Now().Add(patience)))
	_, err = io.ReadFull(in, pinged)
	require.NoError(t, err)
	require.Equal(t, "\r\n\r\n", string(pinged))
	_, err = conn.Write([]byte("\r\n\r\n")) // the server's own ping
	require.NoError(t, err)
	pong := make([]byte, 2)
	_, err = io.ReadFull(in, pong)
	require.NoError(t, err)
	require.Equal(t, "\r\n", string(pong))
}
