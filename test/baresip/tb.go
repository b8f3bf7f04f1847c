package baresip

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/pulse"
)

// New starts a phone for t and stops it when t ends. Where baresip is not installed, t fails.
func New(t testing.TB, o Options) *Phone {
	t.Helper()
	p, err := Start(t.TempDir(), o)
	require.NoError(t, err)
	t.Cleanup(func() { _ = p.control.Close() })
	p.Bind(t)
	return p
}

// Until waits for an event after mark, and fails t when there is none.
func (p *Phone) Until(t testing.TB, mark int, kind string, patience time.Duration) Event {
	t.Helper()
	e, err := p.Await(mark, kind, patience)
	require.NoError(t, err)
	return e
}

// Hears waits until the last second that the phone heard is a tone of hz.
func (p *Phone) Hears(t testing.TB, hz float64) {
	t.Helper()
	require.Eventually(t, func() bool {
		heard, rate, err := p.Heard()
		return err == nil && len(heard) > rate && pulse.IsTone(heard[len(heard)-rate:], rate, hz)
	}, patience, 100*time.Millisecond)
}
