package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// Shortcut is something that keys do wherever the focus is.
type Shortcut struct {
	// Keys are as they are written on the keyboard, and Text says what they do.
	Keys, Text string
	// Shortcut is what the window's canvas is to listen for, and Do what follows. They are nil for keys of one place alone.
	Shortcut fyne.Shortcut
	Do       func()
}

// Shortcuts are all that there are, in the order of the list behind `?`. The window adds them to its canvas.
func (s *Shell) Shortcuts() []Shortcut { return s.keys }

func (s *Shell) shortcuts() []Shortcut {
	m := s.main
	with := func(key fyne.KeyName) fyne.Shortcut {
		return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierControl}
	}
	return []Shortcut{
		{lang.L("Ctrl+K"), lang.L("Type a name or a number"), with(fyne.KeyK), s.FocusField},
		{lang.L("Enter"), lang.L("Call what is typed; answer, in the ringing window"), nil, nil},
		{lang.L("Esc"), lang.L("Empty the field; decline, in the ringing window"), nil, nil},
		{lang.L("Ctrl+Enter"), lang.L("Answer; proceed, with a blocked number"), with(fyne.KeyReturn), s.answer},
		{lang.L("Ctrl+D"), lang.L("Decline, or hang up"), with(fyne.KeyD), s.hangUp},
		{lang.L("Ctrl+M"), lang.L("Mute, and unmute"), with(fyne.KeyM), s.mute},
		{"0–9 * #", lang.L("A number to call; tones, during a call"), nil, nil},
		{lang.L("Ctrl+1"), lang.L("Home"), with(fyne.Key1), func() { m.Go(view.PageHome) }},
		{lang.L("Ctrl+2"), lang.L("Calls"), with(fyne.Key2), func() { m.Go(view.PageCalls) }},
		{lang.L("Ctrl+3"), lang.L("Texts"), with(fyne.Key3), func() { m.Go(view.PageTexts) }},
		{lang.L("Ctrl+4"), lang.L("Voicemails"), with(fyne.Key4), func() { m.Go(view.PageVoicemails) }},
		{lang.L("Ctrl+5"), lang.L("Contacts"), with(fyne.Key5), func() { m.Go(view.PageContacts) }},
		{lang.L("Ctrl+F"), lang.L("Search calls, texts, messages or contacts"), nil, nil},
		{lang.L("Space"), lang.L("Play or pause a message, on its page"), nil, nil},
		{lang.L("Ctrl+,"), lang.L("Settings"), with(fyne.KeyComma), func() { m.Go(view.PageSettings) }},
		{lang.L("Tab, arrows"), lang.L("Move; Left and Right: what a line offers"), nil, nil},
		{lang.L("? or Ctrl+/"), lang.L("This list"), with(fyne.KeySlash), s.ShowShortcuts},
	}
}

// talking is the call that keys are meant for: the one that began last of those that are up.
func (s *Shell) talking() (card view.Card, ok bool) {
	for _, c := range s.main.Cards.List {
		if !c.Ended {
			card, ok = c, true
		}
	}
	return card, ok
}

// answer takes the call that rings, else proceeds with the number that the gate holds up.
func (s *Shell) answer() {
	if s.main.Ringing.ID != "" {
		s.main.Ringing.Answer()
		return
	}
	s.main.Proceed()
}

// TypedKey takes what is typed while nothing has the focus: Escape aborts what the gate holds up, or is for the page.
func (s *Shell) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyEscape && s.main.Blocked != nil {
		s.main.Abort()
		return
	}
	if page, ok := s.pages[s.main.Page].(interface{ TypedKey(*fyne.KeyEvent) }); ok {
		page.TypedKey(e)
	}
}

// hangUp declines the call that rings, else ends the one that is up.
func (s *Shell) hangUp() {
	if s.main.Ringing.ID != "" {
		s.main.Ringing.Decline()
		return
	}
	if card, ok := s.talking(); ok {
		s.main.Cards.Hangup(card.ID)
	}
}

func (s *Shell) mute() {
	if card, ok := s.talking(); ok && card.Talks {
		s.main.Cards.Mute(card.ID, !card.Muted)
	}
}

// ShowShortcuts shows the list of shortcuts over the window.
func (s *Shell) ShowShortcuts() {
	on := canvasOf(s.root)
	if on == nil || on.Overlays().Top() != nil {
		return
	}
	var sheet *widget.Sheet
	list := newShortcutList(s.keys, func() { sheet.Close() })
	sheet = widget.ShowSheet(on, lang.L("Keyboard shortcuts"), list, list, widget.NewButton(lang.L("Close"), widget.Filled, func() { sheet.Close() }))
}

// shortcutList is the list; it has the focus, so that Escape closes it.
type shortcutList struct {
	fynewidget.BaseWidget
	lines  fyne.CanvasObject
	closed func()
}

// keysColumn is the width of the keys in the list.
const keysColumn = 104

func newShortcutList(keys []Shortcut, closed func()) *shortcutList {
	lines := column(0.75 * theme.Grid)
	for _, key := range keys {
		lines.Add(container.NewBorder(nil, nil, sized(keysColumn, 0, widget.NewText(key.Keys, widget.Strong)), nil, sized(360, 20, widget.NewText(key.Text, widget.Body).Shrink())))
	}
	l := &shortcutList{lines: lines, closed: closed}
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer is for Fyne.
func (l *shortcutList) CreateRenderer() fyne.WidgetRenderer {
	return fynewidget.NewSimpleRenderer(l.lines)
}

// FocusGained is for Fyne.
func (l *shortcutList) FocusGained() {}

// FocusLost is for Fyne.
func (l *shortcutList) FocusLost() {}

// TypedRune is for Fyne.
func (l *shortcutList) TypedRune(rune) {}

// TypedKey is for Fyne.
func (l *shortcutList) TypedKey(key *fyne.KeyEvent) {
	if key.Name == fyne.KeyEscape || key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter {
		l.closed()
	}
}
