package twilio

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// New starts a server for t and closes it when t ends.
func New(t testing.TB, numbers ...string) *Server {
	t.Helper()
	s, err := Start(t.TempDir(), numbers...)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// Until waits until what the server has seen fits, and fails t when it does not.
func (s *Server) Until(t testing.TB, fits func() bool) {
	t.Helper()
	require.NoError(t, s.Await(10*time.Second, fits))
}
