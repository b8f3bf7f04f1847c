package lab

import (
	"fmt"
	"net"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/measure"
)

// TestSoakSlowClients has clients on the control socket that read nothing, send half a line, or are stopped: the phone does
// not wait for them.
func TestSoakSlowClients(t *testing.T) {
	p, _, contact := registered(t, silence)
	probe, err := measure.NewProbe(contact)
	require.NoError(t, err)
	defer probe.Close()

	for range 5 {
		deaf, err := net.Dial("unix", filepath.Join(p.Profile, "run", "control.sock"))
		require.NoError(t, err)
		defer deaf.Close()
		_, err = fmt.Fprintln(deaf, `{"version": 1, "id": 1, "op": "events"}`)
		require.NoError(t, err)
		half, err := net.Dial("unix", filepath.Join(p.Profile, "run", "control.sock"))
		require.NoError(t, err)
		defer half.Close()
		_, err = fmt.Fprint(half, `{"version": 1, "id": 1, "op": "sta`)
		require.NoError(t, err)
	}
	stopped := p.Follow(t)
	require.NoError(t, stopped.Signal(syscall.SIGSTOP))
	defer func() { _ = stopped.Signal(syscall.SIGCONT) }()

	var rings []time.Duration
	for range tenth(1000) {
		rang, err := probe.Ring()
		require.NoError(t, err)
		rings = append(rings, rang)
	}
	// With the race detector everything takes several times as long as without.
	require.Less(t, measure.Quantile(rings, 0.95), 50*time.Millisecond)
	started := time.Now()
	p.State(t)
	require.Less(t, time.Since(started), 2*time.Second)
	require.Eventually(t, func() bool { return len(p.Calls(t)) == tenth(1000) }, patience, 100*time.Millisecond)
}

// TestEvents numbers them without gaps.
func TestEvents(t *testing.T) {
	p := callward.New(t, callward.Options{Practice: true})
	p.Must(t, "call", "600", "--wait")
	mark := p.Mark()
	p.Must(t, "hangup")
	p.UntilCall(t, mark, patience, "ended")
	events := p.Events()
	for i, e := range events[1:] {
		require.Equal(t, events[i].ID+1, e.ID)
	}
}
