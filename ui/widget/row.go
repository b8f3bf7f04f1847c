package widget

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/callward/callward/ui/theme"
)

// RowContent is what a Row shows.
type RowContent struct {
	Icon      theme.Icon          // before the text: a direction, a state
	IconColor fyne.ThemeColorName // the secondary one when empty
	Avatar    string              // whose initials stand before the text, if any
	Title     string
	Subtitle  string // 12, under the title
	// SubtitleColor is the secondary one when empty.
	SubtitleColor fyne.ThemeColorName
	Cells         []Cell // at the right, the last one outermost
	Count         int    // in a badge, right of the cells; none for 0
	Unread        bool   // the title is bold
	Selected      bool
	Heading       bool // a day, a group: the title alone, small and bold, nothing to click
}

// Cell is a column at the right of a Row.
type Cell struct {
	Text  string
	Width float32             // in dp, so that the cells of all rows stand in columns; 0 is as wide as the text
	Color fyne.ThemeColorName // the secondary one when empty
}

func (c RowContent) equal(other RowContent) bool {
	cells := slices.Equal(c.Cells, other.Cells)
	c.Cells, other.Cells = nil, nil
	return cells && rowKey(c) == rowKey(other)
}

// rowKey is a RowContent without what cannot be compared.
func rowKey(c RowContent) any {
	return [...]any{c.Icon, c.IconColor, c.Avatar, c.Title, c.Subtitle, c.SubtitleColor, c.Count, c.Unread, c.Selected, c.Heading}
}

// Row is one line of a [List]. It has no focus of its own; see [LoneRow]. For Fyne's goroutine.
type Row struct {
	press
	content RowContent
	actions []*rowAction
	height  float32
	current bool // has the focus, in its list or itself
	marked  int  // the action that has it, or -1
}

// NewRow returns an empty row of that height in dp, the gap to the next one included.
func NewRow(height float32) *Row {
	r := &Row{height: height, marked: -1}
	r.extend(r)
	return r
}

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
func (r *LoneRow) TypedRune(rune) {}

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
