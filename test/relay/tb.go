package relay

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/require"
)

// New starts a relay to server on loopback for t and closes it when t ends.
func New(t testing.TB, server netip.AddrPort, i Impairment) *Relay {
	t.Helper()
	r, err := Start("127.0.0.1:0", server, i)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	return r
}

// NewSIP starts a relay of SIP and media to server on loopback for t and closes it when t ends.
func NewSIP(t testing.TB, server netip.AddrPort, media Impairment) *SIP {
	t.Helper()
	s, err := StartSIP("127.0.0.1:0", server, media)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}
