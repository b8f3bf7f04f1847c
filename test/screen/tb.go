package screen

import (
	"image/png"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// New starts a screen for t, and ends it with t.
func New(t testing.TB, width, height int) *Screen {
	t.Helper()
	s, err := Start(width, height)
	require.NoError(t, err)
	t.Cleanup(s.Kill)
	return s
}

// Save writes a photograph of the screen to a file, for people to look at.
func (s *Screen) Save(t testing.TB, path string) {
	t.Helper()
	shot, err := s.Shot()
	require.NoError(t, err)
	file, err := os.Create(path)
	require.NoError(t, err)
	defer file.Close()
	require.NoError(t, png.Encode(file, shot))
}
