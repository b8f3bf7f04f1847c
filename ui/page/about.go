package page

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

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
	rows := widget.NewList(theme.CallRow, func() int { return len(a.Licences) }, func(i int, row *widget.Row) {
		l := a.Licences[i]
		row.Set(widget.RowContent{Title: l.Name, Subtitle: l.Version, Cells: []widget.Cell{{Text: l.Kind}}})
	})
	rows.OnActivate = func(i int) { s.read(a.Licences[i]) }
	version := lang.L("Version {{.Version}}", map[string]any{"Version": a.Version})
	top := flow(2*theme.Grid,
		sectionHead(lang.L("About"), nil),
		column(2, widget.NewText("Callward", widget.Strong), widget.NewText(version, widget.Body),
			widget.NewText(lang.L("Free software under the MIT licence"), widget.Small)),
		flow(2, widget.NewSectionTitle(lang.L("Made with")),
			widget.NewParagraph(lang.L("The work of others that is built into Callward, each under its own licence: a click shows it."), widget.Small)),
	)
	s.list = readable(top, outward(rows))
	s.put(s.list)
	return s.holder
}

// readable sets a head over what scrolls down to the end of the window.
func readable(head, body fyne.CanvasObject) fyne.CanvasObject {
	all := container.NewBorder(container.New(layout.NewCustomPaddedLayout(0, theme.Grid, 0, 0), head), nil, nil, nil, body)
	return container.New(layout.NewCustomPaddedLayout(theme.PagePadding, 0, theme.PagePadding, theme.PagePadding),
		container.New(&narrow{settingsWidth}, all))
}

// read shows the text of a licence.
func (s *aboutSection) read(l view.Licence) {
	back := widget.NewIconButton(theme.IconArrowLeft, lang.L("Back"), func() { s.put(s.list) })
	title := widget.NewText(fmt.Sprintf("%s %s", l.Name, l.Version), widget.Strong).Shrink()
	head := container.NewBorder(nil, nil, container.New(layout.NewCustomPaddedLayout(0, 0, -theme.Grid, 0), back), widget.NewText(l.Kind, widget.Small), title)
	text := widget.NewParagraph(l.Text, widget.Small) // most are written in lines that fit so
	text.SetColor(theme.Text)
	s.put(readable(head, container.NewVScroll(text)))
}

func (s *aboutSection) put(o fyne.CanvasObject) {
	s.holder.Objects = []fyne.CanvasObject{o}
	s.holder.Refresh()
}
