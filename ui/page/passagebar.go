package page

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// newPassageBar is *Who would get through?*: a field, and what becomes of who is typed there.
func newPassageBar(m *view.Main) fyne.CanvasObject {
	p := m.Passage
	field := widget.NewSearch(lang.L("Any number, or what a caller claims"), p.Type)
	field.OnKey = func(key fyne.KeyName) bool {
		if key != fyne.KeyEscape || field.Text == "" {
			return false
		}
		field.SetText("")
		return true
	}
	verdicts := container.New(&wrapLayout{gap: 2 * theme.Grid, line: theme.Grid / 2})
	why, failed := widget.NewParagraph("", widget.Small), note()
	answer := flow(theme.Grid/2, verdicts, why)
	title := widget.NewText(lang.L("Who would get through?"), widget.SmallStrong)
	whole := flow(theme.Grid, container.NewBorder(nil, nil, across(1.5*theme.Grid, middled(title), sized(0, 0)), nil, field), answer, failed)
	var shown string
	draw := func() {
		key := ""
		for _, row := range p.Rows {
			key += row.What + row.Verdict
		}
		if key != shown {
			shown = key
			verdicts.Objects = verdicts.Objects[:0]
			for _, row := range p.Rows {
				verdicts.Add(passageVerdict(row))
			}
			verdicts.Refresh()
		}
		why.SetText(p.Why)
		show(answer, len(p.Rows) > 0)
		say(failed, p.Failed, theme.Danger)
		whole.Refresh()
	}
	onChange(&p.Changed, draw)
	draw()
	return column(0, sized(0, theme.Grid), widget.NewHairline(),
		container.New(layout.NewCustomPaddedLayout(1.5*theme.Grid, 1.5*theme.Grid, theme.PagePadding, theme.PagePadding), whole))
}

// passageVerdict is one way to get through, and whether it is open.
func passageVerdict(row view.PassageRow) fyne.CanvasObject {
	icon, color := theme.IconCheck, theme.Answer
	if !row.Passes {
		icon, color = theme.IconBlock, theme.Danger
	}
	text := widget.NewText(row.What+": "+strings.ToLower(row.Verdict), widget.Small)
	text.SetColor(theme.Text)
	return across(theme.Grid/2, middled(widget.NewIcon(icon, color, 16)), middled(text))
}
