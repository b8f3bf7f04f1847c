package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// composerEntry is the field of a Composer. What Fyne's entry does with dead keys and input methods stays: they come
// as runes.
type composerEntry struct {
	Entry
	of    *Composer
	shift bool
}

func newComposerEntry(of *Composer) *composerEntry {
	e := &composerEntry{of: of}
	e.MultiLine, e.Wrapping = true, fyne.TextWrapWord
	e.ExtendBaseWidget(e)
	e.SetMinRowsVisible(1)
	return e
}

// MinSize is for Fyne; the Composer says how high it is.
func (e *composerEntry) MinSize() fyne.Size { return fyne.NewSize(64, e.of.fieldHeight()) }

// FocusGained is for Fyne.
func (e *composerEntry) FocusGained() {
	e.Entry.FocusGained()
	if e.of.OnFocus != nil {
		e.of.OnFocus(true)
	}
}

// FocusLost is for Fyne.
func (e *composerEntry) FocusLost() {
	e.shift = false
	e.Entry.FocusLost()
	if e.of.OnFocus != nil {
		e.of.OnFocus(false)
	}
}

// KeyDown is for Fyne.
func (e *composerEntry) KeyDown(key *fyne.KeyEvent) {
	if key.Name == desktop.KeyShiftLeft || key.Name == desktop.KeyShiftRight {
		e.shift = true
	}
	e.Entry.KeyDown(key)
}

// KeyUp is for Fyne.
func (e *composerEntry) KeyUp(key *fyne.KeyEvent) {
	if key.Name == desktop.KeyShiftLeft || key.Name == desktop.KeyShiftRight {
		e.shift = false
	}
	e.Entry.KeyUp(key)
}

// AcceptsTab is for Fyne: Tab chooses while there are choices.
func (e *composerEntry) AcceptsTab() bool { return e.of.choices.Visible() }

// TypedKey is for Fyne.
func (e *composerEntry) TypedKey(key *fyne.KeyEvent) {
	if e.of.choices.key(key.Name) {
		return
	}
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if e.shift {
			e.Entry.TypedKey(key)
		} else {
			e.of.doSend()
		}
	case fyne.KeyEscape:
		if e.of.OnEscape != nil {
			e.of.OnEscape()
		} else if on := windowOf(e); on != nil && on.OnTypedKey() != nil {
			on.OnTypedKey()(key)
		}
	default:
		e.Entry.TypedKey(key)
	}
}

// TypedShortcut is for Fyne, as of every field here.
func (e *composerEntry) TypedShortcut(shortcut fyne.Shortcut) {
	e.Entry.Entry.TypedShortcut(shortcut)
	giveOn(e, shortcut)
}

// insert puts a text where the cursor is, in place of what is selected, as if it was pasted: one step to undo.
func (e *composerEntry) insert(text string) {
	e.TypedShortcut(&fyne.ShortcutPaste{Clipboard: oneText(text)})
}

// toEnd moves the cursor behind the text.
func (e *composerEntry) toEnd() {
	e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
	e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
}

// oneText is a clipboard with a text to paste that leaves the real one as it is.
type oneText string

// Content is for Fyne.
func (t oneText) Content() string { return string(t) }

// SetContent is for Fyne.
func (oneText) SetContent(string) {}
