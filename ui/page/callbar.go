package page

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// callBar is the call that is up in a line under the header, where the window is too narrow for cards.
type callBar struct {
	main *view.Main
	card view.Card
	up   int // calls
	root fyne.CanvasObject

	avatar  *widget.Avatar
	name    *widget.Text
	state   *widget.Text
	timer   *widget.Text
	quality *widget.QualityBars
	mute    *widget.IconButton
	more    *widget.IconButton
	details *widget.Button
	again   *widget.Button
	hangUp  *widget.Button
	close   *widget.IconButton
}

// newCallBar builds it. keys shows and hides the cards, with the keys of the call; details shows them with its details.
func newCallBar(m *view.Main, keys, details func()) *callBar {
	b := &callBar{
		main: m, avatar: widget.NewAvatar("", 36), name: widget.NewText("", widget.Strong).Shrink(), state: widget.NewText("", widget.Small).Shrink(),
		timer: widget.NewText("", widget.Title), quality: widget.NewQualityBars(),
	}
	b.mute = widget.NewIconButton(theme.IconMic, lang.L("Mute"), func() { m.Cards.Mute(b.card.ID, !b.card.Muted) })
	b.more = widget.NewIconButton(theme.IconKeypad, lang.L("Keypad and volume"), keys)
	b.details = widget.NewButton(lang.L("Details"), widget.Plain, details)
	b.again = widget.NewButton(lang.L("Call again"), widget.Tonal, func() { m.CallNumber(b.card.Again, b.card.Account) })
	b.hangUp = widget.NewButton(lang.L("Hang up"), widget.Danger, func() { m.Cards.Hangup(b.card.ID) }).WithIcon(theme.IconHangUp)
	b.close = widget.NewIconButton(theme.IconClose, lang.L("Dismiss"), func() { m.Cards.Dismiss(b.card.ID, time.Now()) })
	who := container.NewBorder(nil, nil, bar(1.5*theme.Grid, b.avatar, sized(0, 0)), nil, middled(column(0, b.name, b.state)))
	does := bar(theme.Grid, b.timer, b.quality, b.mute, b.more, b.details, b.again, b.hangUp, b.close)
	line := container.NewBorder(nil, nil, nil, does, who)
	b.root = container.NewStack(widget.NewGround(theme.Surface),
		sized(0, barHeight, container.NewBorder(nil, widget.NewHairline(), sized(theme.PagePadding, 0), sized(1.5*theme.Grid, 0), line)))
	onChange(&m.Cards.Changed, b.draw)
	b.draw()
	return b
}

// setOpened shows whether the cards are.
func (b *callBar) setOpened(opened bool) {
	color := theme.Secondary
	if opened {
		color = theme.Accent
	}
	b.more.SetColor(color)
}

// barHeight is that of a callBar, its hairline included.
const barHeight = 56

// draw shows the call that began last of those that are up, else the one that ended last.
func (b *callBar) draw() {
	before, up, ok := b.card, 0, false
	for _, card := range b.main.Cards.List {
		if !card.Ended {
			up++
		}
		if !card.Ended || !ok {
			b.card, ok = card, true
		}
	}
	if !ok {
		b.card = view.Card{}
		return
	}
	if b.ticked(before, up) {
		return
	}
	card := b.card
	b.avatar.SetName(card.Party.Name)
	b.name.SetText(card.Party.Title)
	b.state.SetText(b.sentence(up))
	b.timer.SetText(card.Timer)
	show(b.timer, card.Timer != "" && !card.Ended)
	b.quality.Set(bars(card.Quality), "", card.Figures)
	show(b.quality, card.Quality > 0 && !card.Ended)
	icon, color, tip := theme.IconMic, theme.Secondary, lang.L("Mute")
	if card.Muted {
		icon, color, tip = theme.IconMicOff, theme.Danger, lang.L("Unmute")
	}
	b.mute.SetIcon(icon)
	b.mute.SetColor(color)
	b.mute.SetTip(tip)
	show(b.mute, card.Talks)
	show(b.more, card.Talks || up > 1)
	show(b.details, card.Ended && card.Details != "")
	show(b.again, card.Ended && card.Again != "")
	show(b.hangUp, !card.Ended)
	show(b.close, card.Ended)
	b.root.Refresh()
}

// ticked draws a second that has passed, and tells whether that was all.
func (b *callBar) ticked(before view.Card, up int) bool {
	same := b.card
	same.Timer = before.Timer
	if same != before || up != b.up || len(before.Timer) != len(b.card.Timer) {
		b.up = up
		return false
	}
	b.timer.SetText(b.card.Timer)
	return true
}

// sentence is what stands under the name.
func (b *callBar) sentence(up int) string {
	text := b.card.State
	if !b.card.Ended && b.card.Timer != "" && !b.card.Held && b.card.Party.Number != "" {
		text = b.card.Party.Number
	}
	if up > 1 {
		text += ", " + lang.N("and {{.Count}} more", up-1, map[string]any{"Count": up - 1})
	}
	return text
}
