package widget

import (
	"fyne.io/fyne/v2"

	"github.com/callward/callward/ui/theme"
)

// IconButton is a Button of an icon alone, 36 × 36; its name is its tooltip. For Fyne's goroutine.
type IconButton struct {
	control
	face iconFace
}

// NewIconButton returns a button with that icon and the tooltip that says what it does. Tapped may be nil.
func NewIconButton(icon theme.Icon, tip string, tapped func()) *IconButton {
	b := &IconButton{face: iconFace{icon: icon, color: theme.Secondary, side: theme.ButtonHeight}}
	b.tip, b.OnTapped = tip, tapped
	b.extend(b)
	return b
}

// SetIcon shows another icon.
func (b *IconButton) SetIcon(icon theme.Icon) {
	b.face.icon = icon
	b.Refresh()
}

// SetColor shows the icon in a colour of the theme; it begins in the secondary one.
func (b *IconButton) SetColor(name fyne.ThemeColorName) {
	b.face.color = name
	b.Refresh()
}

// CreateRenderer is for Fyne.
func (b *IconButton) CreateRenderer() fyne.WidgetRenderer {
	return b.face.renderer(&b.press, func() bool { return b.focused })
}

// iconFace is how a button of an icon alone looks.
type iconFace struct {
	icon  theme.Icon
	color fyne.ThemeColorName
	side  float32
}

func (f *iconFace) renderer(p *press, ringed func() bool) fyne.WidgetRenderer {
	fill, ring, icon := newFill(theme.Radius), newRing(), newIcon()
	return rendered(p.self, &renderer{
		objects: []fyne.CanvasObject{fill, ring, icon},
		min:     func() fyne.Size { return fyne.NewSquareSize(f.side) },
		layout: func(size fyne.Size) {
			fill.Resize(size)
			ring.Resize(size)
			place(icon, middle(size.Width, theme.IconSize), middle(size.Height, theme.IconSize), theme.IconSize, theme.IconSize)
		},
		redraw: func() {
			name := f.color
			switch {
			case p.Disabled():
				name = theme.Disabled
			case p.hovered && name == theme.Secondary:
				name = theme.Text
			}
			fill.FillColor = theme.Color(groundOf(p))
			setIcon(icon, f.icon, name)
			showRing(ring, ringed())
		},
	})
}

// groundOf returns the fill of what has none at rest.
func groundOf(p *press) fyne.ThemeColorName {
	switch {
	case p.Disabled():
		return theme.Clear
	case p.pressed:
		return theme.Selected
	case p.hovered:
		return or(p.ground, theme.Hover)
	default:
		return theme.Clear
	}
}
