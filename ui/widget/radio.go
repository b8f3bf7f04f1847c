package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/callward/callward/ui/theme"
)

// Radio is a choice of one among a few lines. For Fyne's goroutine.
type Radio struct {
	widget.BaseWidget
	// OnChanged is called with the index that the user has chosen.
	OnChanged func(i int)

	lines    []*radioLine
	selected int
}

// NewRadio returns a choice among the texts; the first is chosen.
func NewRadio(texts []string, onChanged func(i int)) *Radio {
	r := &Radio{OnChanged: onChanged}
	for i, text := range texts {
		line := &radioLine{of: r, i: i, text: text}
		line.OnTapped = func() { r.choose(i) }
		line.extend(line)
		r.lines = append(r.lines, line)
	}
	r.ExtendBaseWidget(r)
	return r
}

// Selected returns the index that is chosen.
func (r *Radio) Selected() int { return r.selected }

// SetSelected chooses, without telling OnChanged.
func (r *Radio) SetSelected(i int) {
	r.selected = i
	r.Refresh()
}

func (r *Radio) choose(i int) {
	if i == r.selected {
		return
	}
	r.SetSelected(i)
	if r.OnChanged != nil {
		r.OnChanged(i)
	}
}

// CreateRenderer is for Fyne.
func (r *Radio) CreateRenderer() fyne.WidgetRenderer {
	column := container.New(layout.NewCustomPaddedVBoxLayout(0))
	for _, line := range r.lines {
		column.Add(line)
	}
	return widget.NewSimpleRenderer(column)
}

// radioLine is one of the choices.
type radioLine struct {
	control
	of   *Radio
	i    int
	text string
}

// TypedKey is for Fyne: Up and Down choose and take the focus along.
func (l *radioLine) TypedKey(e *fyne.KeyEvent) {
	to := l.i
	switch e.Name {
	case fyne.KeyUp:
		to--
	case fyne.KeyDown:
		to++
	default:
		l.control.TypedKey(e)
		return
	}
	if to < 0 || to >= len(l.of.lines) {
		return
	}
	l.of.choose(to)
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
		c.Focus(l.of.lines[to])
	}
}

// CreateRenderer is for Fyne.
func (l *radioLine) CreateRenderer() fyne.WidgetRenderer {
	disc, dot := canvas.NewCircle(color.Transparent), canvas.NewCircle(color.Transparent)
	return l.mark(&l.press, func() string { return l.text }, disc, container.New(layout.NewCustomPaddedLayout(3, 3, 3, 3), dot), func() {
		disc.FillColor, disc.StrokeColor, disc.StrokeWidth = theme.Color(theme.Surface), theme.Color(theme.FieldBorder), 1
		dot.FillColor = color.Transparent
		if l.of.selected == l.i {
			disc.StrokeColor, disc.StrokeWidth = theme.Color(theme.Accent), 2
			dot.FillColor = theme.Color(theme.Accent)
		}
	})
}
