package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/callward/callward/ui/theme"
)

// Check is a box to tick with its text beside it. For Fyne's goroutine.
type Check struct {
	control
	// OnChanged is called with what the user has made of it.
	OnChanged func(on bool)

	text string
	on   bool
}

// NewCheck returns a box that is not ticked. OnChanged may be nil.
func NewCheck(text string, onChanged func(on bool)) *Check {
	c := &Check{text: text, OnChanged: onChanged}
	c.OnTapped = func() {
		c.Set(!c.on)
		if c.OnChanged != nil {
			c.OnChanged(c.on)
		}
	}
	c.extend(c)
	return c
}

// On reports whether it is ticked.
func (c *Check) On() bool { return c.on }

// Text returns what stands beside the box.
func (c *Check) Text() string { return c.text }

// Set ticks it or not, without telling OnChanged.
func (c *Check) Set(on bool) {
	if on != c.on {
		c.on = on
		c.Refresh()
	}
}

// SetText puts another text beside the box.
func (c *Check) SetText(text string) {
	if text != c.text {
		c.text = text
		c.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	box, tick := newFill(5), newIcon()
	box.StrokeWidth = 1
	return c.mark(&c.press, func() string { return c.text }, box, tick, func() {
		box.FillColor, box.StrokeColor = theme.Color(theme.Surface), theme.Color(theme.FieldBorder)
		setIcon(tick, "", theme.OnFill)
		if c.on {
			box.FillColor, box.StrokeColor = theme.Color(theme.Accent), theme.Color(theme.Accent)
			setIcon(tick, theme.IconCheck, theme.OnFill)
		}
		if c.Disabled() {
			box.StrokeColor = theme.Color(theme.Disabled)
		}
	})
}

const markSide float32 = 20

// mark returns the renderer of a mark of 20 before a text, as boxes and radio buttons have it.
func (c *control) mark(p *press, text func() string, ground, inner fyne.CanvasObject, redraw func()) fyne.WidgetRenderer {
	fill, ring, line := newFill(theme.Radius), newRing(), canvas.NewText(text(), color.Transparent)
	const pad = theme.Grid
	return rendered(p.self, &renderer{
		objects: []fyne.CanvasObject{fill, ring, ground, inner, line},
		min: func() fyne.Size {
			return fyne.NewSize(markSide+theme.Grid+line.MinSize().Width+2*pad, theme.ButtonHeight)
		},
		layout: func(size fyne.Size) {
			// The mark stands in line with the fields above; the ground reaches out to the left.
			place(fill, -pad, 0, min(size.Width, markSide+theme.Grid+line.MinSize().Width+2*pad)+pad/2, size.Height)
			ring.Move(fill.Position())
			ring.Resize(fill.Size())
			y := middle(size.Height, markSide)
			place(ground, 0, y, markSide, markSide)
			place(inner, 2, y+2, markSide-4, markSide-4)
			h := line.MinSize().Height
			place(line, markSide+theme.Grid, middle(size.Height, h), line.MinSize().Width, h)
		},
		redraw: func() {
			fill.FillColor = theme.Color(groundOf(p))
			line.Text, line.TextSize, line.Color = text(), theme.TextSize, theme.Color(theme.Text)
			if c.Disabled() {
				line.Color = theme.Color(theme.Disabled)
			}
			showRing(ring, c.focused)
			redraw()
		},
	})
}
