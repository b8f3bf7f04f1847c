package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/callward/callward/phone/control"
	"github.com/callward/callward/phone/control/controltest"
)

func TestMain(m *testing.M) {
	// Fyne begins one with its package.
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("fyne.io/fyne/v2/internal/async.(*UnboundedChan[...]).processing"))
}

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

// serve makes ph the running program of a profile, until the test is over or stop is called.
func serve(t *testing.T, ph *controltest.Phone) (profile string, stop func()) {
	t.Helper()
	profile = newProfile(t)
	claim, err := control.NewClaim(t.Context(), profile)
	require.NoError(t, err)
	server, err := control.Listen(claim, ph, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	var running sync.WaitGroup
	running.Go(func() { _ = server.Run(context.Background()) })
	stop = sync.OnceFunc(func() {
		require.NoError(t, server.Close())
		running.Wait()
		require.NoError(t, claim.Release())
	})
	t.Cleanup(stop)
	return profile, stop
}

// outcome is what one command line came to.
type outcome struct {
	code           int
	stdout, stderr string
}

// callward runs a command line.
func callward(profile, stdin string, args ...string) outcome {
	var stdout, stderr bytes.Buffer
	code := Main(append([]string{"--profile", profile}, args...), strings.NewReader(stdin), &stdout, &stderr)
	return outcome{code, stdout.String(), stderr.String()}
}

// begin runs a command line that goes on. Its lines come on out; done gets the
// code and stderr when it ends.
func begin(t *testing.T, profile string, args ...string) (out io.ReadCloser, done <-chan outcome) {
	t.Helper()
	r, w := io.Pipe()
	ended := make(chan outcome, 1)
	go func() {
		var stderr bytes.Buffer
		code := Main(append([]string{"--profile", profile}, args...), strings.NewReader(""), w, &stderr)
		w.Close()
		ended <- outcome{code: code, stderr: stderr.String()}
	}()
	return r, ended
}

// end waits for a command that begin began.
func end(t *testing.T, done <-chan outcome) outcome {
	t.Helper()
	select {
	case o := <-done:
		return o
	case <-time.After(patience):
		t.Fatal("the command does not end")
		return outcome{}
	}
}
