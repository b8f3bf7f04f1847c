package ui

import (
	"fyne.io/fyne/v2"

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
	up   bool
}

func newRinger(a fyne.App, m *view.Main, over *window) *ringer {
	r := &ringer{app: a, main: m, over: over}
	before := m.Ringing.Changed
	m.Ringing.Changed = func() {
		before()
		r.follow()
	}
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
		r.win.Hide()
		return
	}
	first := r.win == nil
	if first {
		r.make()
		// What somebody types goes where it went: the window comes up without the focus.
		glfw.WindowHint(glfw.FocusOnShow, glfw.False)
		glfw.WindowHint(glfw.Focused, glfw.False)
		glfw.WindowHint(glfw.Floating, glfw.True)
	}
	r.win.Show()
	if first {
		glfw.WindowHint(glfw.FocusOnShow, glfw.True)
		glfw.WindowHint(glfw.Focused, glfw.True)
		glfw.WindowHint(glfw.Floating, glfw.False)
	}
}

func (r *ringer) make() {
	r.win = r.app.NewWindow("Callward: incoming call")
	r.win.SetPadded(false)
	r.win.SetFixedSize(true)
	r.win.SetContent(page.NewRinging(r.main))
	r.win.Resize(fyne.NewSize(360, 216))
	r.win.CenterOnScreen()
	r.win.SetCloseIntercept(r.main.Ringing.Decline)
	r.win.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { page.RingingKey(r.main, e) })
}

// close ends the window.
func (r *ringer) close() {
	if r.win != nil {
		r.win.Close()
	}
}
