package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/callward/callward/ui/theme"
)

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

// TypedShortcut is for Fyne. What is no shortcut of text is given on to the window, which Fyne leaves out while a field has
// the focus.
func (e *Entry) TypedShortcut(shortcut fyne.Shortcut) {
	e.Entry.TypedShortcut(shortcut)
	giveOn(e, shortcut)
}

// giveOn gives a shortcut that a field has no use for on to its window. Fyne knows a field by what is in the tree: of one that is
// part of another, that is the other.
func giveOn(field fyne.CanvasObject, shortcut fyne.Shortcut) {
	if _, named := shortcut.(*desktop.CustomShortcut); !named {
		return
	}
	if on, ok := fyne.CurrentApp().Driver().CanvasForObject(field).(fyne.Shortcutable); ok {
		on.TypedShortcut(shortcut)
	}
}

// AcceptsTab is for Fyne: Tab goes on to what is next, also from several lines.
func (e *Entry) AcceptsTab() bool { return false }

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
	r.ring.StrokeColor = color.Transparent
	switch {
	case r.entry.focused:
		r.ring.StrokeColor = theme.Color(theme.Accent)
	case r.entry.wrong != "":
		r.ring.StrokeColor = theme.Color(theme.Danger)
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
