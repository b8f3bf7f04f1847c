package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/callward/callward/ui/theme"
)

// raised is a Card with a shadow. It takes the clicks that would close the overlay.
type raised struct {
	widget.BaseWidget
	content fyne.CanvasObject
}

func newRaised(content fyne.CanvasObject) *raised {
	r := &raised{content: content}
	r.ExtendBaseWidget(r)
	return r
}

// Tapped is for Fyne.
func (r *raised) Tapped(*fyne.PointEvent) {}

// CreateRenderer is for Fyne.
func (r *raised) CreateRenderer() fyne.WidgetRenderer {
	const layers = 6
	ground := newFill(theme.Radius)
	ground.StrokeWidth = 1
	objects := make([]fyne.CanvasObject, layers, layers+2)
	for i := range layers {
		objects[i] = newFill(theme.Radius + float32(i))
	}
	return rendered(r, &renderer{
		objects: append(objects, ground, r.content),
		min:     func() fyne.Size { return r.content.MinSize() },
		layout: func(size fyne.Size) {
			for i := range layers {
				off := float32(i)
				place(objects[i], -off, 2-off, size.Width+2*off, size.Height+2*off)
			}
			ground.Resize(size)
			r.content.Resize(size)
		},
		redraw: func() {
			for i := range layers {
				objects[i].(*canvas.Rectangle).FillColor = color.NRGBA{A: 0x09}
			}
			ground.FillColor, ground.StrokeColor = theme.Color(theme.Surface), theme.Color(theme.Hairline)
		},
	})
}
