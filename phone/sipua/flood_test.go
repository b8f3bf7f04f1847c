package sipua

import (
	"strings"
	"testing"
	"time"

	"github.com/emiago/sipgo/sip"
	"github.com/stretchr/testify/require"
)

func TestAllowance(t *testing.T) {
	now := time.Now()
	a := newAllowance(10, 4)
	take := func(want time.Duration, begins bool) {
		t.Helper()
		wait, flood := a.take(now)
		require.InDelta(t, want, wait, float64(time.Microsecond))
		require.Equal(t, begins, flood)
	}
	for range 4 {
		take(0, false)
	}
	take(100*time.Millisecond, true)
	take(100*time.Millisecond, false)
	now = now.Add(50 * time.Millisecond)
	take(50*time.Millisecond, false)
	now = now.Add(50 * time.Millisecond)
	take(0, false)
	take(100*time.Millisecond, false)
	now = now.Add(time.Hour)
	for range 4 {
		take(0, false)
	}
	take(100*time.Millisecond, true)
	now = now.Add(-time.Hour) // a clock that went back
	take(100*time.Millisecond, false)
}

// limit sets another allowance in place of the usual one.
func (a *allowance) limit(rate, burst float64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.rate, a.burst, a.left = rate, burst, burst
}

// A flood from elsewhere takes nothing from the account's servers.
func TestFloodOfRequests(t *testing.T) {
	line := newListening(t, newRegistrar(t, "127.0.0.1:0", nil))
	line.e.fromServers.limit(0.001, 3)
	line.e.fromStrangers.limit(0.001, 2)
	stranger, server := newPeer(t, "127.0.0.2:0", line.e.Addr()), newPeer(t, "127.0.0.1:0", line.e.Addr())
	answered := func(p *peer, n int) {
		t.Helper()
		for i := range 6 {
			p.send(t, options(line.e.user, "<sip:alice@example.test>;tag=known"))
			if i < n {
				require.Contains(t, p.read(t, patience), "SIP/2.0 200 ")
			}
		}
		require.Empty(t, p.read(t, 50*time.Millisecond))
	}
	answered(stranger, 2)
	answered(server, 3)
	require.Equal(t, 2, strings.Count(line.log.String(), "too many requests"), line.log.String())

	server.send(t, strings.ReplaceAll(options(line.e.user, "<sip:alice@example.test>;tag=known"), "OPTIONS", "ACK"))
	for range 2 + 3 {
		require.Equal(t, sip.OPTIONS, line.next(t).Method)
	}
	require.True(t, line.next(t).IsAck(), "it ends something")
}

// On a stream nothing is lost: it waits.
func TestFloodOnAStream(t *testing.T) {
	line := newListening(t, newRegistrar(t, "127.0.0.1:0", nil))
	line.e.fromServers.limit(100, 1)
	conn, in := dialFrom(t, "127.0.0.1:0", line.e.Addr())
	began := time.Now()
	for range 10 {
		_, err := conn.Write([]byte(options("alice", "<sip:alice@example.test>")))
		require.NoError(t, err)
	}
	for range 10 {
		answer, err := readMessage(in, func() {})
		require.NoError(t, err)
		require.Contains(t, string(answer), "SIP/2.0 200 ")
	}
	require.GreaterOrEqual(t, time.Since(began), 80*time.Millisecond)
}
