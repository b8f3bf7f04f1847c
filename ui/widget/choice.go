package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/callward/callward/ui/theme"
)

// Choice is a line that shows one of many, a device say, and opens a menu of them. For Fyne's goroutine.
type Choice struct {
	control
	// OnChanged is called with the index that the user has chosen.
	OnChanged func(i int)

	options  []string
	selected int
}

// NewChoice returns one among the options; the first is chosen. There may be none.
func NewChoice(options []string, onChanged func(i int)) *Choice {
	c := &Choice{options: options, OnChanged: onChanged}
	c.OnTapped = c.open
	c.extend(c)
	return c
}

// Selected returns the index that is chosen.
func (c *Choice) Selected() int { return c.selected }

// Set shows other options with one of them chosen, without telling OnChanged.
func (c *Choice) Set(options []string, selected int) {
	c.options, c.selected = options, selected
	c.Refresh()
}

// TypedKey is for Fyne: Down opens the menu too.
func (c *Choice) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyDown {
		c.act()
		return
	}
	c.control.TypedKey(e)
}

func (c *Choice) open() {
	items := make([]MenuItem, len(c.options))
	for i, text := range c.options {
		items[i] = MenuItem{Text: text, Checked: i == c.selected, Tapped: func() { c.choose(i) }}
	}
	if len(items) > 0 {
		ShowMenuUnder(c, items...)
	}
}

func (c *Choice) choose(i int) {
	if i == c.selected {
		return
	}
	c.selected = i
	c.Refresh()
	if c.OnChanged != nil {
		c.OnChanged(i)
	}
}

func (c *Choice) text() string {
	if c.selected < 0 || c.selected >= len(c.options) {
		return ""
	}
	return c.options[c.selected]
}

// CreateRenderer is for Fyne.
func (c *Choice) CreateRenderer() fyne.WidgetRenderer {
	ground, ring, icon, line := newFill(theme.Radius), newRing(), newIcon(), canvas.NewText("", color.Transparent)
	ground.StrokeWidth = 1
	const pad, arrow = theme.Grid, 16
	return rendered(c, &renderer{
		objects: []fyne.CanvasObject{ground, ring, line, icon},
		min:     func() fyne.Size { return fyne.NewSize(160, theme.ButtonHeight) },
		layout: func(size fyne.Size) {
			ground.Resize(size)
			ring.Resize(size)
			width := size.Width - 3*pad - arrow
			line.Text = Ellipsis(c.text(), Body, width)
			h := line.MinSize().Height
			place(line, pad, middle(size.Height, h), width, h)
			place(icon, size.Width-pad-arrow, middle(size.Height, arrow), arrow, arrow)
		},
		redraw: func() {
			ground.FillColor, ground.StrokeColor = theme.Color(theme.Surface), theme.Color(theme.FieldBorder)
			if c.hovered && !c.Disabled() {
				ground.FillColor = theme.Color(theme.Hover)
			}
			name := theme.Text
			if c.Disabled() {
				name, ground.StrokeColor = theme.Disabled, theme.Color(theme.Disabled)
			}
			line.TextSize, line.Color = theme.TextSize, theme.Color(name)
			setIcon(icon, theme.IconChevronDown, theme.Secondary)
			showRing(ring, c.focused)
		},
	})
}
