package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/callward/callward/ui/theme"
)

// column stacks objects with a gap between them.
func column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(gap), objects...)
}

// across sets objects side by side with a gap between them.
func across(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedHBoxLayout(gap), objects...)
}

// padded gives a part of a page the page's margins at its sides, and space below.
func padded(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(0, 1.5*theme.Grid, theme.PagePadding, theme.PagePadding), o)
}

// inset leaves a margin around an object.
func inset(margin float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(margin, margin, margin, margin), o)
}

// sized gives its objects a least size; what they need themselves does not count.
func sized(width, height float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(sizedLayout{fyne.NewSize(width, height)}, objects...)
}

type sizedLayout struct{ size fyne.Size }

func (l sizedLayout) MinSize([]fyne.CanvasObject) fyne.Size { return l.size }

func (l sizedLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
	}
}

// bar sets objects side by side with a gap between those that are shown, each at its least height in the middle.
func bar(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(barLayout{gap}, objects...)
}

type barLayout struct{ gap float32 }

func (l barLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size, gap := fyne.Size{}, float32(0)
	for _, o := range objects {
		if o.Visible() {
			least := o.MinSize()
			size = fyne.NewSize(size.Width+gap+least.Width, max(size.Height, least.Height))
			gap = l.gap
		}
	}
	return size
}

func (l barLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for _, o := range objects {
		if o.Visible() {
			least := o.MinSize()
			place(o, x, (size.Height-least.Height)/2, least.Width, least.Height)
			x += least.Width + l.gap
		}
	}
}

// middled keeps an object at its least height in the middle of the room that it has.
func middled(o fyne.CanvasObject) *fyne.Container { return container.New(middledLayout{}, o) }

type middledLayout struct{}

func (middledLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (middledLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	place(objects[0], 0, (size.Height-objects[0].MinSize().Height)/2, size.Width, objects[0].MinSize().Height)
}

// wrapLayout sets objects side by side with a gap between them, in as many lines as they need, line apart.
type wrapLayout struct{ gap, line, width float32 }

// MinSize is for the width that there was last.
func (l *wrapLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, l.wrap(objects, func(fyne.CanvasObject, float32, float32) {}))
}

func (l *wrapLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.wrap(objects, func(o fyne.CanvasObject, x, y float32) { place(o, x, y, o.MinSize().Width, o.MinSize().Height) })
}

// wrap tells where each object comes, and returns the height of all.
func (l *wrapLayout) wrap(objects []fyne.CanvasObject, to func(o fyne.CanvasObject, x, y float32)) float32 {
	var x, y, high float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		least := o.MinSize()
		if x > 0 && x+least.Width > l.width {
			x, y, high = 0, y+high+l.line, 0
		}
		to(o, x, y)
		x, high = x+least.Width+l.gap, max(high, least.Height)
	}
	return y + high
}

// place moves and resizes in one.
func place(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}

// show makes an object visible or not, and leaves alone what is so already.
func show(o fyne.CanvasObject, visible bool) {
	switch {
	case visible && !o.Visible():
		o.Show()
	case !visible && o.Visible():
		o.Hide()
	}
}

// canvasOf is the canvas that an object is shown on; nil for none.
func canvasOf(o fyne.CanvasObject) fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(o) }

// canvasFor is the canvas that a page is told of, so that it has one before it was drawn; else that which it is shown on.
func canvasFor(page fyne.CanvasObject, told fyne.Canvas) fyne.Canvas {
	if told != nil {
		return told
	}
	return canvasOf(page)
}
