package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/callward/callward/ui/theme"
)

// Card is a surface with a thin edge and round corners that holds what belongs together. For Fyne's goroutine.
type Card struct {
	widget.BaseWidget
	content fyne.CanvasObject
}

const cardPad = 2 * theme.Grid

// NewCard returns the content on a card, 16 from its edges.
func NewCard(content fyne.CanvasObject) *Card {
	c := &Card{content: content}
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer is for Fyne.
func (c *Card) CreateRenderer() fyne.WidgetRenderer {
	ground := newFill(theme.Radius)
	ground.StrokeWidth = 1
	return rendered(c, &renderer{
		objects: []fyne.CanvasObject{ground, c.content},
		min:     func() fyne.Size { return c.content.MinSize().AddWidthHeight(2*cardPad, 2*cardPad) },
		layout: func(size fyne.Size) {
			ground.Resize(size)
			place(c.content, cardPad, cardPad, size.Width-2*cardPad, size.Height-2*cardPad)
		},
		redraw: func() {
			ground.FillColor, ground.StrokeColor = theme.Color(theme.Surface), theme.Color(theme.Hairline)
		},
	})
}
