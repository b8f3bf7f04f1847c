// Package window holds the tests of the window as people use it: the program as it is built, on a screen of its own, with
// a real sound server, worked by mouse and keyboard. What it shows is judged by photographs of the screen.
package window

import (
	"fmt"
	"image"
	"image/color"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/pulse"
	"github.com/callward/callward/test/screen"
)

// patience is how long anything may take that happens at once when all is well.
const patience = 15 * time.Second

// soak tells whether soaks are run whole, and not a tenth of them.
var soak = os.Getenv("CALLWARD_SOAK") != ""

// fast is the program without the race detector, for what is measured.
var fast string

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "callward-window-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	for name, path := range map[string]*string{"race": &callward.Binary, "fast": &fast} {
		folder := dir + "/" + name
		if err = os.Mkdir(folder, 0o700); err == nil {
			*path, err = callward.Build(folder, name == "race", "-tags=migrated_fynedo,no_animations")
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	return m.Run()
}

// The size of the screen. The window takes 1180 × 760 of it, at the top left: there is no window manager.
const screenWidth, screenHeight = 1280, 800

// Colours of what is looked for. No desktop says here whether it is light or dark, and then the window is dark.
var (
	accent   = screen.Colour(0x4cc2b5)
	answer   = screen.Colour(0x5ccb86)
	danger   = screen.Colour(0xff8a80)
	selected = screen.Colour(0x17393a)
)

// Parts of the window.
var (
	field   = image.Rect(352, 11, 829, 45) // Name or number
	page    = image.Rect(73, 57, 859, 760)
	section = image.Rect(282, 57, 859, 760) // of Settings, beside its navigation
	panel   = image.Rect(861, 57, 1180, 760)
)

// desk is the program with its window on a screen, and with a sound server.
type desk struct {
	*callward.Program
	screen *screen.Screen
	sound  *pulse.Server
	window string // its id
}

// newDesk starts the program and waits for its window.
func newDesk(t *testing.T, o callward.Options) desk {
	t.Helper()
	sound, err := pulse.Start(t.TempDir())
	require.NoError(t, err)
	t.Cleanup(func() { _ = sound.Stop() })
	s := screen.New(t, screenWidth, screenHeight)
	o.Sound, o.Screen = sound.Vars(), s.Vars()
	d := desk{Program: callward.New(t, o), screen: s, sound: sound}
	s.Witness(t)
	d.window, err = s.Window("^Callward") // its title may tell of missed calls already
	require.NoError(t, err)
	return d
}

// finds waits for areas of a colour in a part of the screen, at least so wide and so high, which stay where they are.
func (d desk) finds(t *testing.T, what string, in image.Rectangle, of color.RGBA, width, height int) []image.Rectangle {
	t.Helper()
	var areas []image.Rectangle
	d.screen.Until(t, what, patience, func(p *screen.Picture) bool {
		before := areas
		areas = p.Part(in).Areas(of, width, height)
		return len(areas) > 0 && slices.Equal(areas, before)
	})
	return areas
}

// button waits for a filled button and returns where it is, the one that is highest up.
func (d desk) button(t *testing.T, what string, in image.Rectangle, of color.RGBA) image.Rectangle {
	t.Helper()
	return d.finds(t, what, in, of, 60, 30)[0]
}

// gone waits until no such button is there.
func (d desk) gone(t *testing.T, what string, in image.Rectangle, of color.RGBA) {
	t.Helper()
	d.screen.Until(t, "no "+what, patience, func(p *screen.Picture) bool { return len(p.Part(in).Areas(of, 60, 30)) == 0 })
}

// focusMost is how many Tabs anything is away at most, and focusPause how long each may take to be seen.
const (
	focusMost  = 40
	focusPause = 500 * time.Millisecond
)

// tabTo presses Tab until a button looks otherwise: it has the focus then, which has to be seen.
func (d desk) tabTo(t *testing.T, what string, button image.Rectangle) {
	t.Helper()
	around := button.Inset(-4)
	without := d.screen.Photo(t)
	for range focusMost {
		d.screen.Press(t, "Tab")
		if _, err := d.screen.Await("the focus", focusPause, func(p *screen.Picture) bool { return !p.Same(without, around) }); err == nil {
			return
		}
	}
	require.Failf(t, "no focus", "%s does not get the focus, or does not show it", what)
}

// dial types a number into the field and calls it, all by keyboard.
func (d desk) dial(t *testing.T, number string) {
	t.Helper()
	d.screen.Press(t, "ctrl+k")
	d.screen.Write(t, number)
	d.screen.Press(t, "Return")
}
