package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// newRail is the bar at the left: the places of the window, with what is new there.
func newRail(m *view.Main) fyne.CanvasObject {
	item := func(icon theme.Icon, name string, page view.Page) *widget.RailItem {
		return widget.NewRailItem(icon, name, func() { m.Go(page) })
	}
	home := item(theme.IconHome, lang.L("Home"), view.PageHome)
	calls := item(theme.IconPhone, lang.L("Calls"), view.PageCalls)
	texts := item(theme.IconTexts, lang.L("Texts"), view.PageTexts)
	mail := item(theme.IconVoicemail, lang.L("Voice-\nmails"), view.PageVoicemails)
	contacts := item(theme.IconContacts, lang.L("Contacts"), view.PageContacts)
	draw := func() {
		contacts.SetSelected(m.Page == view.PageContacts)
		home.SetSelected(m.Page == view.PageHome)
		calls.SetSelected(m.Page == view.PageCalls)
		calls.SetCount(m.Missed)
		texts.SetSelected(m.Page == view.PageTexts)
		texts.SetCount(m.Texts.Unseen)
		mail.SetSelected(m.Page == view.PageVoicemails)
		mail.SetCount(m.Messages.Counts.Unheard)
	}
	onChange(&m.Changed, draw)
	onChange(&m.Messages.Changed, draw)
	onChange(&m.Texts.Changed, draw)
	draw()
	return container.NewStack(
		widget.NewGround(theme.Surface),
		container.NewBorder(sized(0, theme.Grid), nil, nil, nil, column(0, home, calls, texts, mail, contacts)),
	)
}
