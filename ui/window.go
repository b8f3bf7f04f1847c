package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/go-gl/glfw/v3.3/glfw"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/page"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// The size of the window at first, and the least that it is drawn for.
const (
	firstWidth, firstHeight = 1180, 760
	leastWidth, leastHeight = 900, 600
)

// window is the one window. Fyne's goroutine owns it.
type window struct {
	app    fyne.App
	bridge *bridge
	main   *view.Main
	cfg    Config
	words  words
	win    fyne.Window
	shell  *page.Shell
	ticker *ticker
	dot    fyne.CanvasObject // nothing, for redraw

	calls    *page.Calls
	texts    *page.Texts
	mail     *page.Voicemails
	contacts *page.Contacts
	settings *page.Settings
	deafen   func() // ends that the microphone is listened to; nil while it is not

	adding *view.EntryForm // that was shown last

	tray *tray         // nil where there can be none
	asks *widget.Sheet // whether to end a call for quitting; nil while it does not ask
}

func newWindow(a fyne.App, b *bridge, m *view.Main, words words, cfg Config) *window {
	a.SetIcon(theme.AppIcon())
	w := &window{app: a, bridge: b, main: m, cfg: cfg, words: words, win: a.NewWindow("Callward"), dot: canvas.NewRectangle(color.Transparent)}
	a.Settings().SetTheme(theme.New(theme.System))
	w.ticker = newTicker(b, w.tick)
	w.settings = w.newSettings()
	w.calls = page.NewCalls(m)
	w.calls.Canvas = w.win.Canvas()
	w.texts = page.NewTexts(m)
	w.texts.Canvas = w.win.Canvas()
	w.mail = page.NewVoicemails(m)
	w.mail.Canvas = w.win.Canvas()
	w.contacts = page.NewContacts(m)
	w.contacts.Canvas = w.win.Canvas()
	w.shell = page.NewShell(m, map[view.Page]fyne.CanvasObject{
		view.PageCalls: w.calls, view.PageTexts: w.texts, view.PageVoicemails: w.mail, view.PageContacts: w.contacts, view.PageSettings: w.settings,
	})
	w.win.SetMaster()
	w.win.SetPadded(false)
	w.win.SetContent(w.shell.Object())
	b.drawn = w.redraw
	w.win.Resize(fyne.NewSize(firstWidth, firstHeight))
	w.win.SetCloseIntercept(w.close)
	w.keys()
	w.tray = newTray(w)
	after(&m.Changed, func() {
		if m.Adding != nil && m.Adding != w.adding { // it may have been asked for in the ringing window
			w.show()
		}
		w.adding = m.Adding
		w.entitle()
		w.tray.show(m.Line.Level)
	})
	after(&m.Ringing.Changed, w.entitle)
	after(&m.Texts.Changed, w.entitle)
	for _, changed := range []*func(){&m.Player.Changed, &m.Messages.Changed, &m.Greetings.Changed} {
		after(changed, w.beat)
	}
	after(&m.Cards.Changed, func() {
		w.entitle()
		w.beat()
		if !m.Cards.Up() {
			w.stay()
		}
	})
	return w
}

// after has do follow what changed is already.
func after(changed *func(), do func()) {
	before := *changed
	*changed = func() {
		before()
		do()
	}
}

// beat has the ticker run while there is something that moves.
func (w *window) beat() { w.ticker.run(w.main.Cards.Busy() || w.main.Moves() || w.deafen != nil) }

// redraw has the window drawn anew. Fyne does so by itself only for what it drew before: what is shown for the first
// time would wait for the next key or move of the mouse.
func (w *window) redraw() { w.win.Canvas().Refresh(w.dot) }

// show brings the window to the front.
func (w *window) show() {
	w.classify()
	w.win.Show()
	seeLeave(w.win)
	w.main.Look(true)
	w.win.RequestFocus()
}

// classify gives the windows to come the name by which a desktop finds their icon.
// GLFW takes the title else, and that changes.
func (w *window) classify() {
	if _, native := w.win.(driver.NativeWindow); native {
		glfw.WindowHintString(glfw.X11ClassName, "Callward")
		glfw.WindowHintString(glfw.X11InstanceName, program)
	}
}

// open does what somebody outside asked for.
func (w *window) open(r Request) {
	w.show()
	if r.Number == "" {
		return
	}
	w.main.Go(view.PageHome)
	w.main.Dial.Type(w.cfg.Numbers.Link(r.Number))
	if r.Call {
		w.main.Call()
	} else {
		w.shell.FocusField()
	}
}

// keys are those that work wherever the focus is.
func (w *window) keys() {
	for _, s := range w.shell.Shortcuts() {
		if s.Shortcut != nil {
			w.win.Canvas().AddShortcut(s.Shortcut, func(fyne.Shortcut) { s.Do() })
		}
	}
	find := &desktop.CustomShortcut{KeyName: fyne.KeyF, Modifier: fyne.KeyModifierControl}
	w.win.Canvas().AddShortcut(find, func(fyne.Shortcut) {
		switch w.main.Page {
		case view.PageContacts:
			w.contacts.FocusSearch()
			return
		case view.PageTexts:
			w.texts.FocusSearch()
			return
		case view.PageVoicemails:
			w.mail.FocusSearch()
			return
		}
		w.main.Go(view.PageCalls)
		w.calls.FocusSearch()
	})
	w.win.Canvas().SetOnTypedRune(w.shell.TypedRune)
	w.win.Canvas().SetOnTypedKey(w.shell.TypedKey)
}

// happened takes what concerns the window itself.
func (w *window) happened(e phone.Event) {
	if e.Kind == phone.EventCallEnded && e.Call.Result == phone.Missed {
		w.missed(*e.Call)
	}
	if w.main.Told(e) {
		w.texted(*e.Message)
	}
	if tells(e) {
		w.left(*e.Voicemail)
	}
}

// tick is each quarter of a second while something moves.
func (w *window) tick(second bool) {
	microphone, speaker := w.cfg.Phone.Levels()
	w.shell.SetLevels(microphone, speaker)
	if w.deafen != nil || w.main.Greetings.Recording() {
		w.settings.SetLevels(microphone, speaker)
	}
	s := w.cfg.Phone.Snapshot()
	w.main.Beat(s)
	if second {
		w.main.Tick(s)
	}
}
