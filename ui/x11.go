package ui

import (
	"encoding/binary"
	"errors"
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// herald is the layout of a window that comes up over all others and leaves the
// focus where it is. Fyne creates a window and shows it in one step, and lays it
// out in between: only then can the window manager be told. Fyne's goroutine owns it.
type herald struct {
	win  fyne.Window
	told bool
}

// MinSize implements fyne.Layout.
func (h *herald) MinSize(objects []fyne.CanvasObject) fyne.Size {
	h.announce()
	return objects[0].MinSize()
}

// Layout implements fyne.Layout.
func (h *herald) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	h.announce()
	objects[0].Resize(size)
}

// again is for before the window is shown: window managers forget what was hidden.
func (h *herald) again() {
	h.told = false
	h.announce()
}

// announce tells the window manager, once the window exists. What is not X11 has
// no need of it, or no way.
func (h *herald) announce() {
	native, ok := h.win.(driver.NativeWindow)
	if h.told || !ok {
		return
	}
	native.RunNative(func(context any) {
		if x11, ok := context.(driver.X11WindowContext); ok && x11.WindowHandle != 0 {
			h.told = true
			_ = announce(xproto.Window(x11.WindowHandle)) // at worst it takes the focus, or lies under others
		}
	})
}

// announce prepares a window that is not shown (Extended Window Manager Hints 1.5):
// _NET_WM_USER_TIME 0 says that no user asked for it, so it gets no focus when it
// is mapped, and _NET_WM_STATE_ABOVE that it lies over others.
func announce(window xproto.Window) error {
	xgb.Logger.SetOutput(io.Discard) // its errors come back as well
	x, err := xgb.NewConn()
	if err != nil {
		return err
	}
	defer x.Close()
	above, err := atom(x, "_NET_WM_STATE_ABOVE")
	return errors.Join(err,
		set(x, window, "_NET_WM_USER_TIME", xproto.AtomCardinal, 0),
		set(x, window, "_NET_WM_STATE", xproto.AtomAtom, uint32(above)))
}

func atom(x *xgb.Conn, name string) (xproto.Atom, error) {
	reply, err := xproto.InternAtom(x, false, uint16(len(name)), name).Reply()
	if err != nil {
		return 0, err
	}
	return reply.Atom, nil
}

// set sets a property. It is there when set returns: the window is mapped over
// another connection.
func set(x *xgb.Conn, window xproto.Window, name string, kind xproto.Atom, value uint32) error {
	property, err := atom(x, name)
	if err != nil {
		return err
	}
	return xproto.ChangePropertyChecked(x, xproto.PropModeReplace, window, property, kind, 32, 1, binary.LittleEndian.AppendUint32(nil, value)).Check()
}
