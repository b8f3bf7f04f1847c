package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/callward/callward/ui/theme"
)

// Slider sets a volume from 0 to 1 by mouse or the Left and Right keys. For Fyne's goroutine.
type Slider struct {
	control
	// OnChanged is called with each value while the user moves it.
	OnChanged func(value float64)
	// OnEnded, where set, is called once the user has let go, or after each key.
	OnEnded func(value float64)

	value  float64
	moving bool // by the mouse
}

const (
	knobSide   float32 = 16
	sliderStep float64 = 0.05 // of a key
)

// NewSlider returns a slider at the value. OnChanged may be nil.
func NewSlider(value float64, onChanged func(value float64)) *Slider {
	s := &Slider{OnChanged: onChanged, value: value}
	s.extend(s)
	return s
}

// Value returns where it stands, 0 to 1.
func (s *Slider) Value() float64 { return s.value }

// Set moves it, without telling OnChanged.
func (s *Slider) Set(value float64) {
	if value = max(0, min(1, value)); value != s.value {
		s.value = value
		s.Refresh()
	}
}

func (s *Slider) user(value float64, ended bool) {
	if s.Disabled() {
		return
	}
	before := s.value
	s.Set(value)
	if s.value != before && s.OnChanged != nil {
		s.OnChanged(s.value)
	}
	if ended && s.OnEnded != nil {
		s.OnEnded(s.value)
	}
}

func (s *Slider) at(x float32) float64 {
	return float64((x - knobSide/2) / (s.Size().Width - knobSide))
}

// MouseDown is for Fyne.
func (s *Slider) MouseDown(e *desktop.MouseEvent) {
	s.press.MouseDown(e)
	s.moving = true
	s.user(s.at(e.Position.X), false)
}

// MouseUp is for Fyne.
func (s *Slider) MouseUp(e *desktop.MouseEvent) {
	s.press.MouseUp(e)
	s.DragEnd()
}

// Dragged is for Fyne.
func (s *Slider) Dragged(e *fyne.DragEvent) { s.user(s.at(e.Position.X), false) }

// DragEnd is for Fyne. It comes beside MouseUp, or alone where the pointer has left the slider.
func (s *Slider) DragEnd() {
	if s.moving {
		s.moving = false
		s.user(s.value, true)
	}
}

// TypedKey is for Fyne.
func (s *Slider) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft, fyne.KeyDown:
		s.user(s.value-sliderStep, true)
	case fyne.KeyRight, fyne.KeyUp:
		s.user(s.value+sliderStep, true)
	}
}

// CreateRenderer is for Fyne.
func (s *Slider) CreateRenderer() fyne.WidgetRenderer {
	const line = 4
	track, done, knob, halo := newFill(line/2), newFill(line/2), canvas.NewCircle(color.Transparent), canvas.NewCircle(color.Transparent)
	halo.StrokeWidth = ringWidth
	return rendered(s, &renderer{
		objects: []fyne.CanvasObject{track, done, halo, knob},
		min:     func() fyne.Size { return fyne.NewSize(120, theme.ButtonHeight) },
		layout: func(size fyne.Size) {
			x := float32(s.value) * (size.Width - knobSide)
			y := middle(size.Height, line)
			place(track, 0, y, size.Width, line)
			place(done, 0, y, x+knobSide/2, line)
			place(knob, x, middle(size.Height, knobSide), knobSide, knobSide)
			place(halo, x-3, middle(size.Height, knobSide+6), knobSide+6, knobSide+6)
		},
		redraw: func() {
			name := theme.Accent
			if s.Disabled() {
				name = theme.Disabled
			}
			track.FillColor, done.FillColor, knob.FillColor = theme.Color(theme.Hairline), theme.Color(name), theme.Color(name)
			halo.StrokeColor = color.Transparent
			if s.focused {
				halo.StrokeColor = theme.Color(theme.Accent)
			}
		},
	})
}
