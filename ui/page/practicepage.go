package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// newPracticeSection switches the practice exchange, and shows whom it has.
func newPracticeSection(m *view.Main) fyne.CanvasObject {
	p := m.Practice
	on := widget.NewCheck(lang.L("Practise"), p.Switch)
	wrong := note()
	numbers := column(4, rowsTitle(lang.L("Numbers to dial")))
	for _, robot := range p.Numbers {
		call := func() { m.CallRobot(robot.Dial) }
		numbers.Add(practiceRow(theme.IconPhone, robot.Dial, robot.Text, lang.L("Call"), call))
	}
	callers := column(4, rowsTitle(lang.L("Have somebody ring")))
	for _, robot := range p.Callers {
		ring := func() { p.Ring(robot.Who) }
		callers.Add(practiceRow(theme.IconBell, robot.Text, "", lang.L("Ring"), ring))
	}
	refresh := func() {
		on.Set(p.On)
		show(numbers, p.On)
		show(callers, p.On)
		say(wrong, p.Notice, theme.Danger)
	}
	onChange(&p.Changed, refresh)
	refresh()
	return section(lang.L("Practice"), nil,
		flow(theme.Grid,
			widget.NewParagraph(lang.L("The practice exchange is a small telephone exchange within Callward. Its calls stay on this computer and cost nothing."), widget.Body),
			on, wrong),
		outward(callers), outward(numbers),
	)
}

// rowsTitle is the title of rows that reach out of the margin.
func rowsTitle(text string) fyne.CanvasObject {
	return container.New(layoutLeft(12), widget.NewSectionTitle(text))
}

// practiceRow is one who can be called, or who calls.
func practiceRow(icon theme.Icon, title, does, tip string, act func()) fyne.CanvasObject {
	row := widget.NewLoneRow(theme.SettingRow)
	row.Set(widget.RowContent{Icon: icon, Title: title, Subtitle: does})
	row.OnTapped = act
	row.SetTip(tip)
	return row
}
