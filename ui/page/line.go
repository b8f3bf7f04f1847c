package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

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
func lineTitle(l view.Line) string {
	if l.First {
		return lang.L("No account")
	}
	state := lang.L("Available")
	switch l.Level {
	case view.Working:
		state = lang.L("Connecting")
	case view.Bad:
		state = lang.L("Not available")
	}
	return l.Account + "  " + state
}

// newLineNote is the sentence about the line under the dial pad.
func newLineNote(m *view.Main) fyne.CanvasObject {
	note := widget.NewParagraph("", widget.Small)
	draw := func() {
		note.SetText(m.Line.Text)
		if m.Line.Level == view.Bad && !m.Line.First {
			note.SetColor(theme.Danger)
		} else {
			note.SetColor(theme.Secondary)
		}
	}
	onChange(&m.Changed, draw)
	draw()
	return note
}

// lineAlert is the banner on Home of a line that is not good, with what can be done about it.
type lineAlert struct {
	main  *view.Main
	box   *fyne.Container
	shown view.Line
}

func newLineAlert(m *view.Main) *lineAlert {
	a := &lineAlert{main: m, box: flow(0)}
	onChange(&m.Changed, a.draw)
	a.draw()
	return a
}

func (a *lineAlert) draw() {
	line := a.main.Line
	if line.Level != view.Bad || line.First {
		line = view.Line{}
	}
	if line == a.shown {
		return
	}
	a.shown = line
	a.box.RemoveAll()
	if line.Text != "" {
		a.box.Add(widget.NewBanner(widget.Trouble, line.Text, a.actions()...))
	}
	show(a.box, line.Text != "")
}

func (a *lineAlert) actions() []*widget.Button {
	settings := widget.NewButton(lang.L("Settings"), widget.Plain, func() { a.main.Go(view.PageSettings) })
	if address := failedAccount(a.main); address != "" {
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
