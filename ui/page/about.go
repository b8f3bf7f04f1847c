package page

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// aboutSection is what the program is, and the licences of what it is made with; one
// of them is read in place of the list. For Fyne's goroutine.
type aboutSection struct {
	about  *view.About
	holder *fyne.Container
	list   fyne.CanvasObject
}

func newAboutSection(a *view.About) fyne.CanvasObject {
	s := &aboutSection{about: a, holder: container.NewStack()}
	rows := widget.NewList(theme.SettingRow, func() int { return len(a.Licences) }, func(i int, row *widget.Row) {
		l := a.Licences[i]
		row.Set(widget.RowContent{Title: l.Name, Cells: []widget.Cell{{Text: l.Version, Width: 160}, {Text: l.Kind, Width: 120}}})
	})
	rows.OnActivate = func(i int) { s.read(a.Licences[i]) }
	top := column(theme.Grid,
		sized(0, theme.ButtonHeight, widget.NewText(lang.L("About"), widget.Title)),
		widget.NewText("Callward", widget.Strong),
		widget.NewText(lang.L("Version {{.Version}}", map[string]any{"Version": a.Version}), widget.Body),
		inset(theme.Grid/2, widget.NewText("", widget.Small)),
		widget.NewSectionTitle(lang.L("Made with")),
		widget.NewParagraph(lang.L("Callward is made with the work of others, and thanks them. A click shows a licence."), widget.Small),
	)
	s.list = inset(theme.PagePadding, container.New(&narrow{settingsWidth}, container.NewBorder(top, nil, nil, nil, rows)))
	s.put(s.list)
	return s.holder
}

// read shows the text of a licence.
func (s *aboutSection) read(l view.Licence) {
	back := widget.NewIconButton(theme.IconArrowLeft, lang.L("Back"), func() { s.put(s.list) })
	title := widget.NewText(fmt.Sprintf("%s %s", l.Name, l.Version), widget.Strong).Shrink()
	head := container.NewBorder(nil, nil, back, widget.NewText(l.Kind, widget.Small), title)
	text := container.NewVScroll(widget.NewParagraph(l.Text, widget.Body))
	s.put(inset(theme.PagePadding, container.New(&narrow{settingsWidth}, container.NewBorder(column(theme.Grid, head, sized(0, theme.Grid)), nil, nil, nil, text))))
}

func (s *aboutSection) put(o fyne.CanvasObject) {
	s.holder.Objects = []fyne.CanvasObject{o}
	s.holder.Refresh()
}
