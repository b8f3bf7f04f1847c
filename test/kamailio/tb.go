package kamailio

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// New starts a server for t and stops it when t ends. Where Kamailio is not installed, t fails.
func New(t testing.TB, o Options) *Server {
	t.Helper()
	s, err := Start(t.TempDir(), o)
	require.NoError(t, err)
	s.Bind(t)
	return s
}
