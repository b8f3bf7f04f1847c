//go:build unix

package main

import (
	"bufio"
	"encoding/json"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control"
	"github.com/callward/callward/phone/control/controltest"
)

// TestEvents come line by line, as they happen, until SIGINT.
func TestEvents(t *testing.T) {
	ph := &controltest.Phone{}
	profile, _ := serve(t, ph)
	out, done := begin(t, profile, "events", "--json")
	lines := bufio.NewReader(out)
	require.Eventually(t, func() bool { return ph.Subscribers() == 1 }, patience, time.Millisecond)
	for i := range 3 {
		ph.Publish(phone.Event{Time: started, Kind: phone.EventPractice, Text: "on"})
		line, err := lines.ReadString('\n')
		require.NoError(t, err)
		var event control.Event
		require.NoError(t, json.Unmarshal([]byte(line), &event))
		require.EqualValues(t, i+1, event.ID)
	}
	require.NoError(t, syscall.Kill(syscall.Getpid(), syscall.SIGINT))
	require.Equal(t, outcome{}, end(t, done))
}

func TestCallWaitInterrupted(t *testing.T) {
	profile, _ := serve(t, &controltest.Phone{CallID: "c2"})
	out, done := begin(t, profile, "call", "600", "--wait")
	_, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	require.NoError(t, syscall.Kill(syscall.Getpid(), syscall.SIGINT))
	got := end(t, done)
	require.Equal(t, exitFailed, got.code)
	require.Contains(t, got.stderr, "hangup c2")
}

// TestImportInterrupted: the program gives it up too.
func TestImportInterrupted(t *testing.T) {
	ph := &controltest.Phone{Hold: make(chan struct{})}
	profile, _ := serve(t, ph)
	_, done := begin(t, profile, "blacklist", "import", "main.go")
	require.Eventually(t, func() bool { return len(ph.Asked()) == 1 }, patience, time.Millisecond)
	require.NoError(t, syscall.Kill(syscall.Getpid(), syscall.SIGINT))
	require.Equal(t, outcome{code: exitFailed, stderr: "callward: Interrupted.\n"}, end(t, done))
	require.Eventually(t, func() bool { return len(ph.Asked()) == 2 }, patience, time.Millisecond)
	require.Equal(t, "cancelled", ph.Asked()[1])
}

// TestTerminatedWhileItStarts ends the phone while it waits for another to give the data folder up: that is no failure.
func TestTerminatedWhileItStarts(t *testing.T) {
	profile := t.TempDir()
	claim, err := control.NewClaim(t.Context(), profile)
	require.NoError(t, err)
	defer func() { require.NoError(t, claim.Release()) }()
	_, done := begin(t, profile, "--headless")
	select {
	case got := <-done:
		require.Failf(t, "it did not wait", "%+v", got)
	case <-time.After(200 * time.Millisecond):
	}
	require.NoError(t, syscall.Kill(syscall.Getpid(), syscall.SIGTERM))
	require.Equal(t, outcome{}, end(t, done))
}
