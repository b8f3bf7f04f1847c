package window

import (
	"context"
	"image"
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/screen"
)

// TestPlainLocale starts in the locale of a bare machine, where Fyne complains of what it cannot read.
func TestPlainLocale(t *testing.T) {
	for _, locale := range []string{"C", "POSIX", "C.UTF-8"} {
		t.Run(locale, func(t *testing.T) {
			s := screen.New(t, screenWidth, screenHeight)
			vars := s.Vars()
			vars["LC_ALL"], vars["LANG"] = locale, locale
			p := callward.New(t, callward.Options{Screen: vars})
			_, err := s.Window("^Callward$")
			require.NoError(t, err)
			require.NoError(t, p.Stop())
			require.NotContains(t, p.Log(), "Fyne")
		})
	}
}

// TestNoScreen starts where no window can be shown: a sentence on the terminal says what to do.
func TestNoScreen(t *testing.T) {
	for name, display := range map[string]string{"none named": "", "none there": ":4711"} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(context.Background(), patience)
			defer cancel()
			dir := t.TempDir()
			cmd := exec.CommandContext(ctx, callward.Binary, "--profile", dir)
			cmd.Env = bare(dir, display)
			said, err := cmd.CombinedOutput()
			var exit *exec.ExitError
			require.ErrorAs(t, err, &exit)
			require.Equal(t, 1, exit.ExitCode())
			require.Contains(t, string(said), "There is no screen that a window can be shown on: callward --headless runs the phone without one")
		})
	}
}

// TestSecondStart starts again while the program runs, its window behind that of another phone: it comes forward, with the
// number in its field and the cursor behind it.
func TestSecondStart(t *testing.T) {
	s := screen.New(t, screenWidth, screenHeight)
	p := callward.New(t, callward.Options{Screen: s.Vars(), Practice: true})
	id, err := s.Window("^Callward$")
	require.NoError(t, err)
	callward.New(t, callward.Options{Screen: s.Vars()})
	s.Witness(t)
	s.Until(t, "the card of the other's first start", patience, func(p *screen.Picture) bool {
		return len(p.Part(image.Rect(page.Min.X, page.Min.Y, 260, page.Max.Y)).Areas(accent, 60, 30)) > 0
	})

	mark := p.Mark()
	p.Must(t, "tel:+442079460018")
	require.Eventually(t, func() bool {
		focused, err := s.Do("getwindowfocus")
		return err == nil && focused == id
	}, patience, 50*time.Millisecond)
	s.Until(t, "the number, marked", patience, func(p *screen.Picture) bool { return len(p.Part(field).Areas(selected, 80, 12)) == 1 })
	require.Empty(t, p.State(t).Calls, "a link is not called without --call")
	s.Press(t, "Return")
	require.Equal(t, "+442079460018", p.UntilCall(t, mark, patience, "calling").Number)
}
