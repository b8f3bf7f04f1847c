package device

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestAbsenceEndsWithASignOfLifeOrWithTime(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PULSE_SERVER", "")
	t.Setenv("XDG_RUNTIME_DIR", dir)
	now := time.Now()
	gone := errors.New("gone")

	var a absence
	require.NoError(t, a.still(now))
	a.note(now, gone)
	require.Equal(t, gone, a.still(now.Add(asleep)))
	require.NoError(t, a.still(now.Add(asleep+1)))

	a.note(now, gone)
	require.NoError(t, os.Mkdir(filepath.Join(dir, "pulse"), 0o700))
	require.Equal(t, gone, a.still(now))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "pulse", "native"), nil, 0o600))
	require.NoError(t, a.still(now))

	a.note(now, gone)
	t.Setenv("PULSE_SERVER", "tcp:elsewhere")
	require.NoError(t, a.still(now))
}

func TestPlacesOfNamedServers(t *testing.T) {
	require.Equal(t, []string{"/a/b", "/c", "tcp:host:4713"}, places("unix:/a/b {0123}unix:/c tcp:host:4713"))
}
