package page

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// Shell is the content of the window: header, rail, page, and at the right the dial pad or the calls that are up.
// For Fyne's goroutine.
type Shell struct {
	main   *view.Main
	root   *widget.TipLayer
	header *header
	home   *home
	cards  *cardStack
	pages  map[view.Page]fyne.CanvasObject
	keys   []Shortcut

	lay      *fyne.Container
	body     *fyne.Container
	notices  *fyne.Container
	bar      *callBar
	panel    fyne.CanvasObject
	panelPad fyne.CanvasObject
	gate     *gate
	entries  *entrySheets
	page     view.Page
	wide     bool
	opened   bool // the panel of a narrow window
}

// NewShell shows m; pages are those besides Home.
func NewShell(m *view.Main, pages map[view.Page]fyne.CanvasObject) *Shell {
	s := &Shell{main: m, pages: map[view.Page]fyne.CanvasObject{}, body: container.NewStack()}
	s.header = newHeader(m, s.ShowShortcuts)
	s.home = newHome(m, s.FocusField)
	s.cards = newCardStack(m)
	s.bar = newCallBar(m, s.toggleKeys, s.showDetails)
	s.notices = newNotices(m)
	s.panelPad = newDialPad(m)
	beside := column(2*theme.Grid, s.cards.root, s.panelPad)
	scroll := container.NewVScroll(inset(2*theme.Grid, beside))
	s.panel = container.NewStack(widget.NewGround(theme.Surface), scroll)
	s.cards.grown = func() {
		scroll.Refresh()
		beside.Refresh()
	}
	s.pages[view.PageHome] = s.home.root
	for page, content := range pages {
		s.pages[page] = content
	}
	for _, content := range s.pages {
		content.Hide()
		s.body.Add(content)
	}
	s.gate = newGate(m, func() fyne.Canvas { return canvasOf(s.root) })
	s.lay = container.New(&shellLayout{s}, widget.NewGround(theme.Background),
		s.header.root, newRail(m), s.bar.root, s.notices, s.body, s.panel,
		widget.NewHairline(), widget.NewHairline(), widget.NewHairline(), s.header.offers.root, s.gate.veil)
	s.root = widget.NewTipLayer(s.lay)
	s.keys = s.shortcuts()
	onChange(&m.Changed, s.drawPage)
	onChange(&m.Cards.Changed, s.drawCalls)
	newNextCallSheet(s)
	s.entries = newEntrySheets(s)
	newFileSheets(s)
	s.drawPage()
	s.drawCalls()
	return s
}

// Object is what the window shows. It is to be its whole content.
func (s *Shell) Object() fyne.CanvasObject { return s.root }

// FocusField puts the cursor into the field *Name or number*, with what is in it marked.
func (s *Shell) FocusField() {
	if on := canvasOf(s.root); on != nil {
		on.Focus(s.header.field)
		s.header.field.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// SetLevels moves the level meters of the calls: how loud microphone and speaker are, in dBov, from -127 to 0
// (RFC 6464, section 3).
func (s *Shell) SetLevels(microphone, speaker float64) {
	s.cards.setLevels(meterLevel(microphone), meterLevel(speaker))
}

// TypedRune takes what is typed while nothing has the focus: a digit is for the call that is up, else for the field,
// and ? shows the shortcuts.
func (s *Shell) TypedRune(r rune) {
	switch {
	case r == '?':
		s.ShowShortcuts()
	case !strings.ContainsRune("0123456789*#+", r):
	case r != '+' && s.bar.card.Talks:
		s.open(true)
		s.cards.cards[s.bar.card.ID].showKeys(true)
		s.main.Cards.Send(s.bar.card.ID, string(r))
	default:
		s.main.Dial.Type(s.main.Dial.Text + string(r))
		if on := canvasOf(s.root); on != nil {
			on.Focus(s.header.field)
		}
	}
}

// open shows the panel of a narrow window, or not.
func (s *Shell) open(opened bool) {
	if opened == s.opened {
		return
	}
	s.opened = opened
	s.bar.setOpened(opened)
	s.lay.Refresh()
}

func (s *Shell) toggleKeys() {
	s.open(!s.opened)
	if s.opened && s.bar.card.Talks {
		s.cards.cards[s.bar.card.ID].showKeys(true)
	}
}

func (s *Shell) showDetails() {
	s.open(true)
	if card := s.cards.cards[s.bar.card.ID]; !card.opened {
		card.toggleDetails()
	}
}

func (s *Shell) drawPage() {
	for page, content := range s.pages {
		show(content, page == s.main.Page)
	}
	if s.page != s.main.Page {
		s.page = s.main.Page
		s.open(false) // it needs the room
	}
}

func (s *Shell) drawCalls() {
	up, busy := s.main.Cards.Up(), s.main.Cards.Busy()
	s.open(s.opened && busy)
	if s.panelPad.Visible() == !up && s.bar.root.Visible() == (!s.wide && busy) {
		return
	}
	show(s.panelPad, !up)
	s.cards.grown()
	s.lay.Refresh()
}

// newNotices are the banners over the page.
func newNotices(m *view.Main) *fyne.Container {
	told := widget.NewBanner(widget.Info, "")
	told.OnClose = m.Dismiss
	told.Hide()
	failed := widget.NewBanner(widget.Trouble, "")
	failed.Hide()
	failed.OnClose = func() {
		m.Cards.Notice = ""
		m.Cards.Changed()
	}
	box := flow(theme.Grid, told, failed)
	var was [2]string
	draw := func() {
		if now := [2]string{m.Notice, m.Cards.Notice}; now != was {
			was = now
			showBanner(told, widget.Info, m.Notice)
			showBanner(failed, widget.Trouble, m.Cards.Notice)
		}
		show(box, m.Notice != "" || m.Cards.Notice != "")
	}
	onChange(&m.Changed, draw)
	onChange(&m.Cards.Changed, draw)
	draw()
	return box
}

// showBanner shows a sentence, or no banner where there is none.
func showBanner(b *widget.Banner, tone widget.Tone, text string) {
	if text != "" {
		b.Set(tone, text)
	}
	show(b, text != "")
}
