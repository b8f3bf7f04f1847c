package page

import (
	"fyne.io/fyne/v2"
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

// narrow gives its one object no more width than that, at the left.
type narrow struct{ width float32 }

// MinSize is for Fyne.
func (n *narrow) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// Layout is for Fyne.
func (n *narrow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	place(objects[0], 0, 0, min(n.width, size.Width), size.Height)
}

// layoutLeft leaves that much room at the left.
func layoutLeft(left float32) fyne.Layout { return layout.NewCustomPaddedLayout(0, 0, left, 0) }
