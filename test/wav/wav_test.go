package wav

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio"
)

func TestRoundTrip(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.wav")
	want := audio.Frame{0, 1, -1, 32767, -32768}
	require.NoError(t, Write(path, want, 8000))
	got, rate, err := Read(path)
	require.NoError(t, err)
	require.Equal(t, 8000, rate)
	require.Equal(t, want, got)
}

func TestReadRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.wav")
	for _, content := range []string{"", "RIFF", string(make([]byte, 100))} {
		require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
		_, _, err := Read(path)
		require.ErrorIs(t, err, errFormat)
	}
}
