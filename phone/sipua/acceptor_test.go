package sipua

import (
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// tired is a listener that fails at first, as one does when no files are left.
type tired struct {
	net.Listener
	failures int
}

func (l *tired) Accept() (net.Conn, error) {
	if l.failures > 0 {
		l.failures--
		return nil, errors.New("too many open files")
	}
	return l.Listener.Accept()
}

func TestAcceptGoesOnAfterAFailure(t *testing.T) {
	line := newListening(t, newRegistrar(t, "127.0.0.1:0", nil))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	a := newAcceptor(&tired{listener, 2}, line.e, "TCP")
	client, err := net.Dial("tcp", listener.Addr().String())
	require.NoError(t, err)
	defer client.Close()
	conn, err := a.Accept()
	require.NoError(t, err)
	require.NoError(t, conn.Close())
	require.NoError(t, listener.Close())
	_, err = a.Accept()
	require.ErrorIs(t, err, net.ErrClosed)
}

func TestTooManyConnections(t *testing.T) {
	line := newListening(t, newRegistrar(t, "127.0.0.1:0", nil))
	kept := func(from string) bool {
		t.Helper()
		conn, _ := dialFrom(t, from+":0", line.e.Addr())
		require.NoError(t, conn.SetReadDeadline(time.Now().Add(20*time.Millisecond)))
		_, err := conn.Read(make([]byte, 1))
		var timeout net.Error
		return errors.As(err, &timeout) && timeout.Timeout()
	}
	var idle []net.Conn
	for range strangerStreams {
		conn, _ := dialFrom(t, "127.0.0.2:0", line.e.Addr())
		idle = append(idle, conn)
	}
	require.False(t, kept("127.0.0.2"))
	require.False(t, kept("127.0.0.2"))
	require.Equal(t, 1, strings.Count(line.log.String(), "refused"), "a flood is not one of the log")
	require.True(t, kept("127.0.0.1"), "there is room for the server's")
	require.NoError(t, idle[0].Close())
	require.Eventually(t, func() bool { return kept("127.0.0.2") }, patience, 10*time.Millisecond)
}

func TestPingsFromElsewhereHaveNoPong(t *testing.T) {
	line := newListening(t, newRegistrar(t, "127.0.0.1:0", nil))
	pongs := func(from string, wait time.Duration) string {
		conn, _ := dialFrom(t, from+":0", line.e.Addr())
		_, err := conn.Write([]byte("\r\n\r\n"))
		require.NoError(t, err)
		require.NoError(t, conn.SetReadDeadline(time.Now().Add(wait)))
		got := make([]byte, 10)
		n, _ := conn.Read(got)
		return string(got[:n])
	}
	require.Equal(t, "\r\n", pongs("127.0.0.1", patience))
	require.Empty(t, pongs("127.0.0.2", 50*time.Millisecond))
}
