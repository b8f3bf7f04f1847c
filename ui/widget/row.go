package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Row is one line of a [List]. It has no focus of its own; see [LoneRow]. For Fyne's goroutine.
type Row struct {
	press
	content RowContent
	actions []*rowAction
	height  float32
	gap     float32 // below it, to the next row of its list
	current bool    // has the focus, in its list or itself
	marked  int     // the action that has it, or -1
}

// NewRow returns an empty row of that height in dp, the gap to the next one included.
func NewRow(height float32) *Row {
	r := &Row{height: height, gap: rowGap, marked: -1}
	r.extend(r)
	return r
}

// Resize is for Fyne. A row takes the gap below it as well, so that there is no place between rows that does not answer.
func (r *Row) Resize(size fyne.Size) { r.press.Resize(size.AddWidthHeight(0, r.gap)) }

// Set shows the content.
func (r *Row) Set(content RowContent) {
	if !r.content.equal(content) {
		r.content = content
		r.Refresh()
	}
}

// Content returns what Set was given.
func (r *Row) Content() RowContent { return r.content }

// SetActions sets the buttons, from left to right.
func (r *Row) SetActions(actions ...Action) {
	if len(actions) != len(r.actions) {
		r.actions = make([]*rowAction, len(actions))
		for i := range actions {
			r.actions[i] = newRowAction(r)
		}
		r.Refresh()
	}
	for i, a := range actions {
		r.actions[i].set(a)
	}
}

// Tapped is for Fyne. A heading cannot be clicked.
func (r *Row) Tapped(e *fyne.PointEvent) {
	if !r.content.Heading {
		r.press.Tapped(e)
	}
}

// Cursor is for Fyne.
func (r *Row) Cursor() desktop.Cursor {
	if r.content.Heading {
		return desktop.DefaultCursor
	}
	return r.press.Cursor()
}

// mark shows that the row has the focus, and which of its actions; -1 is the row itself.
func (r *Row) mark(current bool, action int) {
	if r.current == current && r.marked == action {
		return
	}
	r.current, r.marked = current, action
	for i, b := range r.actions {
		b.marked = current && i == action
	}
	r.Refresh()
}

// step moves the mark among row and actions, and reports whether there was anywhere to go.
func (r *Row) step(by int) bool {
	to := r.marked + by
	if to < -1 || to >= len(r.actions) {
		return false
	}
	r.mark(r.current, to)
	return true
}

// enter does what Enter does: the action that is marked, or what a click on the row does.
func (r *Row) enter() {
	if r.marked >= 0 && r.marked < len(r.actions) {
		r.actions[r.marked].act()
		return
	}
	r.act()
}

// CreateRenderer is for Fyne.
func (r *Row) CreateRenderer() fyne.WidgetRenderer { return newRowRenderer(r) }
