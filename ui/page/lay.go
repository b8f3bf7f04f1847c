package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// column stacks objects with a gap between them.
func column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(gap), objects...)
}

// across sets objects side by side with a gap between them.
func across(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedHBoxLayout(gap), objects...)
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

// middled keeps an object at its least height in the middle of the room that it has.
func middled(o fyne.CanvasObject) *fyne.Container { return container.New(middledLayout{}, o) }

type middledLayout struct{}

func (middledLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (middledLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	place(objects[0], 0, (size.Height-objects[0].MinSize().Height)/2, size.Width, objects[0].MinSize().Height)
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
