package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
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
	first   fyne.Focusable // what has the focus in it, if anything
	before  fyne.Focusable // what had the focus
}

// open shows the content where place says.
func (o *overlay) open() {
	hideTip()
	o.ExtendBaseWidget(o)
	o.before = o.over.Focused()
	o.over.Overlays().Add(o)
	o.Resize(o.over.Size())
	o.focus()
}

func (o *overlay) focus() {
	if o.first != nil {
		o.over.Focus(o.first)
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
	if o.dims {
		o.focus() // Fyne takes it from all for a click into the void
		return
	}
	o.close()
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
