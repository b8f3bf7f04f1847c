package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// stop is a row of a Transcript that the keys can be on.
type stop interface {
	fyne.CanvasObject
	// mark shows that the keys are on the row, and on which of its actions; -1 is the row itself.
	mark(on bool, action int)
	// actions returns how many there are in it.
	actions() int
	// enter does what Enter does.
	enter(action int)
	// menu opens what the Menu key opens.
	menu(action int)
	// whole returns its text, for Ctrl+A.
	whole() string
}

// transcriptKeys is where the keys are: which row, and which action in it, or -1.
type transcriptKeys struct {
	row, action int
	on          bool // the list has the focus, and had a key
}

func (k *transcriptKeys) shift(n int) {
	if k.row >= 0 {
		k.row = max(-1, k.row+n)
	}
}

// transcriptPick is the text that is selected: in one row at a time, which may be out of sight.
type transcriptPick struct {
	row      int // or -1
	from, to int // bytes of its text
	text     string
}

// pick notes what is selected in the object's row, and lets go of what was selected before.
func (t *Transcript) pick(o fyne.CanvasObject, from, to int, text string) {
	before := t.picked.row
	t.picked = transcriptPick{t.index(o), from, to, text}
	if row := t.live[before]; row != nil && before != t.picked.row {
		t.showPick(before, row.o)
	}
}

func (t *Transcript) showPick(i int, o fyne.CanvasObject) {
	if in, ok := o.(interface{ setPick(from, to int) }); ok {
		if i == t.picked.row {
			in.setPick(t.picked.from, t.picked.to)
		} else {
			in.setPick(0, 0)
		}
	}
}

// Selected returns the text that is selected in a row, or nothing.
func (t *Transcript) Selected() string { return t.picked.text }

// attend takes the focus for a click in a row.
func (t *Transcript) attend() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil && c.Focused() != fyne.Focusable(t) {
		c.Focus(t)
	}
	t.keys.on = false
	t.markAll()
}

func (t *Transcript) mark(i int, o fyne.CanvasObject) {
	if s, ok := o.(stop); ok {
		on := t.keys.on && i == t.keys.row
		action := -1
		if on {
			action = t.keys.action
		}
		s.mark(on, action)
	}
}

func (t *Transcript) markAll() {
	for i, row := range t.live {
		t.mark(i, row.o)
	}
}

// at returns the row that the keys are on, where it is in sight.
func (t *Transcript) at() stop {
	if row := t.live[t.keys.row]; row != nil {
		s, _ := row.o.(stop)
		return s
	}
	return nil
}

// FocusGained is for Fyne. The keys begin at the lowest row that can do something.
func (t *Transcript) FocusGained() {
	t.keys.on = true
	if t.at() == nil {
		t.keys.row, t.keys.action = t.next(len(t.heights), -1), -1
	}
	t.markAll()
}

// FocusLost is for Fyne.
func (t *Transcript) FocusLost() {
	t.keys.on, t.keys.action = false, -1
	t.markAll()
}

// next returns the first row in sight from that index on, exclusive, that the keys can be on, or -1.
func (t *Transcript) next(from, by int) int {
	last := t.Last()
	if by < 0 {
		from = min(from, last+1)
	} else {
		from = max(from, t.top-1)
	}
	for i := from + by; i >= t.top && i <= last; i += by {
		if _, ok := t.live[i].o.(stop); ok {
			return i
		}
	}
	return -1
}

// step moves the keys to the next row in that direction, or scrolls where that one is not wholly in sight.
func (t *Transcript) step(by int) {
	to := t.next(t.keys.row, by)
	if to >= 0 {
		t.keys.row, t.keys.action = to, -1
		t.markAll()
	}
	edge := t.keys.row
	if to < 0 || edge < 0 {
		t.scroll(float32(by) * transcriptStep)
		return
	}
	row := t.live[edge].o
	y, high := row.Position().Y, row.Size().Height
	switch {
	case by < 0 && y < 0:
		t.scroll(max(y-transcriptPad, -max(transcriptStep, t.room()-high)))
	case by > 0 && y+high > t.room():
		t.scroll(min(y+high-t.room(), max(transcriptStep, t.room()-high)))
	}
}

// TypedRune is for Fyne.
func (t *Transcript) TypedRune(r rune) { passRune(t, r) }

// TypedKey is for Fyne.
func (t *Transcript) TypedKey(e *fyne.KeyEvent) {
	page := max(transcriptStep, t.room()-transcriptStep)
	before := t.keys.on
	t.keys.on = true
	switch e.Name {
	case fyne.KeyUp:
		t.step(-1)
	case fyne.KeyDown:
		t.step(1)
	case fyne.KeyPageUp:
		t.scroll(-page)
	case fyne.KeyPageDown, fyne.KeySpace:
		t.scroll(page)
	case fyne.KeyHome:
		t.ScrollTo(0, true)
	case fyne.KeyEnd:
		t.ScrollToEnd()
	case fyne.KeyLeft, fyne.KeyRight:
		t.walkActions(e.Name)
	case fyne.KeyReturn, fyne.KeyEnter:
		if s := t.at(); s != nil {
			s.enter(t.keys.action)
		}
	case desktop.KeyMenu:
		if s := t.at(); s != nil {
			s.menu(t.keys.action)
		}
	case fyne.KeyEscape:
		t.escape(e)
	default:
		t.keys.on = before
	}
	t.markAll()
}

// escape lets go of what is selected; where nothing is, the window has the key.
func (t *Transcript) escape(e *fyne.KeyEvent) {
	if t.picked.text != "" {
		t.pick(nil, 0, 0, "")
	} else if on := windowOf(t); on != nil && on.OnTypedKey() != nil {
		on.OnTypedKey()(e)
	}
}

func (t *Transcript) walkActions(key fyne.KeyName) {
	s := t.at()
	if s == nil {
		return
	}
	by := 1
	if key == fyne.KeyLeft {
		by = -1
	}
	t.keys.action = min(max(-1, t.keys.action+by), s.actions()-1)
}

// TypedShortcut is for Fyne: Ctrl+A and Ctrl+C. Others are the window's, which Fyne leaves out while something has
// the focus that knows shortcuts.
func (t *Transcript) TypedShortcut(shortcut fyne.Shortcut) {
	switch shortcut.(type) {
	case *fyne.ShortcutSelectAll:
		if s := t.at(); s != nil {
			t.pick(s, 0, len(s.whole()), s.whole())
			t.showPick(t.keys.row, s)
		}
	case *fyne.ShortcutCopy:
		text := t.picked.text
		if s := t.at(); text == "" && s != nil {
			text = s.whole()
		}
		if text != "" {
			fyne.CurrentApp().Clipboard().SetContent(text)
		}
	default:
		if on, ok := fyne.CurrentApp().Driver().CanvasForObject(t).(fyne.Shortcutable); ok {
			on.TypedShortcut(shortcut)
		}
	}
}
