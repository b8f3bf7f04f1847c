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

// callDetails is the card under the list that says how one call went. For Fyne's goroutine.
type callDetails struct {
	main   *view.Main
	row    view.CallRow // the one shown; its ID is empty while there is none
	holder *fyne.Container

	title, number, facts *widget.Text
	reason               *widget.Paragraph
	again, block, write  *widget.Button
}

func newCallDetails(m *view.Main) *callDetails {
	d := &callDetails{
		main:  m,
		title: widget.NewText("", widget.Strong).Shrink(), number: widget.NewText("", widget.Small).Shrink(),
		facts: widget.NewText("", widget.Small).Shrink(), reason: widget.NewParagraph("", widget.Body),
	}
	d.again = widget.NewButton(lang.L("Call"), widget.Plain, func() { m.CallNumber(d.row.Again, d.row.Account) }).WithIcon(theme.IconPhone)
	d.write = widget.NewButton(lang.L("Text"), widget.Plain, func() { m.WriteTo(d.row.Number, d.row.Account) }).WithIcon(theme.IconTexts)
	d.block = widget.NewButton(lang.L("Block…"), widget.Plain, func() { m.Block(d.row.Number, d.row.Party.Name, d.row.Account) }).WithIcon(theme.IconBlock)
	closer := widget.NewIconButton(theme.IconClose, lang.L("Close"), d.hide)
	names := column(0, d.title, d.number)
	head := container.NewBorder(nil, nil, nil, container.NewHBox(d.block, d.write, d.again, closer), names)
	card := widget.NewCard(column(6, head, d.reason, d.facts))
	d.holder = container.New(layout.NewCustomPaddedLayout(theme.Grid, 2*theme.Grid, theme.PagePadding, theme.PagePadding), card)
	d.holder.Hide()
	return d
}

// show says how a call went.
func (d *callDetails) show(row view.CallRow) {
	d.row = row
	d.title.SetText(row.Party.Title)
	d.number.SetText(callSubtitle(row))
	show(d.number, d.number.Text() != "")
	d.reason.SetText(row.Reason)
	show(d.reason, row.Reason != "")
	d.facts.SetText(callFacts(row))
	show(d.again, row.Again != "")
	show(d.write, row.Number != "")
	d.holder.Show()
	d.holder.Refresh()
}

func (d *callDetails) hide() {
	d.row = view.CallRow{}
	d.holder.Hide()
}

// callFacts is the small print: direction, time, result, account and SIP answer.
func callFacts(row view.CallRow) string {
	text := lang.L("Incoming")
	if row.Out {
		text = lang.L("Outgoing")
	}
	anyway := ""
	if row.Anyway {
		anyway = lang.L("called although it was blocked")
	}
	for _, fact := range []string{row.Time, row.Result, anyway, row.Account, row.Details} {
		if fact != "" {
			text += "  ·  " + fact
		}
	}
	return text
}
