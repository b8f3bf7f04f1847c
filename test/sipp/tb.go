package sipp

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// New begins to play a scenario for t and stops SIPp when t ends. Where SIPp is not installed, t fails.
func New(t testing.TB, o Options) *Player {
	t.Helper()
	p, err := Start(t.TempDir(), o)
	require.NoError(t, err)
	t.Cleanup(func() {
		p.Kill()
		if t.Failed() {
			t.Logf("sipp %s:\n%s", o.Scenario, p.Messages())
		}
	})
	return p
}

// Played waits until the scenario is played, and fails t where the phone did not play its part.
func (p *Player) Played(t testing.TB, patience time.Duration) {
	t.Helper()
	require.NoError(t, p.Wait(patience))
}
