package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
)

// wide gives its one object that width and no other, and the least height, in the middle.
type wide struct{ width float32 }

// MinSize is for Fyne.
func (w *wide) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(w.width, objects[0].MinSize().Height)
}

// Layout is for Fyne.
func (w *wide) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	height := objects[0].MinSize().Height
	place(objects[0], 0, (size.Height-height)/2, min(w.width, size.Width), height)
}

// rightmost gives its one object no more width than that, at the right.
type rightmost struct{ width float32 }

// MinSize is for Fyne.
func (r rightmost) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(80, objects[0].MinSize().Height)
}

// Layout is for Fyne.
func (r rightmost) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := min(r.width, size.Width)
	place(objects[0], size.Width-width, 0, width, size.Height)
}

// narrow gives its one object no more width than that, at the left.
type narrow struct{ width float32 }

// MinSize is for Fyne.
func (n *narrow) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// Layout is for Fyne.
func (n *narrow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	place(objects[0], 0, 0, min(n.width, size.Width), size.Height)
}

// beside gives its first object the least width that it wants, and the second all else.
type beside struct{}

// MinSize is for Fyne.
func (beside) MinSize(objects []fyne.CanvasObject) fyne.Size {
	left, right := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(left.Width+right.Width, max(left.Height, right.Height))
}

// Layout is for Fyne.
func (beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left := objects[0].MinSize().Width
	place(objects[0], 0, 0, left, size.Height)
	place(objects[1], left, 0, size.Width-left, size.Height)
}

// flow stacks objects with a gap between them, as column does, but gives each its width
// before it asks for the height: text that wraps knows it only then.
func flow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flowLayout{gap}, objects...)
}

type flowLayout struct{ gap float32 }

// MinSize is for Fyne.
func (f *flowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size, gap := fyne.Size{}, float32(0)
	for _, o := range objects {
		if o.Visible() {
			least := o.MinSize()
			size = fyne.NewSize(max(size.Width, least.Width), size.Height+gap+least.Height)
			gap = f.gap
		}
	}
	return size
}

// Layout is for Fyne.
func (f *flowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		if o.Visible() {
			o.Resize(fyne.NewSize(size.Width, o.Size().Height))
			height := o.MinSize().Height
			place(o, 0, y, size.Width, height)
			y += height + f.gap
		}
	}
}

// layoutLeft leaves that much room at the left.
func layoutLeft(left float32) fyne.Layout { return layout.NewCustomPaddedLayout(0, 0, left, 0) }

// outward lets rows reach out of the margin by the 12 that they have within, so that
// their text stands in line with the titles.
func outward(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(0, 0, -12, -12), o)
}
