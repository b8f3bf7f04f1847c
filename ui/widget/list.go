package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// List is rows of one height in a column that scrolls; it makes as many of them as can be seen. It takes the
// focus as one: Up, Down, Page, Home and End move, Enter does what a click does, Left and Right walk through
// the actions of the row. For Fyne's goroutine.
type List struct {
	widget.List
	// OnActivate is called with the index of the row that was clicked, or entered.
	OnActivate func(i int)
	// OnMenu is called for a click of the secondary button, or the Menu key, with its place in the window.
	OnMenu func(i int, at fyne.Position)
	// OnKey is called for a key that the list has no use for: Delete, say.
	OnKey func(i int, key fyne.KeyName)
	// OnFirst, where set, sees each key before the list; what it reports as done goes no further: Space that plays, say.
	OnFirst func(i int, key fyne.KeyName) (done bool)

	rows    map[*Row]int // which index each row shows, or showed before Fyne put it aside
	height  float32
	current int
	marked  int // the action in the current row, or -1
	keyed   bool

	measured  *Row // what Fyne measures
	measuring bool // it is about to
}

// NewList returns a list of rows of that height in dp. Update is to set what the row shows; it is called
// whenever a row comes into sight and by Refresh.
func NewList(height float32, length func() int, update func(i int, row *Row)) *List {
	l := &List{rows: map[*Row]int{}, height: height, marked: -1}
	l.HideSeparators = true
	l.Length = length
	l.measured = l.newRow()
	l.CreateItem = func() fyne.CanvasObject {
		if l.measuring {
			l.measuring = false
			return l.measured
		}
		return l.newRow()
	}
	l.UpdateItem = func(i int, o fyne.CanvasObject) {
		row := o.(*Row)
		l.take(row, i)
		update(i, row)
		l.mark(row)
	}
	l.ExtendBaseWidget(l)
	return l
}

// Refresh shows the rows anew. Fyne has a row made each time, to measure it, and keeps what it drew of that for a
// minute or longer: it gets the same one.
func (l *List) Refresh() {
	l.measuring = true
	l.List.Refresh()
	l.measuring = false
}

func (l *List) newRow() *Row {
	row := NewRow(l.height)
	row.OnTapped = func() {
		i, shown := l.rows[row]
		if !shown {
			return
		}
		l.current, l.marked, l.keyed = i, -1, false
		l.markAll()
		if l.OnActivate != nil {
			l.OnActivate(i)
		}
	}
	row.OnMenu = func(at fyne.Position) {
		if i, shown := l.rows[row]; shown && l.OnMenu != nil && !row.content.Heading {
			l.OnMenu(i, at)
		}
	}
	return row
}

// take notes that the row shows the index from now on. Fyne never says that it has dropped a row, so those that
// can no longer be in sight are forgotten now and then.
func (l *List) take(row *Row, i int) {
	before, known := l.rows[row]
	if known && before == i {
		return
	}
	row.hovered = false // the pointer was on what it showed before
	first, seen := int(l.GetScrollOffset()/l.height), int(l.Size().Height/l.height)+2
	forget := len(l.rows) > 4*seen
	for other, shown := range l.rows {
		if shown == i || forget && (shown < first-seen || shown > first+2*seen) {
			delete(l.rows, other)
		}
	}
	l.rows[row] = i
}

// Current returns the index that the keys are on.
func (l *List) Current() int { return l.current }

// SetCurrent moves the keys to the index and brings it into sight.
func (l *List) SetCurrent(i int) {
	if n := l.Length(); n > 0 {
		l.current, l.marked = min(max(i, 0), n-1), -1
		l.ScrollTo(l.current)
		l.markAll()
	}
}

// FocusGained is for Fyne.
func (l *List) FocusGained() {
	l.keyed = true
	l.SetCurrent(l.current)
}

// FocusLost is for Fyne.
func (l *List) FocusLost() {
	l.keyed, l.marked = false, -1
	l.markAll()
}

// TypedRune is for Fyne.
func (l *List) TypedRune(r rune) { passRune(l, r) }

// TypedKey is for Fyne.
func (l *List) TypedKey(e *fyne.KeyEvent) {
	l.keyed = true
	if l.OnFirst != nil && l.OnFirst(l.current, e.Name) {
		return
	}
	page := max(1, int(l.Size().Height/l.height)-1)
	switch e.Name {
	case fyne.KeyUp:
		l.SetCurrent(l.current - 1)
	case fyne.KeyDown:
		l.SetCurrent(l.current + 1)
	case fyne.KeyPageUp:
		l.SetCurrent(l.current - page)
	case fyne.KeyPageDown:
		l.SetCurrent(l.current + page)
	case fyne.KeyHome:
		l.SetCurrent(0)
	case fyne.KeyEnd:
		l.SetCurrent(l.Length() - 1)
	default:
		l.typedInRow(e.Name)
	}
}

func (l *List) typedInRow(key fyne.KeyName) {
	row := l.row(l.current)
	if row == nil {
		return
	}
	switch key {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		row.enter()
	case fyne.KeyLeft, fyne.KeyRight:
		by := 1
		if key == fyne.KeyLeft {
			by = -1
		}
		row.step(by)
		l.marked = row.marked
	case desktop.KeyMenu:
		if l.OnMenu != nil {
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(row)
			l.OnMenu(l.current, at.AddXY(rowPad, l.height))
		}
	default:
		if l.OnKey != nil {
			l.OnKey(l.current, key)
		}
	}
}

// row returns what shows the index now, or nil.
func (l *List) row(i int) *Row {
	for row, shown := range l.rows {
		if shown == i && row.Visible() {
			return row
		}
	}
	return nil
}

func (l *List) markAll() {
	for row := range l.rows {
		l.mark(row)
	}
}

func (l *List) mark(row *Row) {
	if l.keyed && l.rows[row] == l.current {
		row.mark(true, l.marked)
	} else {
		row.mark(false, -1)
	}
}
