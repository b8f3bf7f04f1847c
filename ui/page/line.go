package page

import (
	"cmp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// levelColor is that of the dot which stands for a level.
func levelColor(level view.Level) fyne.ThemeColorName {
	switch level {
	case view.Good:
		return theme.Answer
	case view.Working:
		return theme.Warning
	default:
		return theme.Danger
	}
}

// lineTitle is the state of the line in two words, with its account.
func lineTitle(m *view.Main) string {
	l := m.Line
	if l.First {
		return lang.L("No account")
	}
	state := presenceWord(presenceOf(m))
	switch {
	case l.Level == view.Working:
		state = lang.L("Connecting")
	case l.Level == view.Bad && failedAccount(m) != "":
		state = lang.L("Not available")
	case l.Level == view.Bad: // there is no sound
		state = lang.L("Not ready")
	}
	return l.Account + "  " + state
}

// presences are those that can be chosen.
var presences = []phone.Presence{phone.Available, phone.Away, phone.DoNotDisturb}

var presenceIcons = map[phone.Presence]theme.Icon{phone.Available: theme.IconPhone, phone.Away: theme.IconClock, phone.DoNotDisturb: theme.IconMoon}

// presenceOf is whether the agent takes calls.
func presenceOf(m *view.Main) phone.Presence { return cmp.Or(m.Line.Presence, phone.Available) }

func presenceWord(p phone.Presence) string {
	switch p {
	case phone.Away:
		return lang.L("Away")
	case phone.DoNotDisturb:
		return lang.L("Do not disturb")
	default:
		return lang.L("Available")
	}
}

// lineColor is that of the dot in the header: the line's, and on a good one that of the agent.
func lineColor(l view.Line) fyne.ThemeColorName {
	switch {
	case l.Level != view.Good:
		return levelColor(l.Level)
	case l.Presence == phone.Away:
		return theme.Warning
	case l.Presence == phone.DoNotDisturb:
		return theme.Danger
	default:
		return theme.Answer
	}
}

// newLineNote is the sentence about the line under the dial pad.
func newLineNote(m *view.Main) fyne.CanvasObject {
	note := widget.NewParagraph("", widget.Small)
	draw := func() {
		bad := m.Line.Level == view.Bad && !m.Line.First
		note.SetText(m.Line.Text)
		note.SetColor(theme.Secondary)
		if bad {
			note.SetColor(theme.Danger)
		}
		show(note, !bad || m.Page != view.PageHome) // there a banner says it
	}
	onChange(&m.Changed, draw)
	draw()
	return note
}

// lineAlert is the banner on Home of a line that is not good, with what can be done about it.
type lineAlert struct {
	main *view.Main
	box  *fyne.Container
	// The sentence that is shown, and the account that can be tried again; "" for none.
	text, address string
}

func newLineAlert(m *view.Main) *lineAlert {
	a := &lineAlert{main: m, box: flow(0)}
	a.box.Hide()
	onChange(&m.Changed, a.draw)
	onChange(&m.Accounts.Changed, a.draw)
	a.draw()
	return a
}

func (a *lineAlert) draw() {
	text, address := "", ""
	if line := a.main.Line; line.Level == view.Bad && !line.First {
		text, address = line.Text, failedAccount(a.main)
	}
	if text == a.text && address == a.address {
		return
	}
	a.text, a.address = text, address
	a.box.RemoveAll()
	if text != "" {
		a.box.Add(widget.NewBanner(widget.Trouble, text, a.actions()...))
	}
	show(a.box, text != "")
}

func (a *lineAlert) actions() []*widget.Button {
	settings := widget.NewButton(lang.L("Settings"), widget.Plain, func() { a.main.Go(view.PageSettings) })
	if address := a.address; address != "" {
		again := widget.NewButton(lang.L("Try now"), widget.Plain, func() { a.main.Accounts.Retry(address) })
		return []*widget.Button{again, settings}
	}
	return []*widget.Button{settings}
}

// failedAccount is the account that the line waits for; "" where it is not for one.
func failedAccount(m *view.Main) string {
	for _, row := range m.Accounts.List {
		if row.Level == view.Bad && (row.Default || len(m.Accounts.List) == 1) {
			return row.Address
		}
	}
	return ""
}
