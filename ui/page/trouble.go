package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/widget"
)

// troubleWidth is that of the sentence: it breaks for it.
const troubleWidth = theme.FormWidth

// NewTrouble is the content of a window that says in a sentence why the program cannot start. closed is called for its
// button, which is to have the focus. For Fyne's goroutine.
func NewTrouble(text string, closed func()) (content fyne.CanvasObject, button fyne.Focusable) {
	done := widget.NewButton(lang.L("Close"), widget.Filled, closed)
	body := flow(2*theme.Grid,
		widget.NewText(lang.L("Callward cannot start"), widget.Title),
		widget.NewParagraph(text, widget.Body),
		container.NewHBox(done),
	)
	body.Resize(fyne.NewSize(troubleWidth, 0)) // the window is as high as the sentence then needs
	least := fyne.NewSize(troubleWidth, body.MinSize().Height)
	return container.NewStack(widget.NewGround(theme.Background), inset(theme.PagePadding, sized(least.Width, least.Height, body))), done
}
