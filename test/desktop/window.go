package desktop

import (
	"io"
	"strconv"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// CloseWindow asks a window to close, as its close button does where there is a window manager (ICCCM 2.0, section
// 4.2.8.1). id is as xdotool writes it.
func CloseWindow(display, id string) error {
	window, err := strconv.ParseUint(id, 10, 32)
	if err != nil {
		return err
	}
	xgb.Logger.SetOutput(io.Discard) // its errors come back as well
	x, err := xgb.NewConnDisplay(display)
	if err != nil {
		return err
	}
	defer x.Close()
	var atoms [2]xproto.Atom
	for i, name := range []string{"WM_PROTOCOLS", "WM_DELETE_WINDOW"} {
		reply, err := xproto.InternAtom(x, false, uint16(len(name)), name).Reply()
		if err != nil {
			return err
		}
		atoms[i] = reply.Atom
	}
	event := xproto.ClientMessageEvent{
		Format: 32, Window: xproto.Window(window), Type: atoms[0],
		Data: xproto.ClientMessageDataUnionData32New([]uint32{uint32(atoms[1]), xproto.TimeCurrentTime, 0, 0, 0}),
	}
	return xproto.SendEventChecked(x, false, event.Window, xproto.EventMaskNoEvent, string(event.Bytes())).Check()
}
