//go:build !windows

package machine_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

// TestAPipeHoldsNobodyUp has pipes in the place of a message and of a greeting: who opens one waits until somebody writes.
func TestAPipeHoldsNobodyUp(t *testing.T) {
	files, dir := newFiles(t)
	require.NoError(t, syscall.Mkfifo(files.Path(id), 0o600))
	require.NoError(t, syscall.Mkfifo(filepath.Join(dir, "..", "greeting", "all.wav"), 0o600))
	_, err := files.Read(id)
	require.Equal(t, phone.CodeStorage, phone.CodeOf(err))
	out := filepath.Join(t.TempDir(), "out.wav")
	require.Equal(t, phone.CodeStorage, phone.CodeOf(files.Export(t.Context(), id, out, false)))
	require.NoFileExists(t, out)
	_, err = files.Greeting(phone.GreetingAll, "en")
	require.Equal(t, phone.CodeStorage, phone.CodeOf(err))
	pipe := filepath.Join(t.TempDir(), "pipe.wav")
	require.NoError(t, syscall.Mkfifo(pipe, 0o600))
	require.Equal(t, phone.CodeInvalid, phone.CodeOf(files.SetGreeting(phone.GreetingAll, pipe)))
	require.NoError(t, files.ResetGreeting(phone.GreetingAll))
	_, err = os.Stat(filepath.Join(dir, "..", "greeting", "all.wav"))
	require.ErrorIs(t, err, os.ErrNotExist)
}
