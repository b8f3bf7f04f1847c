package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/callward/callward/ui/theme"
)

// overlay lies over a whole window, with one thing on a raised card. A click beside the card closes it, unless
// it dims the window: then it wants an answer. For Fyne's goroutine.
type overlay struct {
	widget.BaseWidget
	over    fyne.Canvas
	content fyne.CanvasObject
	dims    bool
	place   func(window, card fyne.Size) fyne.Position
	onClose func()
	before  fyne.Focusable // what had the focus
}

// open shows the content where place says, and gives the focus to first, which may be nil.
func (o *overlay) open(first fyne.Focusable) {
	hideTip()
	o.ExtendBaseWidget(o)
	o.before = o.over.Focused()
	o.over.Overlays().Add(o)
	o.Resize(o.over.Size())
	if first != nil {
		o.over.Focus(first)
	}
}

// close takes it away and gives the focus back. A second call does nothing.
func (o *overlay) close() {
	if o.over == nil {
		return
	}
	over := o.over
	o.over = nil
	over.Overlays().Remove(o)
	if o.before != nil {
		over.Focus(o.before)
	}
	if o.onClose != nil {
		o.onClose()
	}
}

// Tapped is for Fyne.
func (o *overlay) Tapped(*fyne.PointEvent) {
	if !o.dims {
		o.close()
	}
}

// TappedSecondary is for Fyne.
func (o *overlay) TappedSecondary(e *fyne.PointEvent) { o.Tapped(e) }

// CreateRenderer is for Fyne.
func (o *overlay) CreateRenderer() fyne.WidgetRenderer {
	veil := canvas.NewRectangle(color.Transparent)
	card := newRaised(o.content)
	return rendered(o, &renderer{
		objects: []fyne.CanvasObject{veil, card},
		min:     card.MinSize,
		layout: func(size fyne.Size) {
			veil.Resize(size)
			least := card.MinSize()
			card.Resize(least) // text that wraps says what it needs only now
			least = card.MinSize()
			at := o.place(size, least)
			place(card, max(0, at.X), max(0, at.Y), least.Width, least.Height)
		},
		redraw: func() {
			if o.dims {
				veil.FillColor = color.NRGBA{A: 0x66}
			}
		},
	})
}

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
