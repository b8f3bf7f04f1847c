package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/callward/callward/ui/theme"
)

// EventLineHeight is how high an [EventLine] is, in dp.
const EventLineHeight float32 = 5 * theme.Grid

// EventContent is what an [EventLine] shows.
type EventContent struct {
	Icon      theme.Icon
	IconColor fyne.ThemeColorName // Secondary when empty
	Text      string
	Color     fyne.ThemeColorName // of the text; Secondary when empty
	Time      string
}

// EventLine is what else happened in a talk, a call or a voicemail, as one line of a [Transcript] between its
// bubbles. A click, or Enter, opens it. For Fyne's goroutine.
type EventLine struct {
	press
	content EventContent
	of      *Transcript
	marked  bool
}

// NewEventLine returns an empty line.
func NewEventLine() *EventLine {
	l := &EventLine{}
	l.extend(l)
	return l
}

// Set shows the content.
func (l *EventLine) Set(c EventContent) {
	if c != l.content {
		l.content = c
		l.Refresh()
	}
}

// Content returns what Set was given.
func (l *EventLine) Content() EventContent { return l.content }

func (l *EventLine) join(of *Transcript) { l.of = of }

func (l *EventLine) mark(on bool, _ int) {
	if on != l.marked {
		l.marked = on
		l.Refresh()
	}
}

func (l *EventLine) actions() int  { return 0 }
func (l *EventLine) enter(int)     { l.act() }
func (l *EventLine) whole() string { return l.content.Text + " " + l.content.Time }

func (l *EventLine) menu(int) {
	if l.OnMenu != nil {
		l.OnMenu(fyne.CurrentApp().Driver().AbsolutePositionForObject(l).AddXY(bubbleSide+theme.Grid, EventLineHeight))
	}
}

// Tapped is for Fyne.
func (l *EventLine) Tapped(e *fyne.PointEvent) {
	if l.of != nil {
		l.of.attend()
	}
	l.press.Tapped(e)
}

// CreateRenderer is for Fyne.
func (l *EventLine) CreateRenderer() fyne.WidgetRenderer {
	r := &eventRenderer{of: l}
	r.Refresh()
	return r
}

type eventRenderer struct {
	brush
	of *EventLine
}

func (r *eventRenderer) Destroy()                     {}
func (r *eventRenderer) Layout(fyne.Size)             { r.draw() }
func (r *eventRenderer) MinSize() fyne.Size           { return fyne.NewSize(0, EventLineHeight) }
func (r *eventRenderer) Objects() []fyne.CanvasObject { return r.drawn }

func (r *eventRenderer) Refresh() {
	r.draw()
	canvas.Refresh(r.of)
}

func (r *eventRenderer) draw() {
	const sign, pad, gap = 16, theme.Grid, theme.Grid
	c, size := &r.of.content, r.of.Size()
	high := Small.measure("M").Height
	room := size.Width - 2*bubbleSide - 2*pad - sign - 2*gap - Small.width(c.Time)
	text := Ellipsis(c.Text, Small, max(0, room))
	wide := 2*pad + sign + gap + Small.width(text) + gap + Small.width(c.Time)
	x, tall := bubbleSide, float32(28)
	y := middle(size.Height, tall) + theme.Grid/4
	r.begin()
	pill := r.fill(x, y, wide, tall, tall/2, theme.Color(groundOf(&r.of.press)))
	if r.of.marked {
		pill.StrokeColor, pill.StrokeWidth = theme.Color(theme.Accent), ringWidth
	}
	x += pad
	if c.Icon != "" {
		r.icon(x, y+middle(tall, sign), sign, c.Icon, or(c.IconColor, theme.Secondary))
	}
	x += sign + gap
	y += middle(tall, high)
	r.text(x, y, text, Small, theme.Color(or(c.Color, theme.Secondary)))
	r.text(x+Small.width(text)+gap, y, c.Time, Small, theme.Color(theme.Secondary))
}
