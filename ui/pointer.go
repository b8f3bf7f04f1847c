package ui

import (
	"fyne.io/fyne/v2"
	"github.com/go-gl/glfw/v3.3/glfw"
)

// nowhere is a place that no window has anything at.
const nowhere = -1

// seeLeave has a window that was shown see that the pointer left it. Fyne hears of moves alone, and takes the pointer
// to be where it was last: what it was on would stay lit.
func seeLeave(win fyne.Window) {
	native, ok := win.(interface{ RunWithContext(func()) })
	if !ok {
		return
	}
	native.RunWithContext(func() {
		view := glfw.GetCurrentContext()
		if view == nil {
			return
		}
		moved := view.SetCursorPosCallback(nil) // Fyne's own
		view.SetCursorPosCallback(moved)
		view.SetCursorEnterCallback(func(_ *glfw.Window, in bool) {
			switch {
			case moved == nil:
			case in: // at the place it left from, GLFW tells of no move
				x, y := view.GetCursorPos()
				moved(view, x, y)
			case view.GetAttrib(glfw.Hovered) == glfw.False && !held(view): // not for a click that a window manager grabs
				moved(view, nowhere, nowhere)
			}
		})
	})
}

// held tells whether a button of the mouse is: what is dragged follows the pointer out of the window.
func held(view *glfw.Window) bool {
	for b := glfw.MouseButton1; b <= glfw.MouseButtonLast; b++ {
		if view.GetMouseButton(b) == glfw.Press {
			return true
		}
	}
	return false
}
