package widget

import (
	"fyne.io/fyne/v2"
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
