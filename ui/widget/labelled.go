package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/callward/callward/ui/theme"
)

// Labelled returns the object with a label over it, as a [Field] has it: for a Choice, a Radio, a Slider.
func Labelled(label string, o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedVBoxLayout(theme.Grid/2), NewText(label, Small), o)
}
