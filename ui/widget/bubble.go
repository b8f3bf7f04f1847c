package widget

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/callward/callward/ui/theme"
)

// Bubble is a text of a talk: a row of a [Transcript], which has the focus for it. Its text is selected by the
// mouse, a double click takes a word. For Fyne's goroutine.
type Bubble struct {
	press
	// OnLink is called for a link of the content that was clicked or entered.
	OnLink func(i int)
	// OnRetry and OnMore are called for the buttons.
	OnRetry, OnMore func()
	// OnText, where set, is called for a click of the secondary button, or the Menu key, with what is selected, or
	// nothing, and the place in the window.
	OnText func(selected string, at fyne.Position)

	content  BubbleContent
	shape    *bubbleShape
	of       *Transcript
	from, to int    // what is selected, in bytes of the text; from may be the greater
	lines    [2]int // which are drawn, where there are many
	under    int    // the action under the pointer, or -1
	action   int    // that the keys are on, or -1
	marked   bool
	sel      bubbleSelecting
}

// bubbleSelecting is a selection that is being made by the mouse.
type bubbleSelecting struct {
	on   bool
	last time.Time // when the button went down before
	at   fyne.Position
}

// NewBubble returns an empty bubble.
func NewBubble() *Bubble {
	b := &Bubble{under: -1, action: -1}
	b.shape = shapeOf(&b.content, 0)
	b.OnTapped = func() {}
	b.extend(b)
	return b
}

// Set shows the content.
func (b *Bubble) Set(c BubbleContent) {
	if b.content.equal(&c) {
		return
	}
	if c.Text != b.content.Text {
		b.from, b.to = 0, 0
	}
	b.content, b.under = c, -1
	b.reshape()
	b.Refresh()
}

// Content returns what Set was given.
func (b *Bubble) Content() BubbleContent { return b.content }

func (b *Bubble) reshape() {
	b.shape = shapeOf(&b.content, b.Size().Width)
	b.lines = [2]int{0, min(len(b.shape.body.lines), bubbleLines)}
}

// Resize is for Fyne.
func (b *Bubble) Resize(size fyne.Size) {
	before := b.Size()
	b.press.Resize(size)
	if before.Width != size.Width {
		b.reshape()
		b.Refresh()
	}
}

// bubbleLines is how many lines are drawn of a long text at once, about.
const bubbleLines = 96

// sight draws those lines alone that can be seen.
func (b *Bubble) sight(from, to float32) {
	n := len(b.shape.body.lines)
	if n <= bubbleLines {
		return
	}
	const slack = bubbleLines / 4
	line, y := b.shape.body.high(), b.shape.y+bubbleEdge
	first, last := max(0, int((from-y)/line)), min(n, int((to-y)/line)+1)
	if first >= b.lines[0] && last <= b.lines[1] {
		return
	}
	b.lines = [2]int{max(0, first-slack), max(0, min(n, last+slack))}
	b.Refresh()
}

func (b *Bubble) join(of *Transcript) { b.of = of }

// The actions are the links, and after them More and Retry.
func (b *Bubble) actions() int {
	n := len(b.content.Links)
	if b.shape.cut {
		n++
	}
	if b.shape.tryWide > 0 {
		n++
	}
	return n
}

func (b *Bubble) more() int {
	if b.shape.cut {
		return len(b.content.Links)
	}
	return -2
}

func (b *Bubble) retry() int {
	if b.shape.tryWide > 0 {
		return b.actions() - 1
	}
	return -2
}

func (b *Bubble) enter(action int) {
	if action < 0 && b.actions() == 1 {
		action = 0
	}
	switch {
	case action < 0:
	case action == b.more():
		call(b.OnMore)
	case action == b.retry():
		call(b.OnRetry)
	case action < len(b.content.Links) && b.OnLink != nil:
		b.OnLink(action)
	}
}

func call(f func()) {
	if f != nil {
		f()
	}
}

func (b *Bubble) mark(on bool, action int) {
	if on != b.marked || action != b.action {
		b.marked, b.action = on, action
		b.Refresh()
	}
}

func (b *Bubble) menu(int) {
	if b.OnText != nil {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b)
		b.OnText(b.Selected(), at.AddXY(b.shape.x+bubblePad, b.shape.y+theme.Grid))
	}
}

func (b *Bubble) whole() string { return b.content.Text }

// at returns the action at that place of the bubble, or -1.
func (b *Bubble) at(pos fyne.Position) int {
	s := b.shape
	in := func(x, y, wide float32) bool {
		return pos.X >= x && pos.X < x+wide && pos.Y >= y && pos.Y < y+bubbleButton
	}
	if s.cut && in(s.moreX, s.moreY, s.moreWide) {
		return b.more()
	}
	if s.tryWide > 0 && in(s.retryX, s.retryY, s.tryWide) {
		return b.retry()
	}
	if at, ok := b.byteAt(pos, false); ok {
		for i, link := range b.content.Links {
			if at >= link.From && at < link.To {
				return i
			}
		}
	}
	return -1
}

// MouseIn is for Fyne.
func (b *Bubble) MouseIn(e *desktop.MouseEvent) { b.MouseMoved(e) }

// MouseMoved is for Fyne.
func (b *Bubble) MouseMoved(e *desktop.MouseEvent) {
	if under := b.at(e.Position); under != b.under {
		b.under = under
		b.Refresh()
	}
	b.pointer = e.Position
}

// MouseOut is for Fyne.
func (b *Bubble) MouseOut() {
	if b.under >= 0 {
		b.under = -1
		b.Refresh()
	}
	b.pointer = fyne.Position{}
}

// Cursor is for Fyne.
func (b *Bubble) Cursor() desktop.Cursor {
	if b.under >= 0 {
		return desktop.PointerCursor
	}
	if _, ok := b.byteAt(b.pointer, false); ok {
		return desktop.TextCursor
	}
	return desktop.DefaultCursor
}

// Tapped is for Fyne.
func (b *Bubble) Tapped(e *fyne.PointEvent) {
	if i := b.at(e.Position); i >= 0 && !b.missed && b.from == b.to {
		b.enter(i)
	}
	b.missed = false
}

// TappedSecondary is for Fyne.
func (b *Bubble) TappedSecondary(e *fyne.PointEvent) {
	if b.OnText != nil {
		b.OnText(b.Selected(), e.AbsolutePosition)
	}
}
