package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// contactCard is one contact with all that there is of it. For Fyne's goroutine.
type contactCard struct {
	main    *view.Main
	content fyne.CanvasObject
	parts   *fyne.Container

	avatar  *widget.Avatar
	name    *widget.Text
	company *widget.Text
	lines   *fyne.Container
	note    *widget.Paragraph
	title   fyne.CanvasObject // of the note
	mail    *fyne.Container   // the messages
	rows    []*mailRow
}

const contactSide = 64

func newContactCard(m *view.Main) *contactCard {
	c := &contactCard{
		main: m, avatar: widget.NewAvatar("", contactSide), name: widget.NewText("", widget.Title).Shrink(),
		company: widget.NewText("", widget.Body).Shrink(), lines: flow(0), note: widget.NewParagraph("", widget.Body),
	}
	p := m.Contacts
	edit := widget.NewButton(lang.L("Edit"), widget.Plain, p.Edit).WithIcon(theme.IconEdit)
	forget := widget.NewButton(lang.L("Delete"), widget.DangerText, p.Delete).WithIcon(theme.IconTrash)
	closer := widget.NewIconButton(theme.IconClose, lang.L("Close"), p.Close)
	edit.OnEscape, forget.OnEscape, closer.OnEscape = p.Close, p.Close, p.Close
	c.title = widget.NewSectionTitle(lang.L("Note"))
	head := container.NewBorder(nil, nil, across(2*theme.Grid, c.avatar, sized(0, 0)), middled(closer), middled(column(0, c.name, c.company)))
	c.mail = flow(theme.Grid, widget.NewSectionTitle(lang.L("Voicemails")))
	c.parts = flow(2*theme.Grid, head, outward(c.lines), c.mail, flow(theme.Grid, c.title, c.note), outward(across(0, edit, forget)))
	c.content = container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, theme.PagePadding, theme.PagePadding, theme.PagePadding), c.parts))
	return c
}

// show shows the contact that is open.
func (c *contactCard) show(p *view.Contacts) {
	title := phone.ContactName{Name: p.Open.Name, Company: p.Open.Company}.Title()
	c.avatar.SetName(title)
	c.avatar.SetPicture(p.Open.Picture)
	c.name.SetText(title)
	company := p.Open.Company
	if company == title {
		company = ""
	}
	c.company.SetText(company)
	show(c.company, company != "")
	c.lines.Objects = c.lines.Objects[:0]
	for _, line := range p.Lines {
		c.lines.Add(c.line(line, title))
	}
	c.showMail(p.Messages)
	c.note.SetText(p.Open.Note)
	show(c.note, p.Open.Note != "")
	show(c.title, p.Open.Note != "")
	c.lines.Refresh()
	c.parts.Refresh()
}

// showMail lists the messages of the contact.
func (c *contactCard) showMail(list []view.VoicemailRow) {
	for len(c.rows) < len(list) {
		row := newMailRow(c.main)
		c.rows = append(c.rows, row)
		c.mail.Add(row.content)
	}
	for i, row := range c.rows {
		show(row.content, i < len(list))
		if i < len(list) {
			row.show(list[i])
		}
	}
	show(c.mail, len(list) > 0)
	c.mail.Refresh()
}

// line is a number with what can be done with it; a click calls.
func (c *contactCard) line(line view.ContactLine, name string) fyne.CanvasObject {
	row := widget.NewLoneRow(theme.CallRow)
	content := widget.RowContent{Icon: theme.IconPhone, Title: line.Text, Subtitle: labelText(line.Label)}
	if line.Blocked {
		content.Icon, content.IconColor = theme.IconBlock, theme.Danger
		content.Cells = []widget.Cell{{Text: lang.L("Blocked"), Color: theme.Danger}}
	}
	row.Set(content)
	call := func() { c.main.CallNumber(line.Dial, "") }
	write := func() { c.main.WriteTo(line.Dial, "") }
	take := func() { fyne.CurrentApp().Clipboard().SetContent(line.Dial) }
	block := func() { c.main.Block(line.Dial, name, "") }
	row.OnTapped = call
	row.SetActions(
		widget.Action{Icon: theme.IconPhone, Tip: lang.L("Call"), Tapped: call},
		widget.Action{Icon: theme.IconTexts, Tip: lang.L("Text"), Tapped: write},
		widget.Action{Icon: theme.IconCopy, Tip: lang.L("Copy number"), Tapped: take},
		widget.Action{Icon: theme.IconBlock, Tip: lang.L("Block…"), Tapped: block},
	)
	row.OnMenu = func(at fyne.Position) {
		if on := canvasOf(row); on != nil {
			widget.ShowMenu(on, at,
				widget.MenuItem{Icon: theme.IconPhone, Text: lang.L("Call"), Tapped: call},
				widget.MenuItem{Icon: theme.IconTexts, Text: lang.L("Text"), Tapped: write},
				widget.MenuItem{Icon: theme.IconCopy, Text: lang.L("Copy number"), Tapped: take},
				widget.MenuItem{Icon: theme.IconBlock, Text: lang.L("Block…"), Tapped: block})
		}
	}
	return row
}
