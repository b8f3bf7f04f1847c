package ui

import (
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"github.com/go-gl/glfw/v3.3/glfw"

	"github.com/callward/callward/ui/page"
	"github.com/callward/callward/ui/view"
)

// ringer is the small window of a call that rings. Fyne's goroutine owns it.
type ringer struct {
	app  fyne.App
	main *view.Main
	over *window
	win  fyne.Window // nil until the first call rings
	lay  *herald     // of win
	up   bool
}

func newRinger(a fyne.App, m *view.Main, over *window) *ringer {
	r := &ringer{app: a, main: m, over: over}
	after(&m.Ringing.Changed, r.follow)
	return r
}

// follow shows the window while something rings.
func (r *ringer) follow() {
	rings := r.main.Ringing.ID != ""
	if rings == r.up {
		return
	}
	r.up = rings
	if !rings {
		r.win.Canvas().Unfocus() // else Enter would do to the next call what it did to this one
		r.win.Hide()
		return
	}
	if os.Getenv("WAYLAND_DISPLAY") != "" { // where no window can raise itself
		r.over.notify(lang.L("Incoming call"), r.main.Ringing.Party.Title)
	}
	first := r.win == nil
	if first {
		r.make()
		// What somebody types goes where it went: the window comes up without the focus.
		glfw.WindowHint(glfw.FocusOnShow, glfw.False)
		glfw.WindowHint(glfw.Focused, glfw.False)
		glfw.WindowHint(glfw.Floating, glfw.True)
	}
	r.lay.again()
	r.win.Show()
	if first {
		glfw.WindowHint(glfw.FocusOnShow, glfw.True)
		glfw.WindowHint(glfw.Focused, glfw.True)
		glfw.WindowHint(glfw.Floating, glfw.False)
		seeLeave(r.win)
	}
}

func (r *ringer) make() {
	r.win = r.app.NewWindow(lang.L("Callward: incoming call"))
	r.win.SetPadded(false)
	r.win.SetFixedSize(true)
	r.lay = &herald{win: r.win}
	r.win.SetContent(container.New(r.lay, page.NewRinging(r.main)))
	r.win.Resize(fyne.NewSize(360, 216))
	r.win.CenterOnScreen()
	r.win.SetCloseIntercept(r.main.Ringing.Decline)
	r.win.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { page.RingingKey(r.main, e) })
	for key, do := range map[fyne.KeyName]func(){fyne.KeyReturn: r.main.Ringing.Answer, fyne.KeyD: r.main.Ringing.Decline} {
		r.win.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierControl}, func(fyne.Shortcut) { do() })
	}
}
