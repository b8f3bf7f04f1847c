package ui

import (
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// unfocused is the layout of a window that is not to take the focus when it
// appears. Fyne creates a window and shows it in one step, and lays it out in
// between: then the window manager can still be told. Fyne's goroutine owns it.
type unfocused struct {
	win fyne.Window
	set bool
}

// MinSize implements fyne.Layout.
func (u *unfocused) MinSize(objects []fyne.CanvasObject) fyne.Size {
	u.tell()
	return objects[0].MinSize()
}

// Layout implements fyne.Layout.
func (u *unfocused) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	u.tell()
	objects[0].Resize(size)
}

// tell tells it, once the window exists. What is not X11 has no need, or no way.
func (u *unfocused) tell() {
	native, ok := u.win.(driver.NativeWindow)
	if u.set || !ok {
		return
	}
	native.RunNative(func(context any) {
		if x11, ok := context.(driver.X11WindowContext); ok && x11.WindowHandle != 0 {
			u.set = true
			_ = clearUserTime(xproto.Window(x11.WindowHandle)) // at worst the window takes the focus
		}
	})
}

// clearUserTime sets _NET_WM_USER_TIME of a window to 0: no user asked for it, so
// it gets no focus when it is mapped (Extended Window Manager Hints 1.5).
func clearUserTime(window xproto.Window) error {
	xgb.Logger.SetOutput(io.Discard) // its errors come back as well
	x, err := xgb.NewConn()
	if err != nil {
		return err
	}
	defer x.Close()
	const name = "_NET_WM_USER_TIME"
	atom, err := xproto.InternAtom(x, false, uint16(len(name)), name).Reply()
	if err != nil {
		return err
	}
	// Checked, it is there before this returns: the window is mapped over another connection.
	return xproto.ChangePropertyChecked(x, xproto.PropModeReplace, window, atom.Atom, xproto.AtomCardinal, 32, 1, make([]byte, 4)).Check()
}
