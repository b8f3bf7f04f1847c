package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/callward/callward/ui/theme"
)

// StateButton is a coloured dot and a text that opens a menu: the line's state in the header. For Fyne's goroutine.
type StateButton struct {
	control
	text string
	dot  fyne.ThemeColorName
}

// NewStateButton returns one with a dot in that colour.
func NewStateButton(text string, dot fyne.ThemeColorName, tapped func()) *StateButton {
	s := &StateButton{text: text, dot: dot}
	s.OnTapped = tapped
	s.extend(s)
	return s
}

// Set shows another state.
func (s *StateButton) Set(text string, dot fyne.ThemeColorName) {
	if text != s.text || dot != s.dot {
		s.text, s.dot = text, dot
		s.Refresh()
	}
}

// Text returns the state that is shown.
func (s *StateButton) Text() string { return s.text }

// CreateRenderer is for Fyne.
func (s *StateButton) CreateRenderer() fyne.WidgetRenderer {
	const side, pad, arrow = 10, 1.5 * theme.Grid, 16
	fill, ring, dot, icon := newFill(theme.Radius), newRing(), canvas.NewCircle(color.Transparent), newIcon()
	line := canvas.NewText("", color.Transparent)
	return rendered(s, &renderer{
		objects: []fyne.CanvasObject{fill, ring, dot, line, icon},
		min: func() fyne.Size {
			return fyne.NewSize(pad+side+theme.Grid+line.MinSize().Width+theme.Grid/2+arrow+pad, theme.ButtonHeight)
		},
		layout: func(size fyne.Size) {
			fill.Resize(size)
			ring.Resize(size)
			place(dot, pad, middle(size.Height, side), side, side)
			x, h := pad+side+theme.Grid, line.MinSize().Height
			place(line, x, middle(size.Height, h), line.MinSize().Width, h)
			place(icon, x+line.MinSize().Width+theme.Grid/2, middle(size.Height, arrow), arrow, arrow)
		},
		redraw: func() {
			fill.FillColor = theme.Color(groundOf(&s.press))
			dot.FillColor = theme.Color(s.dot)
			line.Text, line.TextSize, line.Color = s.text, theme.TextSize, theme.Color(theme.Text)
			setIcon(icon, theme.IconChevronDown, theme.Secondary)
			showRing(ring, s.focused)
		},
	})
}
