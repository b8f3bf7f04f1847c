package registrar

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// New starts a server for t and closes it when t ends.
func New(t testing.TB, o Options) *Server {
	t.Helper()
	s, err := Start(o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}
