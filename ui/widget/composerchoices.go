package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/callward/callward/ui/theme"
)

// composerChoices is the list above a Composer. The field has the keys for it.
type composerChoices struct {
	widget.BaseWidget
	of      *Composer
	choices []ComposerChoice
	rows    []*choiceRow
	current int
	first   int // the uppermost that is shown
}

const (
	choicesShown  = 6
	choicesRow    = 44
	choicesPad    = theme.Grid / 2
	choicesShadow = 0
)

func newComposerChoices(of *Composer) *composerChoices {
	l := &composerChoices{of: of}
	for i := range choicesShown {
		row := &choiceRow{of: l, i: i}
		row.OnTapped = func() { of.choose(l.first + i) }
		row.extend(row)
		l.rows = append(l.rows, row)
	}
	l.ExtendBaseWidget(l)
	return l
}

func (l *composerChoices) set(choices []ComposerChoice) {
	l.choices, l.current, l.first = choices, 0, 0
	show(l, len(choices) > 0)
	l.Refresh()
}

// key does what the key means to the list, and reports whether it means anything.
func (l *composerChoices) key(name fyne.KeyName) bool {
	if !l.Visible() {
		return false
	}
	n := len(l.choices)
	switch name {
	case fyne.KeyUp:
		l.walk((l.current + n - 1) % n)
	case fyne.KeyDown:
		l.walk((l.current + 1) % n)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyTab:
		l.of.choose(l.current)
	case fyne.KeyEscape:
		l.set(nil)
	default:
		return false
	}
	return true
}

func (l *composerChoices) walk(to int) {
	l.current = to
	l.first = min(max(l.first, to-choicesShown+1), to)
	l.Refresh()
}

// Scrolled is for Fyne: the wheel.
func (l *composerChoices) wheel(e *fyne.ScrollEvent) {
	by := 1
	if e.Scrolled.DY > 0 {
		by = -1
	}
	l.first = max(0, min(l.first+by, len(l.choices)-choicesShown))
	l.Refresh()
}

// CreateRenderer is for Fyne.
func (l *composerChoices) CreateRenderer() fyne.WidgetRenderer {
	card := newRaised(newGap())
	objects := []fyne.CanvasObject{card}
	for _, row := range l.rows {
		objects = append(objects, row)
	}
	return rendered(l, &renderer{
		objects: objects,
		min: func() fyne.Size {
			n := min(len(l.choices), choicesShown)
			return fyne.NewSize(200, float32(n)*choicesRow+2*choicesPad)
		},
		layout: func(size fyne.Size) {
			card.Resize(size)
			for i, row := range l.rows {
				place(row, choicesPad, choicesPad+float32(i)*choicesRow, size.Width-2*choicesPad, choicesRow)
			}
		},
		redraw: func() {
			for i, row := range l.rows {
				show(row, l.first+i < len(l.choices))
			}
		},
	})
}

func newGap() *Ground { return NewGround(theme.Clear) }

// choiceRow is a line of composerChoices.
type choiceRow struct {
	press
	of *composerChoices
	i  int // from the uppermost that is shown
}

// Scrolled is for Fyne.
func (r *choiceRow) Scrolled(e *fyne.ScrollEvent) { r.of.wheel(e) }

// CreateRenderer is for Fyne.
func (r *choiceRow) CreateRenderer() fyne.WidgetRenderer {
	d := &choiceRenderer{of: r}
	d.draw()
	return d
}

type choiceRenderer struct {
	brush
	of *choiceRow
}

func (d *choiceRenderer) Destroy()                     {}
func (d *choiceRenderer) Layout(fyne.Size)             { d.draw() }
func (d *choiceRenderer) MinSize() fyne.Size           { return fyne.NewSize(0, choicesRow) }
func (d *choiceRenderer) Objects() []fyne.CanvasObject { return d.drawn }

func (d *choiceRenderer) Refresh() {
	d.draw()
	repaint(d.of)
}

func (d *choiceRenderer) draw() {
	d.begin()
	at := d.of.of.first + d.of.i
	if at >= len(d.of.of.choices) {
		return
	}
	c, size := d.of.of.choices[at], d.of.Size()
	ground := theme.Color(groundOf(&d.of.press))
	if at == d.of.of.current {
		ground = theme.Color(theme.Selected)
	}
	d.fill(0, 0, size.Width, size.Height, theme.Radius-2, ground)
	const pad = 1.5 * theme.Grid
	name, text := Strong.measure("M").Height, Small.measure("M").Height
	y := middle(size.Height, name+text)
	d.text(pad, y, Ellipsis(c.Name, Strong, size.Width-2*pad), Strong, theme.Color(theme.Text))
	d.text(pad, y+name, Ellipsis(drawn(oneLine(c.Text)), Small, size.Width-2*pad), Small, theme.Color(theme.Secondary))
}
