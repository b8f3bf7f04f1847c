package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// newDialPad is the number, the keys of a telephone and Call. It types into the same number as the header's field.
func newDialPad(m *view.Main) fyne.CanvasObject {
	entry := widget.NewEntry()
	entry.SetPlaceHolder(lang.L("Number"))
	entry.OnChanged = m.Dial.Type
	entry.OnSubmitted = func(string) { m.Call() }
	back := widget.NewIconButton(theme.IconBackspace, lang.L("Delete the last digit"), func() { m.Dial.Type(withoutLast(m.Dial.Text)) })
	keys := widget.NewKeypad(func(key rune) { m.Dial.Type(m.Dial.Text + string(key)) })
	call := widget.NewButton(lang.L("Call"), widget.Filled, m.Call).WithIcon(theme.IconPhone).Tall()
	draw := func() {
		setEntry(entry, m.Dial.Text)
		setEnabled(back, m.Dial.Text != "")
		setEnabled(call, m.Dial.Number() != "")
	}
	onChange(&m.Dial.Changed, draw)
	leaveOnceCalled(m, entry)
	draw()
	return flow(2*theme.Grid,
		container.NewBorder(nil, nil, nil, back, entry),
		keys, call, newLineNote(m),
	)
}

// withoutLast is a text without its last letter.
func withoutLast(text string) string {
	runes := []rune(text)
	return string(runes[:max(0, len(runes)-1)])
}

// setEntry shows a text with the cursor behind it, and leaves alone an entry that has it.
func setEntry(e *widget.Entry, text string) {
	if e.Text != text {
		e.SetText(text)
		e.CursorColumn = len([]rune(text))
		e.Refresh()
	}
}

// leaveOnceCalled takes the cursor out of an empty field of the number once a call is under way: what is typed next is
// for that.
func leaveOnceCalled(m *view.Main, e *widget.Entry) {
	onChange(&m.Dial.Placed, func() {
		if m.Dial.Text == "" {
			leaveEntry(e)
		}
	})
}

// leaveEntry takes the cursor out of a field that has it.
func leaveEntry(e *widget.Entry) {
	if on := canvasOf(e); on != nil && on.Focused() == e {
		on.Unfocus()
	}
}

// setEnabled lets something be used or not.
func setEnabled(d fyne.Disableable, enabled bool) {
	switch {
	case enabled && d.Disabled():
		d.Enable()
	case !enabled && !d.Disabled():
		d.Disable()
	}
}
