package widget

import (
	"fyne.io/fyne/v2"

	"github.com/callward/callward/ui/theme"
)

// Action is a button at the right of a Row. It appears while the pointer or the focus is on the row.
type Action struct {
	Icon   theme.Icon
	Tip    string
	Tapped func()
}

// rowAction is the button of an Action. The Tab key passes it by: its row hands it the keys.
type rowAction struct {
	press
	face   iconFace
	marked bool
}

const actionSide float32 = 32

// newRowAction returns a button that keeps its row hovered while the pointer is on it.
func newRowAction(row *Row) *rowAction {
	b := &rowAction{face: iconFace{color: theme.Secondary, side: actionSide}}
	b.ground = theme.Selected
	b.onHover = func(in bool) {
		row.hovered = in
		row.Refresh()
	}
	b.extend(b)
	return b
}

func (b *rowAction) set(a Action) {
	b.tip, b.OnTapped = a.Tip, a.Tapped
	if b.face.icon != a.Icon {
		b.face.icon = a.Icon
		b.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (b *rowAction) CreateRenderer() fyne.WidgetRenderer {
	return b.face.renderer(&b.press, func() bool { return b.marked })
}
