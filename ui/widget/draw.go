// Package widget holds what the pages are built of. Widgets know nothing of calls: they show what they are
// given and tell by callbacks what was done. All of them are made, changed and called on Fyne's goroutine alone.
package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/callward/callward/ui/theme"
)

// renderer is a fyne.WidgetRenderer made of functions. Redraw sets colours and texts, then layout places.
type renderer struct {
	of      fyne.Widget
	objects []fyne.CanvasObject
	min     func() fyne.Size
	layout  func(fyne.Size)
	redraw  func()
}

// rendered returns the renderer of the widget, drawn once.
func rendered(of fyne.Widget, r *renderer) fyne.WidgetRenderer {
	r.of = of
	r.redraw()
	return r
}

func (r *renderer) Destroy()                     {}
func (r *renderer) Layout(size fyne.Size)        { r.layout(size) }
func (r *renderer) MinSize() fyne.Size           { return r.min() }
func (r *renderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *renderer) Refresh() {
	r.redraw()
	r.layout(r.of.Size())
	for _, o := range r.objects {
		switch o.(type) {
		case fyne.Widget, *fyne.Container:
			o.Refresh()
		}
	}
	canvas.Refresh(r.of) // what is not a widget is drawn by this
}

const ringWidth float32 = 2

// newRing returns the outline of what has the focus.
func newRing() *canvas.Rectangle {
	ring := canvas.NewRectangle(color.Transparent)
	ring.StrokeWidth = ringWidth
	ring.CornerRadius = theme.Radius
	return ring
}

func showRing(ring *canvas.Rectangle, show bool) {
	ring.StrokeColor = color.Transparent
	if show {
		ring.StrokeColor = theme.Color(theme.Accent)
	}
}

func newFill(radius float32) *canvas.Rectangle {
	fill := canvas.NewRectangle(color.Transparent)
	fill.CornerRadius = radius
	return fill
}

func newIcon() *canvas.Image {
	img := &canvas.Image{FillMode: canvas.ImageFillContain}
	img.Resize(fyne.NewSquareSize(theme.IconSize))
	return img
}

// setIcon shows the icon in the colour, or none.
func setIcon(img *canvas.Image, icon theme.Icon, name fyne.ThemeColorName) {
	if icon != "" {
		icon.Show(img, name)
	}
	show(img, icon != "")
}

// place moves and resizes in one.
func place(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}

// middle is where something of that height begins so that it is centred.
func middle(outer, inner float32) float32 { return (outer - inner) / 2 }
