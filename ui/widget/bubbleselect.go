package widget

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// byteAt returns the byte of the text at that place: the nearest, or none where near is not set and there is no text.
func (b *Bubble) byteAt(pos fyne.Position, near bool) (int, bool) {
	s := b.shape
	x, y := pos.X-s.x-bubblePad, pos.Y-s.y-bubbleEdge
	line := int(y / s.body.high())
	switch {
	case near && y < 0:
		return 0, true
	case near && line >= len(s.body.lines):
		return len(s.body.text), true
	case y < 0 || line >= len(s.body.lines):
		return 0, false
	}
	x -= b.indent(line)
	if !near && (x < -2 || x > s.body.lines[line].wide+2) {
		return 0, false
	}
	return s.body.offset(line, x), true
}

// indent is how far from the left of the text the line begins: one that reads from the right ends at the right.
func (b *Bubble) indent(line int) float32 {
	if l := b.shape.body.lines[line]; l.right {
		return b.shape.wide - 2*bubblePad - l.wide
	}
	return 0
}

// Selected returns what is selected.
func (b *Bubble) Selected() string {
	from, to := min(b.from, b.to), max(b.from, b.to)
	return b.shape.body.text[from:min(to, len(b.shape.body.text))]
}

// setPick is for the Transcript, which keeps what is selected.
func (b *Bubble) setPick(from, to int) {
	n := len(b.shape.body.text)
	from, to = min(from, n), min(to, n)
	if from != b.from || to != b.to {
		b.from, b.to = from, to
		b.Refresh()
	}
}

func (b *Bubble) choose(from, to int) {
	if from == b.from && to == b.to {
		return
	}
	b.from, b.to = from, to
	b.tellPick()
	b.Refresh()
}

func (b *Bubble) tellPick() {
	if b.of != nil {
		b.of.pick(b, b.from, b.to, b.Selected())
	}
}

// MouseDown is for Fyne. The second click at a place takes the word.
func (b *Bubble) MouseDown(e *desktop.MouseEvent) {
	b.press.MouseDown(e)
	if b.of != nil {
		b.of.attend()
	}
	at, in := b.byteAt(e.Position, false)
	if e.Button != desktop.MouseButtonPrimary {
		return
	}
	now, apart := time.Now(), e.Position.Subtract(b.sel.at)
	twice := now.Sub(b.sel.last) < doubleClick && apart.X*apart.X+apart.Y*apart.Y <= samePlace*samePlace
	b.sel.last, b.sel.at = now, e.Position
	switch {
	case !in:
		b.choose(0, 0)
		b.sel.on = false
	case twice:
		b.sel.on = false
		b.choose(wordAt(b.shape.body.text, at))
	case e.Modifier&fyne.KeyModifierShift != 0 && b.from != b.to:
		b.choose(b.from, at)
		b.sel.on = true
	default:
		b.choose(at, at)
		b.sel.on = true
	}
	if b.of != nil {
		b.of.pick(b, b.from, b.to, b.Selected())
	}
}

// MouseUp is for Fyne.
func (b *Bubble) MouseUp(e *desktop.MouseEvent) {
	b.press.MouseUp(e)
	b.sel.on = false
}

// Dragged is for Fyne.
func (b *Bubble) Dragged(e *fyne.DragEvent) {
	if !b.sel.on {
		return
	}
	if at, ok := b.byteAt(e.Position, true); ok {
		b.choose(b.from, at)
	}
}

// DragEnd is for Fyne.
func (b *Bubble) DragEnd() { b.sel.on = false }
