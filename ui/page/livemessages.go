package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// liveMessages is what Home shows over its lists of voicemail: messages that are being left, those that wait at a
// provider, and a disk that is full. For Fyne's goroutine.
type liveMessages struct {
	main    *view.Main
	box     *fyne.Container
	room    *widget.Banner
	notice  *widget.Banner
	cards   map[phone.CallID]*liveMessage
	calls   *fyne.Container
	waits   *fyne.Container
	waiting []view.Waiting // those that are shown
}

func newLiveMessages(m *view.Main) *liveMessages {
	l := &liveMessages{main: m, cards: map[phone.CallID]*liveMessage{}, notice: notice(), calls: flow(theme.Grid), waits: flow(theme.Grid)}
	l.room = widget.NewBanner(widget.Caution, lang.L("The disk is nearly full: callers cannot leave messages. Free some space."))
	l.box = flow(theme.Grid, l.room, l.notice, l.waits, l.calls)
	onChange(&m.Messages.Changed, l.draw)
	onChange(&m.Messages.Heard, l.hear)
	l.draw()
	return l
}

func (l *liveMessages) draw() {
	m := l.main.Messages
	show(l.room, m.NoRoom)
	showBanner(l.notice, widget.Trouble, m.Notice)
	l.drawWaiting(m.Waiting)
	l.drawCalls(m.Live)
	show(l.box, m.NoRoom || m.Notice != "" || len(m.Waiting)+len(m.Live) > 0)
	l.box.Refresh()
}

// drawWaiting shows what waits at providers; a banner that was there stays as it is.
func (l *liveMessages) drawWaiting(waiting []view.Waiting) {
	show(l.waits, len(waiting) > 0)
	if equalWaiting(waiting, l.waiting) {
		return
	}
	l.waiting = waiting
	l.waits.RemoveAll()
	for _, w := range waiting {
		text := w.Text
		if len(l.main.Accounts.List) > 1 {
			text += "  ·  " + w.Address
		}
		l.waits.Add(widget.NewBanner(widget.Info, text, widget.NewButton(lang.L("Call voicemail"), widget.Plain, func() { l.main.CallVoicemail(w) })))
	}
}

func equalWaiting(a, b []view.Waiting) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// drawCalls shows the calls that the machine has; a card that was there stays, so that a click meets it.
func (l *liveMessages) drawCalls(live []view.LiveMessage) {
	show(l.calls, len(live) > 0)
	cards, objects := map[phone.CallID]*liveMessage{}, make([]fyne.CanvasObject, len(live))
	for i, one := range live {
		card := l.cards[one.ID]
		if card == nil {
			card = newLiveMessage(l.main)
		}
		card.show(one)
		cards[one.ID], objects[i] = card, card.object
	}
	l.cards, l.calls.Objects = cards, objects
	l.calls.Refresh()
}

// hear moves the meters.
func (l *liveMessages) hear() {
	for _, one := range l.main.Messages.Live {
		if card := l.cards[one.ID]; card != nil {
			card.meter.SetLevel(meterLevel(one.Level))
		}
	}
}

// liveMessage is a message that is being left. For Fyne's goroutine.
type liveMessage struct {
	object      fyne.CanvasObject
	live        view.LiveMessage
	name, state *widget.Text
	meter       *widget.Meter
	listen      *widget.Button
}

func newLiveMessage(m *view.Main) *liveMessage {
	l := &liveMessage{name: widget.NewText("", widget.Strong).Shrink(), state: widget.NewText("", widget.Small).Shrink(), meter: widget.NewMeter()}
	l.listen = widget.NewButton("", widget.Plain, func() { m.Messages.ListenIn(l.live.ID, !l.live.Listening) }).WithIcon(theme.IconSpeaker)
	pick := widget.NewButton(lang.L("Pick up"), widget.Answer, func() { m.PickUp(l.live) }).WithIcon(theme.IconAnswer)
	told := column(theme.Grid/2, column(0, l.name, l.state), sized(0, theme.Grid, container.New(&narrow{160}, l.meter)))
	l.object = widget.NewCard(container.NewBorder(nil, nil, nil, across(theme.Grid, sized(0, 0), middled(l.listen), middled(pick)), told))
	return l
}

func (l *liveMessage) show(live view.LiveMessage) {
	l.live = live
	l.name.SetText(live.Party.Title)
	l.state.SetText(joined(live.State, live.Party.Number))
	l.meter.SetLevel(meterLevel(live.Level))
	text, kind := lang.L("Listen in"), widget.Plain
	if live.Listening {
		text, kind = lang.L("Stop listening"), widget.Tonal
	}
	if l.listen.Text() != text {
		l.listen.SetText(text)
		l.listen.SetKind(kind)
	}
}
