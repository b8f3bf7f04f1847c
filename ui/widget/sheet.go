package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/callward/callward/ui/theme"
)

// Sheet is a card over a dimmed window that asks something before anything else goes on. For Fyne's goroutine.
type Sheet struct{ on *overlay }

// ShowSheet shows title, content, which may be nil, and buttons, right-aligned with the one to be taken last.
// The buttons close it by [Sheet.Close]; Escape on a button does what the first of several does. The focus goes to
// first or, where that is nil, to the last button.
func ShowSheet(over fyne.Canvas, title string, content fyne.CanvasObject, first fyne.Focusable, buttons ...*Button) *Sheet {
	const width, pad = 400, theme.PagePadding
	line := container.New(layout.NewCustomPaddedHBoxLayout(theme.Grid), layout.NewSpacer())
	for _, b := range buttons {
		line.Add(b)
		if len(buttons) > 1 {
			b.OnEscape = buttons[0].act
		}
	}
	if first == nil && len(buttons) > 0 {
		first = buttons[len(buttons)-1]
	}
	column := container.New(layout.NewCustomPaddedVBoxLayout(2*theme.Grid), NewText(title, Title))
	if content != nil {
		column.Add(content)
	}
	column.Add(line)
	s := &Sheet{on: &overlay{
		over: over, dims: true, first: first,
		content: container.New(&sheetLayout{width: width}, container.New(layout.NewCustomPaddedLayout(pad, pad, pad, pad), column)),
		place: func(window, card fyne.Size) fyne.Position {
			return fyne.NewPos(middle(window.Width, card.Width), middle(window.Height, card.Height)*0.8)
		},
	}}
	s.on.open()
	return s
}

// Relay lays the sheet anew: what it shows has another height.
func (s *Sheet) Relay() {
	if s.on.over != nil {
		s.on.Refresh()
	}
}

// Close takes the sheet away and gives the focus back. A second call does nothing.
func (s *Sheet) Close() { s.on.close() }

// sheetLayout gives its one object at least that width.
type sheetLayout struct{ width float32 }

func (s *sheetLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := objects[0].MinSize()
	return fyne.NewSize(max(s.width, size.Width), size.Height)
}

func (s *sheetLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }
