package page

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// matchList is who may be meant by what is typed, under the field. The focus stays in the field.
type matchList struct {
	main *view.Main
	root *fyne.Container
	list *fyne.Container
	edge *canvas.Rectangle
}

func newMatchList(m *view.Main) *matchList {
	l := &matchList{main: m, list: column(0), edge: canvas.NewRectangle(color.Transparent)}
	l.edge.CornerRadius, l.edge.StrokeWidth = theme.Radius, 1
	l.root = container.NewStack(l.edge, inset(theme.Grid/2, l.list))
	l.root.Hide()
	return l
}

// draw shows the matches while the field has the focus.
func (l *matchList) draw(focused bool) {
	matches := l.main.Dial.Matches
	if !focused || len(matches) == 0 {
		show(l.root, false)
		return
	}
	for i := len(l.list.Objects); i < len(matches); i++ {
		l.list.Add(newMatchRow(func() { l.take(i) }))
	}
	l.edge.FillColor, l.edge.StrokeColor = theme.Color(theme.Surface), theme.Color(theme.Hairline)
	for i, o := range l.list.Objects {
		show(o, i < len(matches))
		if i < len(matches) {
			o.(*matchRow).set(matches[i].Party, i == l.main.Dial.Chosen)
		}
	}
	show(l.root, true)
	l.root.Resize(fyne.NewSize(l.root.Size().Width, l.root.MinSize().Height))
	l.root.Refresh()
}

// take calls a match.
func (l *matchList) take(i int) {
	l.main.Dial.Move(i - l.main.Dial.Chosen)
	l.main.Call()
}

// matchRow is one of them. It acts when the button goes down: the field loses the focus by then, and the list goes.
type matchRow struct {
	fynewidget.BaseWidget
	pressed func()
	party   view.Party
	chosen  bool
	hovered bool

	fill   *canvas.Rectangle
	avatar *widget.Avatar
	title  *widget.Text
	number *widget.Text
}

func newMatchRow(pressed func()) *matchRow {
	r := &matchRow{
		pressed: pressed, fill: canvas.NewRectangle(color.Transparent), avatar: widget.NewAvatar("", 32),
		title: widget.NewText("", widget.Strong).Shrink(), number: widget.NewText("", widget.Small),
	}
	r.fill.CornerRadius = theme.Radius
	r.ExtendBaseWidget(r)
	return r
}

func (r *matchRow) set(party view.Party, chosen bool) {
	r.party, r.chosen = party, chosen
	r.avatar.SetName(party.Name)
	r.title.SetText(party.Title)
	r.number.SetText(party.Number)
	r.draw()
}

func (r *matchRow) draw() {
	name := theme.Clear
	switch {
	case r.chosen:
		name = theme.Selected
	case r.hovered:
		name = theme.Hover
	}
	r.fill.FillColor = theme.Color(name)
	r.fill.Refresh()
}

// MouseDown is for Fyne.
func (r *matchRow) MouseDown(e *desktop.MouseEvent) {
	if e.Button == desktop.MouseButtonPrimary {
		r.pressed()
	}
}

// MouseUp is for Fyne.
func (r *matchRow) MouseUp(*desktop.MouseEvent) {}

// MouseIn is for Fyne.
func (r *matchRow) MouseIn(*desktop.MouseEvent) { r.hover(true) }

// MouseMoved is for Fyne.
func (r *matchRow) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (r *matchRow) MouseOut() { r.hover(false) }

func (r *matchRow) hover(in bool) {
	r.hovered = in
	r.draw()
}

// Cursor is for Fyne.
func (r *matchRow) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer is for Fyne.
func (r *matchRow) CreateRenderer() fyne.WidgetRenderer {
	line := container.NewBorder(nil, nil, across(theme.Grid, sized(0, 0), r.avatar, sized(0, 0)), across(theme.Grid, r.number, sized(0, 0)), r.title)
	return fynewidget.NewSimpleRenderer(container.NewStack(r.fill, sized(0, 44, line)))
}
