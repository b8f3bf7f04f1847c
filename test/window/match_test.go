package window

import (
	"image"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/past"
	"github.com/callward/callward/test/screen"
)

// TestMatchesAreSeen types the begin of a name right after the start, and touches nothing more: who is meant is shown.
func TestMatchesAreSeen(t *testing.T) {
	profile := filepath.Join(t.TempDir(), "profile")
	require.NoError(t, past.Fill(t.Context(), profile, 60, time.Now().Add(-time.Hour)))
	d := newDesk(t, callward.Options{Practice: true, Profile: profile})
	d.screen.Press(t, "ctrl+k")
	d.screen.Write(t, "smith")
	picture := screen.Colour(0x2c7474) // of Felix Smith
	below := image.Rect(field.Min.X, field.Max.Y+12, field.Max.X-20, field.Max.Y+200)
	d.screen.Until(t, "who is meant", patience, func(p *screen.Picture) bool { return len(p.Part(below).Areas(picture, 20, 20)) > 0 })
}

// TestSearchHasTheCursorAtOnce presses Ctrl+F right after the start, when the page of calls was never drawn.
func TestSearchHasTheCursorAtOnce(t *testing.T) {
	profile := filepath.Join(t.TempDir(), "profile")
	require.NoError(t, past.Fill(t.Context(), profile, 60, time.Now().Add(-time.Hour)))
	d := newDesk(t, callward.Options{Practice: true, Profile: profile})
	d.screen.Press(t, "ctrl+f")
	d.isOpen(t, rail, calls.name)
	list := image.Rect(page.Min.X, 200, page.Max.X, page.Max.Y)
	all := d.screen.Photo(t)
	d.screen.Write(t, "smith")
	d.screen.Until(t, "what was found", patience, func(p *screen.Picture) bool { return !p.Same(all, list) })
	require.Empty(t, d.State(t).Calls)
}
