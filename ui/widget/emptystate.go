package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/callward/callward/ui/theme"
)

// NewEmptyState returns what a page shows that has nothing to show: an icon, one sentence and, unless it is nil,
// one button, at the top left.
func NewEmptyState(icon theme.Icon, sentence string, action *Button) fyne.CanvasObject {
	column := container.New(layout.NewCustomPaddedVBoxLayout(1.5*theme.Grid),
		container.NewHBox(NewIcon(icon, theme.Secondary, theme.EmptyIconSize)),
		NewParagraph(sentence, Body),
	)
	if action != nil {
		column.Add(container.NewHBox(action))
	}
	return container.New(&columnLayout{width: theme.FormWidth}, column)
}

// columnLayout gives its one object no more width than that, at the top left.
type columnLayout struct{ width float32 }

func (c *columnLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

func (c *columnLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := min(c.width, size.Width)
	objects[0].Resize(fyne.NewSize(width, objects[0].Size().Height))
	place(objects[0], 0, 0, width, objects[0].MinSize().Height)
}
