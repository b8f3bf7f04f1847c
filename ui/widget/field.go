package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/callward/callward/ui/theme"
)

// Field is a line to fill in, with its label above it and what is wrong with it below. For Fyne's goroutine.
type Field struct {
	widget.BaseWidget
	// Entry is where the user types.
	Entry *Entry

	label *Text
	hint  string
	help  *Paragraph // the error or, without one, the hint
}

// NewField returns an empty field. The label may be empty.
func NewField(label string) *Field {
	f := &Field{label: NewText(label, Small), help: NewParagraph("", Small), Entry: NewEntry()}
	f.ExtendBaseWidget(f)
	return f
}

// NewPasswordField returns a field that does not show what is typed, until the eye in it is clicked.
func NewPasswordField(label string) *Field {
	f := NewField(label)
	f.Entry.makePassword()
	return f
}

// Text returns what is filled in.
func (f *Field) Text() string { return f.Entry.Text }

// SetText fills the field in, and calls Entry.OnChanged.
func (f *Field) SetText(text string) { f.Entry.SetText(text) }

// SetHint shows a line under the field while nothing is wrong with it.
func (f *Field) SetHint(hint string) {
	f.hint = hint
	f.SetError(f.Entry.wrong)
}

// SetError shows what is wrong, or that nothing is: the empty text.
func (f *Field) SetError(wrong string) {
	if f.Entry.wrong != wrong {
		f.Entry.wrong = wrong
		f.Entry.Refresh()
	}
	if wrong != "" {
		f.help.SetText(wrong)
		f.help.SetColor(theme.Danger)
	} else {
		f.help.SetText(f.hint)
		f.help.SetColor(theme.Secondary)
	}
	show(f.help, f.help.Text() != "")
	f.Refresh()
}

// Error returns what SetError was given.
func (f *Field) Error() string { return f.Entry.wrong }

// CreateRenderer is for Fyne.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	const gap = theme.Grid / 2
	show(f.help, f.help.Text() != "")
	show(f.label, f.label.Text() != "")
	part := func(o fyne.CanvasObject) float32 { // height with the gap to the field
		if !o.Visible() {
			return 0
		}
		return o.MinSize().Height + gap
	}
	return rendered(f, &renderer{
		objects: []fyne.CanvasObject{f.label, f.Entry, f.help},
		min: func() fyne.Size {
			return fyne.NewSize(120, part(f.label)+f.Entry.MinSize().Height+part(f.help))
		},
		layout: func(size fyne.Size) {
			y, h := part(f.label), f.Entry.MinSize().Height
			place(f.label, 0, 0, size.Width, f.label.MinSize().Height)
			place(f.Entry, 0, y, size.Width, h)
			place(f.help, 0, y+h+gap, size.Width, f.help.MinSize().Height)
		},
		redraw: func() {},
	})
}

// Entry is Fyne's, 36 high, with the window's focus outline. For Fyne's goroutine.
type Entry struct {
	widget.Entry
	// OnKey, where set, sees each key first; what it reports as done goes no further: arrows among matches.
	OnKey func(key fyne.KeyName) (done bool)
	// OnFocus, where set, is called when the focus comes and goes.
	OnFocus func(in bool)

	wrong   string
	focused bool
}

// NewEntry returns an empty line.
func NewEntry() *Entry {
	e := &Entry{}
	e.ExtendBaseWidget(e)
	return e
}

// NewMultiLine returns an empty field of that many lines. Enter breaks the line.
func NewMultiLine(rows int) *Entry {
	e := &Entry{}
	e.MultiLine, e.Wrapping = true, fyne.TextWrapWord
	e.ExtendBaseWidget(e)
	e.SetMinRowsVisible(rows)
	return e
}

func (e *Entry) makePassword() {
	e.Password = true
	eye := NewIconButton(theme.IconEye, "", nil)
	eye.OnTapped = func() {
		e.Password = !e.Password
		e.Refresh()
	}
	e.ActionItem = eye
	e.Refresh()
}

// FocusGained is for Fyne.
func (e *Entry) FocusGained() { e.setFocused(true) }

// FocusLost is for Fyne.
func (e *Entry) FocusLost() { e.setFocused(false) }

func (e *Entry) setFocused(on bool) {
	e.focused = on
	if on {
		e.Entry.FocusGained()
	} else {
		e.Entry.FocusLost()
	}
	if e.OnFocus != nil {
		e.OnFocus(on)
	}
}

// TypedKey is for Fyne.
func (e *Entry) TypedKey(key *fyne.KeyEvent) {
	if e.OnKey == nil || !e.OnKey(key.Name) {
		e.Entry.TypedKey(key)
	}
}

// MinSize is for Fyne.
func (e *Entry) MinSize() fyne.Size {
	size := e.Entry.MinSize()
	if !e.MultiLine {
		size.Height = theme.ButtonHeight
	}
	return size
}

// CreateRenderer is for Fyne.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	ring := newRing()
	r := &entryRenderer{WidgetRenderer: e.Entry.CreateRenderer(), entry: e, ring: ring}
	r.draw()
	return r
}

// entryRenderer draws the outline of focus or error over Fyne's entry.
type entryRenderer struct {
	fyne.WidgetRenderer
	entry *Entry
	ring  *canvas.Rectangle
}

func (r *entryRenderer) draw() {
	r.ring.StrokeColor, r.ring.StrokeWidth = color.Transparent, ringWidth
	switch {
	case r.entry.focused:
		r.ring.StrokeColor = theme.Color(theme.Accent)
	case r.entry.wrong != "":
		r.ring.StrokeColor, r.ring.StrokeWidth = theme.Color(theme.Danger), 1
	}
}

func (r *entryRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.ring.Resize(size)
}

func (r *entryRenderer) Objects() []fyne.CanvasObject {
	objects := r.WidgetRenderer.Objects()
	return append(objects[:len(objects):len(objects)], r.ring)
}

func (r *entryRenderer) Refresh() {
	r.draw()
	r.WidgetRenderer.Refresh()
}
