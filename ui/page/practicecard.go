package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// newPracticeCard is what can be tried while practising: numbers to call, and people who call. Who has neither an account
// nor called yet starts for the first time, and is told what this is.
func newPracticeCard(m *view.Main) fyne.CanvasObject {
	add := widget.NewButton(lang.L("Add an account"), widget.Filled, func() { addAccount(m) })
	stop := widget.NewButton(lang.L("Stop practising"), widget.Plain, func() { m.Practice.Switch(false) })
	title, text := widget.NewText("", widget.Title).Shrink(), widget.NewParagraph("", widget.Small)
	notice := widget.NewParagraph("", widget.Small)
	notice.SetColor(theme.Danger)
	numbers := container.New(pairsLayout{}, robotRows(m)...)
	callers := container.New(&wrapLayout{gap: theme.Grid, line: theme.Grid})
	for _, robot := range m.Practice.Callers {
		callers.Add(widget.NewButton(robot.Text, widget.Tonal, func() { m.Practice.Ring(robot.Who) }))
	}
	card := widget.NewCard(flow(theme.Grid,
		container.NewBorder(nil, nil, nil, across(0, stop, add), middled(title)),
		text,
		numbers,
		widget.NewText(lang.L("Or have somebody call you:"), widget.Small),
		callers,
		notice,
	))
	draw := func() {
		show(card, m.Practice.On)
		alone := len(m.Accounts.List) == 0
		show(add, alone)
		if alone && m.Today.Len() == 0 {
			title.SetText(lang.L("Welcome"))
			text.SetText(lang.L("Callward is your telephone. Try it here first: nothing leaves this computer. " +
				"Then add the account that your administrator gave you. Call one of these:"))
		} else {
			title.SetText(lang.L("Practice"))
			text.SetText(lang.L("Nothing here leaves this computer. Call one of these:"))
		}
		notice.SetText(m.Practice.Notice)
		show(notice, m.Practice.Notice != "")
	}
	onChange(&m.Practice.Changed, draw)
	onChange(&m.Accounts.Changed, draw)
	onChange(&m.Today.Changed, draw)
	draw()
	return card
}

// robotRows are the numbers of the practice exchange, each a line that calls it.
func robotRows(m *view.Main) []fyne.CanvasObject {
	rows := make([]fyne.CanvasObject, len(m.Practice.Numbers))
	for i, robot := range m.Practice.Numbers {
		row := widget.NewLoneRow(robotRow)
		row.Set(widget.RowContent{Title: robot.Dial, Subtitle: robot.Text, Beside: true, Unread: true})
		row.SetActions(widget.Action{Icon: theme.IconPhone, Tip: lang.L("Call"), Tapped: func() { m.CallRobot(robot.Dial) }})
		row.OnTapped = func() { m.CallRobot(robot.Dial) }
		rows[i] = row
	}
	return rows
}

// robotRow is the height of a line of the practice card, the gap to the next included.
const robotRow = 26

// pairsLayout sets lines in two columns. The second is the wider one, as its sentences are.
type pairsLayout struct{}

// firstColumn is the part of the width that the first column has.
const firstColumn = 0.48

func (pairsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, float32((len(objects)+1)/2*robotRow))
}

func (pairsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	const gap = 2
	rows, first := (len(objects)+1)/2, size.Width*firstColumn
	for i, o := range objects {
		x, width := float32(0), first-gap
		if i >= rows {
			x, width = first, size.Width-first+rowMargin
		}
		place(o, x-rowMargin, float32(i%rows*robotRow), width, robotRow-gap)
	}
}
