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

// Until waits for a picture, and fails t when there is none; the last one is kept then in a file that t names.
func (s *Screen) Until(t testing.TB, what string, patience time.Duration, is func(*Picture) bool) *Picture {
	t.Helper()
	shot, err := s.Await(what, patience, is)
	if err != nil && shot != nil {
		if file, made := os.CreateTemp("", "callward-screen-*.png"); made == nil {
			t.Logf("what was there instead: %s", file.Name())
			_ = png.Encode(file, shot)
			_ = file.Close()
		}
	}
	require.NoError(t, err)
	return shot
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
