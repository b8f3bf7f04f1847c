package netns

import (
	"os/exec"
	"testing"

	"github.com/stretchr/testify/require"
)

// New makes two hosts for t and ends them when t ends. It skips t where this user may not make namespaces, as on some
// systems for all but root.
func New(t testing.TB) (near, far *Host) {
	t.Helper()
	for _, tool := range []string{"unshare", "nsenter", "ip"} {
		_, err := exec.LookPath(tool)
		require.NoError(t, err, "make test installs it (Debian: util-linux, iproute2)")
	}
	near, far, err := Pair(t.TempDir())
	if err != nil {
		t.Skipf("this user may not make network namespaces: %v", err)
	}
	t.Cleanup(func() {
		near.Close()
		far.Close()
	})
	return near, far
}
