package page

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// voicemailPane is the message that is open: who left it, its player, and what can be done about it. For Fyne's goroutine.
type voicemailPane struct {
	main    *view.Main
	content *fyne.Container
	parts   *fyne.Container
	shown   phone.VoicemailID

	avatar               *widget.Avatar
	name, number, facts  *widget.Text
	mark                 *widget.Text
	wave                 *widget.Waveform
	play                 *widget.Button
	place                *widget.Text
	speed, role          *widget.Choice
	done, unheard, again *widget.Button
	write                *widget.Button
	block                *widget.Button
	note                 *widget.Entry
	more                 *widget.IconButton
}

func newVoicemailPane(m *view.Main) *voicemailPane {
	p := m.Voicemails
	v := &voicemailPane{
		main: m, avatar: widget.NewAvatar("", avatarSide), name: widget.NewText("", widget.Title).Shrink(), number: widget.NewText("", widget.Body).Shrink(),
		facts: widget.NewText("", widget.Small).Shrink(), mark: widget.NewText("", widget.Small).Shrink(), place: widget.NewText("", widget.Body),
	}
	v.mark.SetColor(theme.Danger)
	v.wave = widget.NewWaveform(p.Seek)
	v.wave.SetTip(lang.L("Click to go there"))
	v.wave.OnKey, v.wave.OnTapped = v.key, p.Toggle
	v.play = widget.NewButton("", widget.Tonal, p.Toggle).WithIcon(theme.IconPlay)
	v.speed = widget.NewChoice(speedWords(), func(i int) { m.Player.SetSpeed(phone.Speeds[i]) })
	v.role = widget.NewChoice(roleWords(), func(i int) { m.Player.SetRole(playRoles[i]) })
	v.again = widget.NewButton(lang.L("Call back"), widget.Filled, func() { v.with(func(row view.VoicemailRow) { callBack(m, row) }) }).WithIcon(theme.IconPhone)
	v.write = widget.NewButton(lang.L("Text"), widget.Tonal, func() { v.with(func(row view.VoicemailRow) { m.WriteTo(row.Number, row.Account) }) }).WithIcon(theme.IconTexts)
	v.done = widget.NewButton("", widget.Tonal, v.toggleDone).WithIcon(theme.IconCheck)
	v.unheard = widget.NewButton(lang.L("Mark unheard"), widget.Plain, func() { v.with(func(row view.VoicemailRow) { markItem(p, row).Tapped() }) })
	v.block = widget.NewButton("", widget.Plain, func() { v.with(func(row view.VoicemailRow) { blockItem(m, row).Tapped() }) }).WithIcon(theme.IconBlock)
	v.note = widget.NewMultiLine(3)
	v.note.OnChanged = func(text string) {
		if open := p.Open; open != nil && open.ID == v.shown {
			p.Type(open.ID, strings.TrimSpace(text))
		}
	}
	v.note.OnFocus = func(in bool) {
		if !in {
			v.keep()
		}
	}
	v.note.OnKey = func(key fyne.KeyName) bool {
		if key == fyne.KeyEscape {
			leaveEntry(v.note)
		}
		return key == fyne.KeyEscape
	}
	v.lay()
	return v
}

func (v *voicemailPane) lay() {
	p := v.main.Voicemails
	v.more = widget.NewIconButton(theme.IconMore, lang.L("More"), func() {
		v.with(func(row view.VoicemailRow) { widget.ShowMenuUnder(v.more, voicemailItems(v.main, row, false)...) })
	})
	closer := widget.NewIconButton(theme.IconClose, lang.L("Close"), p.Close)
	closer.OnEscape, v.play.OnEscape, v.more.OnEscape = p.Close, p.Close, p.Close
	names := middled(column(0, v.name, v.number, v.facts, v.mark))
	head := container.NewBorder(nil, nil, across(2*theme.Grid, middled(v.avatar), sized(0, 0)), atTop(across(0, v.more, closer)), names)
	v.play.SetTip(lang.L("Play"))
	back := widget.NewButton(lang.L("–5 s"), widget.Plain, func() { p.Skip(-1) })
	on := widget.NewButton(lang.L("+5 s"), widget.Plain, func() { p.Skip(1) })
	moves := bar(0, back, v.play, on, sized(theme.Grid, 0), v.place)
	ways := bar(theme.Grid, sized(88, theme.ButtonHeight, v.speed), sized(152, theme.ButtonHeight, v.role))
	player := widget.NewCard(flow(theme.Grid, v.wave, wrapped(3*theme.Grid, moves, ways)))
	forget := widget.NewButton(lang.L("Delete"), widget.DangerText, func() { v.with(func(row view.VoicemailRow) { p.Delete(row.ID) }) }).WithIcon(theme.IconTrash)
	does := wrapped(theme.Grid, v.again, v.write, v.done, v.unheard, v.block, forget)
	v.parts = flow(2*theme.Grid, head, player, does, widget.Labelled(lang.L("Note"), v.note))
	scroll := container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, theme.PagePadding, theme.PagePadding, theme.PagePadding), v.parts))
	v.content = container.NewStack(scroll)
}

// atTop keeps an object at its least height at the top of the room that it has.
func atTop(o fyne.CanvasObject) fyne.CanvasObject { return container.NewBorder(o, nil, nil, nil) }

// playRoles are where a message can be heard, as they are offered.
var playRoles = []phone.DeviceRole{phone.Speaker, phone.RingDevice}

func roleWords() []string { return []string{lang.L("Speaker"), lang.L("Ring device")} }

func speedWords() []string {
	words := make([]string, len(phone.Speeds))
	for i, speed := range phone.Speeds {
		words[i] = fmt.Sprintf("%g×", speed)
	}
	return words
}

// with does something with the message that is open.
func (v *voicemailPane) with(do func(row view.VoicemailRow)) {
	if open := v.main.Voicemails.Open; open != nil {
		do(open.VoicemailRow)
	}
}

func (v *voicemailPane) toggleDone() {
	v.with(func(row view.VoicemailRow) {
		mark := phone.MarkDone
		if row.Done {
			mark = phone.MarkOpen
		}
		v.main.Voicemails.Mark(mark, row.ID)
	})
}

// keep saves the note of the message that is shown, where it was changed.
func (v *voicemailPane) keep() {
	if open := v.main.Voicemails.Open; open != nil && open.ID == v.shown {
		v.main.Voicemails.Note(open.ID, strings.TrimSpace(v.note.Text))
	}
}

// key takes the keys of the player; it tells whether it had a use for one.
func (v *voicemailPane) key(key fyne.KeyName) bool {
	p := v.main.Voicemails
	switch key {
	case fyne.KeySpace:
		p.Toggle()
	case fyne.KeyLeft:
		p.Skip(-1)
	case fyne.KeyRight:
		p.Skip(1)
	case fyne.KeyDelete:
		v.with(func(row view.VoicemailRow) { p.Delete(row.ID) })
	case fyne.KeyEscape:
		p.Close()
	default:
		return false
	}
	return true
}

// refresh shows the message that is open.
func (v *voicemailPane) refresh() {
	open := v.main.Voicemails.Open
	show(v.content, open != nil)
	if open == nil {
		v.shown = ""
		return
	}
	v.avatar.SetName(open.Party.Name)
	v.name.SetText(open.Party.Title)
	v.number.SetText(open.Party.Number)
	show(v.number, open.Party.Number != "")
	state := ""
	if open.Done {
		state = lang.L("done")
	}
	v.facts.SetText(joined(open.Moment, open.Account, state))
	v.mark.SetText("")
	if open.Blocked {
		v.mark.SetText("⊘ " + lang.L("blocked caller"))
	}
	show(v.mark, open.Blocked)
	v.drawActions(open.VoicemailRow)
	if focused := canvasOf(v.note); open.ID != v.shown || focused == nil || focused.Focused() != fyne.Focusable(v.note) {
		setEntry(v.note, open.Text)
	}
	v.shown = open.ID
	v.played()
	v.parts.Refresh()
	v.content.Refresh()
}

func (v *voicemailPane) drawActions(row view.VoicemailRow) {
	show(v.again, row.Number != "")
	show(v.write, row.Number != "")
	done := lang.L("Done")
	if row.Done {
		done = lang.L("Not done")
	}
	v.done.SetText(done)
	v.unheard.SetText(markItem(v.main.Voicemails, row).Text)
	item := blockItem(v.main, row)
	v.block.SetText(item.Text)
	v.block.WithIcon(item.Icon)
}

// played shows where the player is.
func (v *voicemailPane) played() {
	open, player := v.main.Voicemails.Open, v.main.Player
	if open == nil {
		return
	}
	at := player.Position(open.ID)
	heard := 0.0
	if open.Long > 0 {
		heard = float64(at) / float64(open.Long)
	}
	v.wave.Set(open.Wave, heard)
	v.place.SetText(view.Written(at, open.Long))
	if player.Plays(open.ID) {
		v.play.WithIcon(theme.IconPause)
		v.play.SetTip(lang.L("Pause"))
	} else {
		v.play.WithIcon(theme.IconPlay)
		v.play.SetTip(lang.L("Play"))
	}
	for i, speed := range phone.Speeds {
		if speed == player.Now.Speed && i != v.speed.Selected() {
			v.speed.Set(speedWords(), i)
		}
	}
	for i, role := range playRoles {
		if role == player.Now.Role && i != v.role.Selected() {
			v.role.Set(roleWords(), i)
		}
	}
}
