package sipua

import (
	"bufio"
	"io"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// dialFrom connects to an endpoint's TCP port from a local address.
func dialFrom(t *testing.T, local string, to netip.AddrPort) (net.Conn, *bufio.Reader) {
	t.Helper()
	d := net.Dialer{LocalAddr: net.TCPAddrFromAddrPort(netip.MustParseAddrPort(local))}
	conn, err := d.DialContext(t.Context(), "tcp", to.String())
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close() })
	require.NoError(t, conn.SetDeadline(time.Now().Add(patience)))
	return conn, bufio.NewReader(conn)
}

func TestMalformedOnAStream(t *testing.T) {
	line := newListening(t, newRegistrar(t, "127.0.0.1:0", nil))
	conn, in := dialFrom(t, "127.0.0.1:0", line.e.Addr())
	good := options("alice", "<sip:alice@example.test>")
	next := func(message, want string) {
		t.Helper()
		_, err := io.WriteString(conn, message)
		require.NoError(t, err)
		answer, err := readMessage(in, func() {})
		require.NoError(t, err)
		require.Contains(t, string(answer), "SIP/2.0 "+want+" ")
	}
	next(good, "200")
	next(strings.Replace(good, "CSeq: 1", "CSeq: one", 1), "400")
	next(options("alice", "<sip:alice@example.test>"), "200")
	next(strings.Replace(good, "Content-Length: 0", "X: y", 1), "400")
	_, err := in.ReadByte()
	require.ErrorIs(t, err, io.EOF, "where a message ends is not known any more")
}

func TestStrangersOnAStreamAreDropped(t *testing.T) {
	line := newListening(t, newRegistrar(t, "127.0.0.1:0", nil))
	conn, in := dialFrom(t, "127.0.0.2:0", line.e.Addr())
	_, err := io.WriteString(conn, options(line.e.user, "<sip:alice@example.test>")+
		options(line.e.user, "<sip:alice@example.test>;tag=known"))
	require.NoError(t, err)
	_, err = readMessage(in, func() {})
	require.NoError(t, err)
	require.True(t, line.next(t).To().Params.Has("tag"), "only what is inside of a dialog")
	require.Zero(t, in.Buffered())
	require.Empty(t, line.came)
}
