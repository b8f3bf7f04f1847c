package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// newFirstStart is the card of a window that knows no account: what this is, and the two ways on.
func newFirstStart(m *view.Main) fyne.CanvasObject {
	card := widget.NewCard(flow(1.5*theme.Grid,
		widget.NewText(lang.L("Welcome to Callward"), widget.Title),
		widget.NewParagraph(lang.L("Callward is your telephone: it makes and takes the calls of your company's telephone system on this computer. "+
			"Add the account that your administrator gave you, or try everything first on an exchange that runs on this computer alone."), widget.Body),
		across(theme.Grid,
			widget.NewButton(lang.L("Add an account"), widget.Filled, func() { addAccount(m) }),
			widget.NewButton(lang.L("Practise now"), widget.Plain, func() { m.Practice.Switch(true) }),
		),
	))
	draw := func() { show(card, m.Line.First) }
	onChange(&m.Changed, draw)
	draw()
	return card
}

// addAccount opens the empty form of an account.
func addAccount(m *view.Main) {
	m.Accounts.Add()
	m.Go(view.PageSettings)
}
