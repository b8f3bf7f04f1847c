package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/callward/callward/ui/theme"
)

// segment is one word of a Segmented.
type segment struct {
	press
	of   *Segmented
	i    int
	text string
}

func newSegment(of *Segmented, i int, text string) *segment {
	s := &segment{of: of, i: i, text: text}
	s.OnTapped = func() { of.choose(i) }
	s.extend(s)
	return s
}

// CreateRenderer is for Fyne.
func (s *segment) CreateRenderer() fyne.WidgetRenderer {
	fill, line := newFill(theme.Radius-2), canvas.NewText("", color.Transparent)
	return rendered(s, &renderer{
		objects: []fyne.CanvasObject{fill, line},
		min: func() fyne.Size {
			return fyne.NewSize(Strong.measure(s.text).Width+3*theme.Grid, theme.ButtonHeight-4)
		},
		layout: func(size fyne.Size) {
			fill.Resize(size)
			h := line.MinSize().Height
			place(line, 0, middle(size.Height, h), size.Width, h)
		},
		redraw: func() {
			selected := s.of.selected == s.i
			name := theme.Secondary
			fill.FillColor = color.Transparent
			if selected {
				name = theme.Accent
				fill.FillColor = theme.Color(theme.Selected)
			} else if s.hovered {
				name = theme.Text
			}
			line.Text, line.TextSize, line.Alignment = s.text, theme.TextSize, fyne.TextAlignCenter
			line.TextStyle.Bold, line.Color = selected, theme.Color(name)
		},
	})
}
