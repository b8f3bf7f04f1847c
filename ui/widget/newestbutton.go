package widget

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/callward/callward/ui/theme"
)

// newestButton is the round button that leads to the end of a Transcript, with the number of what is new there.
type newestButton struct {
	control
	badge *Badge
}

const newestSide float32 = 40

func newNewestButton(tip string, tapped func()) *newestButton {
	b := &newestButton{badge: NewBadge(0)}
	b.tip, b.OnTapped = tip, tapped
	b.extend(b)
	return b
}

func (b *newestButton) set(n int) {
	b.badge.SetCount(n)
	b.Refresh()
}

// CreateRenderer is for Fyne.
func (b *newestButton) CreateRenderer() fyne.WidgetRenderer {
	shadow, disc, ring, icon := newFill(0), newFill(newestSide/2), newRing(), newIcon()
	disc.StrokeWidth = 1
	return rendered(b, &renderer{
		objects: []fyne.CanvasObject{shadow, disc, ring, icon, b.badge},
		min:     func() fyne.Size { return fyne.NewSquareSize(newestSide) },
		layout: func(size fyne.Size) {
			const off = 2
			shadow.CornerRadius = newestSide/2 + off
			place(shadow, -off, 1-off, size.Width+2*off, size.Height+2*off)
			disc.Resize(size)
			ring.CornerRadius = newestSide / 2
			ring.Resize(size)
			place(icon, middle(size.Width, theme.IconSize), middle(size.Height, theme.IconSize), theme.IconSize, theme.IconSize)
			least := b.badge.MinSize()
			place(b.badge, middle(size.Width, least.Width), -least.Height/2, least.Width, least.Height)
		},
		redraw: func() {
			shadow.FillColor = theme.Color(fynetheme.ColorNameShadow)
			disc.FillColor, disc.StrokeColor = theme.Color(theme.Surface), theme.Color(theme.Hairline)
			if name := groundOf(&b.press); name != theme.Clear {
				disc.FillColor = theme.Color(name)
			}
			setIcon(icon, theme.IconChevronDown, theme.Secondary)
			showRing(ring, b.focused)
		},
	})
}
