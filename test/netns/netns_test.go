package netns

import (
	"os/exec"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPair(t *testing.T) {
	near, far := New(t)
	require.NoError(t, near.AddAddress("10.77.0.1/24"))
	require.NoError(t, far.AddAddress("10.77.0.2/24"))
	require.NoError(t, near.SetName("far.example", "10.77.0.2"))
	require.Contains(t, run(t, near, "ip", "route", "get", "10.77.0.2"), "dev near src 10.77.0.1")
	require.Contains(t, run(t, near, "getent", "hosts", "far.example"), "10.77.0.2")
	require.NoError(t, near.RemoveAddress("10.77.0.1/24"))
	require.NotContains(t, run(t, near, "ip", "address"), "10.77.0.1")
	require.ErrorContains(t, near.RemoveAddress("10.77.0.1/24"), "ip address delete")
}

func run(t *testing.T, h *Host, args ...string) string {
	t.Helper()
	args = append(append([]string(nil), h.Shell()...), args...)
	out, err := exec.Command(args[0], args[1:]...).CombinedOutput()
	require.NoError(t, err, string(out))
	return string(out)
}
