package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/callward/callward/ui/theme"
)

// Chip is a small button of a word or two among others of its kind: what can be inserted, or one day of several. 28 high.
// For Fyne's goroutine.
type Chip struct {
	control
	text string
	on   bool
}

// NewChip returns one that is off. A tap does not turn it: what is told of the tap does, by [Chip.Set].
func NewChip(text string, tapped func()) *Chip {
	c := &Chip{text: text}
	c.OnTapped = tapped
	c.extend(c)
	return c
}

// Text returns what stands on it.
func (c *Chip) Text() string { return c.text }

// On reports whether it is on.
func (c *Chip) On() bool { return c.on }

// Set turns it on or off.
func (c *Chip) Set(on bool) {
	if on != c.on {
		c.on = on
		c.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	const height float32 = 28
	fill, ring, line := newFill(theme.Radius), newRing(), canvas.NewText("", color.Transparent)
	fill.StrokeWidth = 1
	return rendered(c, &renderer{
		objects: []fyne.CanvasObject{fill, ring, line},
		min:     func() fyne.Size { return fyne.NewSize(max(36, Small.measure(c.text).Width+2*theme.Grid), height) },
		layout: func(size fyne.Size) {
			fill.Resize(size)
			ring.Resize(size)
			h := line.MinSize().Height
			place(line, 0, middle(size.Height, h), size.Width, h)
		},
		redraw: func() {
			name := theme.Text
			fill.FillColor, fill.StrokeColor = theme.Color(theme.Surface), theme.Color(theme.FieldBorder)
			switch {
			case c.Disabled():
				name, fill.StrokeColor = theme.Disabled, theme.Color(theme.Disabled)
			case c.on:
				name = theme.Accent
				fill.FillColor, fill.StrokeColor = theme.Color(theme.Selected), theme.Color(theme.Accent)
			case c.hovered:
				fill.FillColor = theme.Color(theme.Hover)
			}
			line.Text, line.TextSize, line.Alignment, line.Color = c.text, theme.SmallSize, fyne.TextAlignCenter, theme.Color(name)
			showRing(ring, c.focused)
		},
	})
}
