package ui

import (
	"fyne.io/fyne/v2"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/page"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
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
	win    fyne.Window
	shell  *page.Shell
	ticker *ticker

	settings *page.Settings
	deafen   func() // ends that the microphone is listened to; nil while it is not
}

func newWindow(a fyne.App, b *bridge, m *view.Main, cfg Config) *window {
	w := &window{app: a, bridge: b, main: m, cfg: cfg, win: a.NewWindow("Callward")}
	a.Settings().SetTheme(theme.New(theme.System))
	w.ticker = newTicker(b, w.tick)
	w.settings = w.newSettings()
	w.shell = page.NewShell(m, map[view.Page]fyne.CanvasObject{
		view.PageCalls: page.NewCalls(m), view.PageSettings: w.settings,
	})
	w.win.SetMaster()
	w.win.SetPadded(false)
	w.win.SetContent(w.shell.Object())
	w.win.Resize(fyne.NewSize(firstWidth, firstHeight))
	w.win.SetCloseIntercept(w.close)
	w.keys()
	before := m.Cards.Changed
	m.Cards.Changed = func() {
		before()
		w.beat()
	}
	return w
}

// beat has the ticker run while there is something that moves.
func (w *window) beat() { w.ticker.run(w.main.Cards.Busy() || w.deafen != nil) }

// show brings the window to the front.
func (w *window) show() {
	w.win.Show()
	w.win.RequestFocus()
}

// open does what somebody outside asked for.
func (w *window) open(r Request) {
	w.show()
	if r.Number == "" {
		return
	}
	w.main.Go(view.PageHome)
	w.main.Dial.Type(r.Number)
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
}

// happened takes what concerns the window itself.
func (w *window) happened(phone.Event) {}

// tick is each quarter of a second while a call is up.
func (w *window) tick(second bool) {
	microphone, speaker := w.cfg.Phone.Levels()
	w.shell.SetLevels(microphone, speaker)
	if w.deafen != nil {
		w.settings.SetLevels(microphone, speaker)
	}
	if second {
		w.main.Tick(w.cfg.Phone.Snapshot())
	}
}

// close ends the program.
func (w *window) close() { w.cfg.Phone.Quit() }
