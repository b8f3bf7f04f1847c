package window

import (
	"image"
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/proc"
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
	plain, err := screen.Start(screenWidth, screenHeight, "-extension", "GLX")
	require.NoError(t, err)
	t.Cleanup(plain.Kill)
	for name, display := range map[string]string{"none named": "", "none there": ":4711", "no OpenGL": plain.Vars()["DISPLAY"]} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			cmd := exec.Command(callward.Binary, "--profile", dir)
			cmd.Env = bare(dir, display)
			p := proc.New(t, "callward", cmd)
			code, err := p.Wait(patience)
			require.NoError(t, err)
			require.Equal(t, 1, code)
			require.Contains(t, p.Log(), "There is no screen that a window can be shown on: callward --headless runs the phone without one")
			callward.New(t, callward.Options{Profile: dir}) // goes on working
		})
	}
}

// TestNoDisk starts on a disk that is full, or cannot be written: a window says so, for who started it by its icon.
func TestNoDisk(t *testing.T) {
	for name, disk := range map[string]struct{ prepare, says string }{
		"full":      {"head -c 2000000 /dev/zero > full || true", "The disk is full: free some space where"},
		"read-only": {"mount -o remount,ro .", "The data folder"},
	} {
		t.Run(name, func(t *testing.T) {
			s := screen.New(t, screenWidth, screenHeight)
			dir := t.TempDir()
			cmd := exec.Command("unshare", "--mount", "sh", "-ec", `mount -t tmpfs -o size=1m tmpfs "$1" && cd "$1"; `+disk.prepare+`; exec "$2" --profile "$1/profile"`,
				"sh", dir, callward.Binary)
			cmd.Env = bare(dir, s.Vars()["DISPLAY"])
			p := proc.New(t, "callward", cmd)
			s.Witness(t)
			_, err := s.Window("^Callward$")
			require.NoError(t, err)
			s.Until(t, "its button", patience, func(p *screen.Picture) bool { return len(p.Areas(accent, 60, 30)) == 1 })
			s.Press(t, "Return")
			code, err := p.Wait(patience)
			require.NoError(t, err)
			require.Equal(t, 1, code)
			require.Contains(t, p.Log(), disk.says)
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
