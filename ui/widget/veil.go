package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/callward/callward/ui/theme"
)

// Veil dims a part of a window and shows a card on it, 400 wide, while the rest of the window
// can be used. A click beside the card does nothing. For Fyne's goroutine.
type Veil struct {
	widget.BaseWidget
	content fyne.CanvasObject
}

// NewVeil returns a veil with content on its card.
func NewVeil(content fyne.CanvasObject) *Veil {
	v := &Veil{content: content}
	v.ExtendBaseWidget(v)
	return v
}

// Tapped is for Fyne: nothing under the veil has the click.
func (v *Veil) Tapped(*fyne.PointEvent) {}

// TappedSecondary is for Fyne.
func (v *Veil) TappedSecondary(*fyne.PointEvent) {}

// CreateRenderer is for Fyne.
func (v *Veil) CreateRenderer() fyne.WidgetRenderer {
	const width = 400
	ground, card := canvas.NewRectangle(color.Transparent), newRaised(v.content)
	return rendered(v, &renderer{
		objects: []fyne.CanvasObject{ground, card},
		min:     func() fyne.Size { return fyne.NewSize(0, 0) },
		layout: func(size fyne.Size) {
			ground.Resize(size)
			w := min(width, size.Width-2*theme.Grid)
			card.Resize(fyne.NewSize(w, card.MinSize().Height))
			high := card.MinSize().Height // text that wraps says what it needs only now
			place(card, middle(size.Width, w), max(0, middle(size.Height, high)*0.8), w, high)
		},
		redraw: func() { ground.FillColor = color.NRGBA{A: 0x66} },
	})
}
