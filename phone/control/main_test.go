package control_test

import (
	"bufio"
	"context"
	"encoding/json"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/callward/callward/phone/control"
	"github.com/callward/callward/phone/control/controltest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// patience ends a test that would hang.
const patience = 10 * time.Second

// newProfile returns a folder with a path short enough for a socket in it.
func newProfile(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "callward")
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// serve runs a server for ph on profile until the test is over, or stop is called.
func serve(t *testing.T, profile string, ph *controltest.Phone) (stop func()) {
	t.Helper()
	claim, err := control.NewClaim(t.Context(), profile)
	require.NoError(t, err)
	server, err := control.Listen(claim, ph, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	ended := make(chan error, 1)
	go func() { ended <- server.Run(context.Background()) }()
	stopped := false
	stop = func() {
		if stopped {
			return
		}
		stopped = true
		require.NoError(t, server.Close())
		require.NoError(t, <-ended)
		require.NoError(t, claim.Release())
	}
	t.Cleanup(stop)
	return stop
}

// wire is a client that sends what it is told, byte for byte.
type wire struct {
	t    *testing.T
	conn net.Conn
	in   *bufio.Reader
}

func dialWire(t *testing.T, profile string) *wire {
	t.Helper()
	conn, err := net.Dial("unix", filepath.Join(profile, "run", "control.sock"))
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close() })
	require.NoError(t, conn.SetDeadline(time.Now().Add(patience)))
	return &wire{t, conn, bufio.NewReader(conn)}
}

func (w *wire) send(text string) {
	w.t.Helper()
	_, err := w.conn.Write([]byte(text))
	require.NoError(w.t, err)
}

func (w *wire) line() string {
	w.t.Helper()
	line, err := w.in.ReadString('\n')
	require.NoError(w.t, err)
	return line
}

func (w *wire) answer() control.Answer {
	w.t.Helper()
	var a control.Answer
	require.NoError(w.t, json.Unmarshal([]byte(w.line()), &a))
	return a
}

// ask sends a request and returns the line that answers it.
func (w *wire) ask(request string) string {
	w.t.Helper()
	w.send(request + "\n")
	return w.line()
}
