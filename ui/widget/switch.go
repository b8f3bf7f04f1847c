package widget

import (
	"fyne.io/fyne/v2"

	"github.com/callward/callward/ui/theme"
)

// Switch turns something on and off at once, as at the end of a row. It has no words: its tooltip is its name. For Fyne's
// goroutine.
type Switch struct {
	control
	// OnChanged is called with what the user has made of it.
	OnChanged func(on bool)

	on bool
}

// NewSwitch returns one that is off, with the tooltip that says what it is for.
func NewSwitch(tip string, onChanged func(on bool)) *Switch {
	s := &Switch{OnChanged: onChanged}
	s.tip = tip
	s.OnTapped = func() {
		s.Set(!s.on)
		if s.OnChanged != nil {
			s.OnChanged(s.on)
		}
	}
	s.extend(s)
	return s
}

// On reports whether it is on.
func (s *Switch) On() bool { return s.on }

// Set turns it on or off, without telling OnChanged.
func (s *Switch) Set(on bool) {
	if on != s.on {
		s.on = on
		s.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (s *Switch) CreateRenderer() fyne.WidgetRenderer {
	const width, height, knobSide, edge float32 = 36, 20, 14, 3
	track, knob, ring := newFill(height/2), newFill(knobSide/2), newRing()
	track.StrokeWidth = 1
	return rendered(s, &renderer{
		objects: []fyne.CanvasObject{ring, track, knob},
		min:     func() fyne.Size { return fyne.NewSize(width+theme.Grid, theme.ButtonHeight) },
		layout: func(size fyne.Size) {
			x, y := middle(size.Width, width), middle(size.Height, height)
			place(ring, x-4, y-4, width+8, height+8)
			place(track, x, y, width, height)
			at := x + edge
			if s.on {
				at = x + width - edge - knobSide
			}
			place(knob, at, y+edge, knobSide, knobSide)
		},
		redraw: func() {
			ground, edge, point := theme.Surface, theme.FieldBorder, theme.FieldBorder
			switch {
			case s.Disabled():
				edge, point = theme.Disabled, theme.Disabled
			case s.on:
				ground, edge, point = theme.Accent, theme.Accent, theme.OnFill
			case s.hovered:
				ground = theme.Hover
			}
			track.FillColor, track.StrokeColor, knob.FillColor = theme.Color(ground), theme.Color(edge), theme.Color(point)
			showRing(ring, s.focused)
		},
	})
}
