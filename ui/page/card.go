package page

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// callCard is a call that is up, or has just ended. What changes each second is a text.
type callCard struct {
	main *view.Main
	card view.Card
	root *widget.Card

	avatar  *widget.Avatar
	name    *widget.Text
	number  *widget.Text
	menu    *widget.IconButton
	close   *widget.IconButton
	timer   *widget.Text
	state   *widget.Paragraph
	quality *widget.QualityBars
	sound   *soundRows
	mute    *widget.Toggle
	keypad  *widget.Toggle
	keys    *cardKeys
	clock   fyne.CanvasObject // timer, quality, and the digits that were sent
	buttons fyne.CanvasObject // of a call that is up
	hangUp  *widget.Button
	after   fyne.CanvasObject // of a call that is over
	again   *widget.Button
	more    *widget.Button
	details *widget.Paragraph
	opened  bool // Details
	relay   func()
	shape   [11]bool
}

const avatarSide = 48

// newCallCard builds it. relay is called when it needs another height.
func newCallCard(m *view.Main, card view.Card, relay func()) *callCard {
	c := &callCard{
		main: m, relay: relay,
		avatar: widget.NewAvatar("", avatarSide), name: widget.NewText("", widget.Strong).Shrink(), number: widget.NewText("", widget.Small).Shrink(),
		timer: widget.NewText("", widget.Title), state: widget.NewParagraph("", widget.Body), quality: widget.NewQualityBars(),
		sound: newSoundRows(m), details: widget.NewParagraph("", widget.Small),
	}
	c.close = widget.NewIconButton(theme.IconClose, lang.L("Dismiss"), func() { m.Cards.Dismiss(c.card.ID, time.Now()) })
	c.menu = widget.NewIconButton(theme.IconMore, lang.L("More"), c.openMenu)
	c.mute = widget.NewToggle(theme.IconMic, lang.L("Mute"), func() { m.Cards.Mute(c.card.ID, !c.card.Muted) })
	c.keypad = widget.NewToggle(theme.IconKeypad, lang.L("Keypad"), func() { c.showKeys(!c.keypad.On()) })
	c.keys = newCardKeys(func(digit string) { m.Cards.Send(c.card.ID, digit) })
	c.hangUp = widget.NewButton(lang.L("Hang up"), widget.Danger, func() { m.Cards.Hangup(c.card.ID) }).WithIcon(theme.IconHangUp).Tall()
	c.again = widget.NewButton(lang.L("Call again"), widget.Tonal, func() { m.CallNumber(c.card.Again, c.card.Account) }).WithIcon(theme.IconPhone)
	c.more = widget.NewButton(lang.L("Details"), widget.Plain, c.toggleDetails)
	c.buttons = container.New(&gridLayout{gap: theme.Grid}, c.mute, c.keypad)
	c.after = across(theme.Grid/2, c.again, c.more)
	c.root = widget.NewCard(c.build())
	c.keys.root.Hide()
	c.keys.sent.Hide()
	c.begin(card)
	return c
}

// begin shows another call, with nothing opened.
func (c *callCard) begin(card view.Card) {
	c.opened = false
	c.details.Hide()
	c.showKeys(false)
	c.sound.show(c.main.Audio)
	c.show(card)
}

func (c *callCard) build() fyne.CanvasObject {
	const gap = 1.5 * theme.Grid
	who := middled(column(0, c.name, c.number))
	head := container.NewBorder(nil, nil, across(gap, c.avatar, sized(0, 0)), bar(0, c.menu, c.close), who)
	c.clock = container.NewBorder(nil, nil, c.timer, bar(0, c.quality), c.keys.sent)
	return flow(gap, head, c.clock, c.state, c.sound.root, c.keys.root, c.buttons, c.hangUp, c.details, c.after)
}

// show draws a call; what is as it was costs nothing.
func (c *callCard) show(card view.Card) {
	c.card = card
	c.avatar.SetName(card.Party.Name)
	c.name.SetText(card.Party.Title)
	c.number.SetText(card.Party.Number)
	show(c.number, card.Party.Number != "")
	c.timer.SetText(card.Timer)
	show(c.timer, card.Timer != "")
	c.drawState()
	c.quality.Set(bars(card.Quality), qualityWord(card.Quality), card.Figures)
	show(c.quality, card.Quality > 0 && !card.Ended && !c.keypad.On())
	c.drawMute()
	c.keys.show(card.Digits)
	if !card.Talks {
		c.showKeys(false)
	}
	if card.Ended {
		c.unfocus(false)
	}
	show(c.close, card.Ended)
	show(c.clock, card.Timer != "")
	show(c.sound.root, card.Talks && !c.keypad.On())
	show(c.buttons, card.Talks)
	show(c.hangUp, !card.Ended)
	show(c.after, card.Ended && (card.Again != "" || card.Details != ""))
	show(c.again, card.Again != "")
	show(c.more, card.Details != "")
	c.details.SetText(card.Details)
	c.lay()
}

// unfocus takes the keys off what is not there any more: all of a card that goes, else what belonged to the call that
// was up. Enter would do it to the next call.
func (c *callCard) unfocus(all bool) {
	on := canvasOf(c.root)
	if on == nil || on.Focused() == nil {
		return
	}
	held := []fyne.Focusable{c.mute, c.keypad, c.hangUp, c.keys.pad, c.sound.microphone.volume, c.sound.speaker.volume}
	if all {
		held = append(held, c.again, c.more, c.close, c.menu)
	}
	if slices.Contains(held, on.Focused()) {
		on.Unfocus()
	}
}

// lay moves the parts where others of them are shown than before.
func (c *callCard) lay() {
	var shape [11]bool
	for i, o := range []fyne.CanvasObject{c.number, c.clock, c.timer, c.state, c.quality, c.sound.root, c.keys.root, c.buttons, c.hangUp, c.details, c.after} {
		shape[i] = o.Visible()
	}
	if shape != c.shape {
		c.shape = shape
		c.root.Refresh()
		c.relay()
	}
}

// drawState says how the call stands. That one is connected its timer says.
func (c *callCard) drawState() {
	color := theme.Secondary
	switch {
	case c.card.Failed:
		color = theme.Danger
	case c.card.Held:
		color = theme.Warning
	}
	c.state.SetText(c.card.State)
	c.state.SetColor(color)
	show(c.state, c.card.Timer == "" || c.card.Held || c.card.Ended)
}

func (c *callCard) drawMute() {
	if c.card.Muted {
		c.mute.Set(theme.IconMicOff, lang.L("Unmute"), true)
	} else {
		c.mute.Set(theme.IconMic, lang.L("Mute"), false)
	}
}

// showKeys opens the keys in the place of the volumes.
func (c *callCard) showKeys(open bool) {
	if open == c.keypad.On() {
		return
	}
	c.keypad.Set(theme.IconKeypad, lang.L("Keypad"), open)
	show(c.keys.root, open)
	show(c.keys.sent, open)
	show(c.quality, c.card.Quality > 0 && !c.card.Ended && !open)
	show(c.sound.root, c.card.Talks && !open)
	c.lay()
	if on := canvasOf(c.root); open && on != nil {
		on.Focus(c.keys.pad)
	}
}

// openMenu offers what concerns the other side, and not the call.
func (c *callCard) openMenu() {
	card := c.card
	items := []widget.MenuItem{{Icon: theme.IconBlock, Text: lang.L("Block…"), Tapped: func() { c.main.Block(card.Number, card.Party.Name, card.Account) }}}
	if card.Number != "" {
		items = append(items, widget.MenuItem{Icon: theme.IconTexts, Text: lang.L("Text"), Tapped: func() { c.main.WriteTo(card.Number, card.Account) }})
		items = append(items, widget.MenuItem{Icon: theme.IconCopy, Text: lang.L("Copy number"), Tapped: func() { fyne.CurrentApp().Clipboard().SetContent(card.Number) }})
	}
	widget.ShowMenuUnder(c.menu, items...)
}

func (c *callCard) toggleDetails() {
	c.opened = !c.opened
	show(c.details, c.opened)
	c.lay()
}

// qualityWord says a grade of view.Card.
func qualityWord(grade int) string {
	switch grade {
	case 1:
		return lang.L("bad")
	case 2:
		return lang.L("fair")
	case 3:
		return lang.L("good")
	}
	return ""
}

// bars is how many of four stand for a grade.
func bars(grade int) int { return [...]int{0, 1, 2, 4}[grade] }

// gridLayout gives all objects the same width in a line.
type gridLayout struct{ gap float32 }

func (l *gridLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	n := float32(len(objects))
	return fyne.NewSize(n*(size.Width+l.gap)-l.gap, size.Height)
}

func (l *gridLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := (size.Width + l.gap) / float32(len(objects))
	for i, o := range objects {
		place(o, float32(i)*width, 0, width-l.gap, size.Height)
	}
}
