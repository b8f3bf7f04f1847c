package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/callward/callward/ui/theme"
)

// NavItem is a page in the navigation of Settings: an icon and its name in a line. For Fyne's goroutine.
type NavItem struct {
	control
	icon     theme.Icon
	text     string
	selected bool
}

// NewNavItem returns one that is not selected. The icon may be empty.
func NewNavItem(icon theme.Icon, text string, tapped func()) *NavItem {
	n := &NavItem{icon: icon, text: text}
	n.OnTapped = tapped
	n.extend(n)
	return n
}

// SetSelected shows whether this page is open.
func (n *NavItem) SetSelected(selected bool) {
	if selected != n.selected {
		n.selected = selected
		n.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (n *NavItem) CreateRenderer() fyne.WidgetRenderer {
	fill, ring, bar, icon := newFill(theme.Radius), newRing(), newFill(1.5), newIcon()
	line := canvas.NewText("", color.Transparent)
	left := func() float32 {
		if n.icon == "" {
			return rowPad
		}
		return 2*rowPad + theme.IconSize
	}
	return rendered(n, &renderer{
		objects: []fyne.CanvasObject{fill, ring, bar, icon, line},
		min:     func() fyne.Size { return fyne.NewSize(left()+line.MinSize().Width+rowPad, theme.ButtonHeight) },
		layout: func(size fyne.Size) {
			fill.Resize(size)
			ring.Resize(size)
			place(bar, 0, 8, 3, size.Height-16)
			place(icon, rowPad, middle(size.Height, theme.IconSize), theme.IconSize, theme.IconSize)
			h := line.MinSize().Height
			place(line, left(), middle(size.Height, h), size.Width-left()-rowPad, h)
		},
		redraw: func() {
			name := theme.Secondary
			fill.FillColor, bar.FillColor = theme.Color(groundOf(&n.press)), color.Transparent
			if n.selected {
				name = theme.Accent
				fill.FillColor, bar.FillColor = theme.Color(theme.Selected), theme.Color(theme.Accent)
			}
			line.Text, line.TextSize, line.TextStyle.Bold = n.text, theme.TextSize, n.selected
			line.Color = theme.Color(theme.Text)
			setIcon(icon, n.icon, name)
			showRing(ring, n.focused)
		},
	})
}
