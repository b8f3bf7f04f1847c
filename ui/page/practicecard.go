package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// newPracticeCard is what can be tried while practising: numbers to call, and people who call.
func newPracticeCard(m *view.Main) fyne.CanvasObject {
	add := widget.NewButton(lang.L("Add an account"), widget.Filled, func() { addAccount(m) })
	stop := widget.NewButton(lang.L("Stop practising"), widget.Plain, func() { m.Practice.Switch(false) })
	notice := widget.NewParagraph("", widget.Small)
	notice.SetColor(theme.Danger)
	numbers := container.New(&pairsLayout{}, robotRows(m)...)
	callers := across(theme.Grid)
	for _, robot := range m.Practice.Callers {
		callers.Add(widget.NewButton(robot.Text, widget.Tonal, func() { m.Practice.Ring(robot.Who) }))
	}
	card := widget.NewCard(column(theme.Grid,
		container.NewBorder(nil, nil, nil, across(0, stop, add), middled(widget.NewText(lang.L("Practice"), widget.Title).Shrink())),
		widget.NewParagraph(lang.L("Nothing here leaves this computer. Call one of these:"), widget.Small),
		numbers,
		widget.NewText(lang.L("Or have somebody call you:"), widget.Small),
		across(0, callers, layout.NewSpacer()),
		notice,
	))
	draw := func() {
		show(card, m.Practice.On)
		show(add, len(m.Accounts.List) == 0)
		notice.SetText(m.Practice.Notice)
		show(notice, m.Practice.Notice != "")
	}
	onChange(&m.Practice.Changed, draw)
	onChange(&m.Accounts.Changed, draw)
	draw()
	return card
}

// robotRows are the numbers of the practice exchange, each a line that calls it.
func robotRows(m *view.Main) []fyne.CanvasObject {
	rows := make([]fyne.CanvasObject, len(m.Practice.Numbers))
	for i, robot := range m.Practice.Numbers {
		row := widget.NewLoneRow(robotRow)
		row.Set(widget.RowContent{Title: robot.Dial + "   " + robot.Text})
		row.OnTapped = func() { m.CallRobot(robot.Dial) }
		rows[i] = row
	}
	return rows
}

// robotRow is the height of a line of the practice card, the gap to the next included.
const robotRow = 36

// pairsLayout sets lines in two columns where they have room, else in one.
type pairsLayout struct{ columns int }

// pairWidth is the least of a column.
const pairWidth = 240

func (l *pairsLayout) rows(objects []fyne.CanvasObject) int {
	columns := max(1, l.columns)
	return (len(objects) + columns - 1) / columns
}

func (l *pairsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(pairWidth, float32(l.rows(objects)*robotRow))
}

func (l *pairsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.columns = 1
	if size.Width >= 2*pairWidth {
		l.columns = 2
	}
	rows, width := l.rows(objects), size.Width/float32(l.columns)
	for i, o := range objects {
		place(o, float32(i/rows)*width, float32(i%rows)*robotRow, width-4, robotRow-4)
	}
}
