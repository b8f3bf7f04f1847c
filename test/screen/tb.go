package screen

import (
	"image"
	"image/png"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// New starts a screen for t, and ends it with t. Where Xvfb is not installed, t fails.
func New(t testing.TB, width, height int) *Screen {
	t.Helper()
	s, err := Start(width, height)
	require.NoError(t, err)
	t.Cleanup(s.Kill)
	return s
}

// Photo photographs the screen.
func (s *Screen) Photo(t testing.TB) *Picture {
	t.Helper()
	shot, err := s.Shot()
	require.NoError(t, err)
	return shot
}

// Until waits for a picture, and fails t when there is none.
func (s *Screen) Until(t testing.TB, what string, patience time.Duration, is func(*Picture) bool) *Picture {
	t.Helper()
	shot, err := s.Await(what, patience, is)
	require.NoError(t, err)
	return shot
}

// Witness keeps a photograph of what was on the screen when t failed. It is called after what is shown was started, so that
// the photograph is taken before it ends.
func (s *Screen) Witness(t testing.TB) {
	t.Cleanup(func() {
		if !t.Failed() {
			return
		}
		file, err := os.CreateTemp("", "callward-screen-*.png")
		require.NoError(t, err)
		require.NoError(t, file.Close())
		s.Save(t, file.Name())
		t.Logf("what was on the screen: %s", file.Name())
	})
}

// Press presses keys, as Key does.
func (s *Screen) Press(t testing.TB, keys ...string) {
	t.Helper()
	require.NoError(t, s.Key(keys...))
}

// Write types text, as Type does.
func (s *Screen) Write(t testing.TB, text string) {
	t.Helper()
	require.NoError(t, s.Type(text))
}

// Tap clicks at a place of the screen.
func (s *Screen) Tap(t testing.TB, at image.Point) {
	t.Helper()
	require.NoError(t, s.Click(at.X, at.Y))
}

// Save writes a photograph of the screen to a file, for people to look at.
func (s *Screen) Save(t testing.TB, path string) {
	t.Helper()
	file, err := os.Create(path)
	require.NoError(t, err)
	defer file.Close()
	require.NoError(t, png.Encode(file, s.Photo(t)))
}
