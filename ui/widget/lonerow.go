package widget

import (
	"fyne.io/fyne/v2"
)

// LoneRow is a Row in no list: it takes the focus itself. For Fyne's goroutine.
type LoneRow struct{ Row }

// NewLoneRow returns an empty row of that height in dp.
func NewLoneRow(height float32) *LoneRow {
	r := &LoneRow{Row{height: height, marked: -1}}
	r.extend(r)
	return r
}

// FocusGained is for Fyne.
func (r *LoneRow) FocusGained() { r.mark(true, -1) }

// FocusLost is for Fyne.
func (r *LoneRow) FocusLost() { r.mark(false, -1) }

// TypedRune is for Fyne.
func (r *LoneRow) TypedRune(typed rune) { passRune(r, typed) }

// TypedKey is for Fyne: Enter and Space act, Left and Right walk through the actions.
func (r *LoneRow) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		r.enter()
	case fyne.KeyRight:
		r.step(1)
	case fyne.KeyLeft:
		r.step(-1)
	}
}
