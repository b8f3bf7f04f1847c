package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// voicemailItems are what can be done with a message; open is set where it is not opened yet.
func voicemailItems(m *view.Main, row view.VoicemailRow, open bool) []widget.MenuItem {
	p := m.Voicemails
	var items []widget.MenuItem
	if open {
		items = append(items,
			widget.MenuItem{Icon: theme.IconInfo, Text: lang.L("Open"), Tapped: func() { m.OpenVoicemail(row.ID) }},
			widget.MenuItem{Icon: theme.IconPlay, Text: lang.L("Play"), Tapped: func() { m.Player.Toggle(row.ID) }},
			widget.MenuItem{Icon: theme.IconPhone, Text: lang.L("Call back"), Disabled: row.Number == "", Tapped: func() { callBack(m, row) }},
			widget.MenuItem{Icon: theme.IconTexts, Text: lang.L("Text"), Disabled: row.Number == "", Tapped: func() { m.WriteTo(row.Number, row.Account) }},
			markItem(p, row))
		if m.Page == view.PageVoicemails {
			items[0].Tapped = func() { p.Pick(row.ID) }
			items = append(items, widget.MenuItem{Icon: theme.IconPlus, Text: lang.L("Select"), Checked: p.Chosen(row.ID), Tapped: func() { p.Choose(row.ID) }})
		}
	}
	items = append(items, voicemailContact(m, row), blockItem(m, row),
		widget.MenuItem{
			Icon: theme.IconCopy, Text: lang.L("Copy number"), Disabled: row.Number == "",
			Tapped: func() { fyne.CurrentApp().Clipboard().SetContent(row.Number) },
		},
		widget.MenuItem{Icon: theme.IconFolder, Text: lang.L("Save as…"), Tapped: func() { m.SaveVoicemail(row) }})
	if !open {
		return append(items, widget.MenuItem{}, widget.MenuItem{
			Icon: theme.IconChevronRight, Text: lang.L("Play the next unheard one after it"), Checked: p.Next, Tapped: func() { p.SetNext(!p.Next) },
		})
	}
	return append(items, widget.MenuItem{},
		widget.MenuItem{Icon: theme.IconTrash, Text: lang.L("Delete"), Danger: true, Tapped: func() { p.Delete(row.ID) }})
}

// callBack calls who left a message.
func callBack(m *view.Main, row view.VoicemailRow) { m.CallNumber(row.Number, row.Account) }

// markItem says that a message is heard, or that it is not.
func markItem(p *view.Voicemails, row view.VoicemailRow) widget.MenuItem {
	if row.Heard {
		return widget.MenuItem{Icon: theme.IconVoicemail, Text: lang.L("Mark unheard"), Tapped: func() { p.Mark(phone.MarkUnheard, row.ID) }}
	}
	return widget.MenuItem{Icon: theme.IconCheck, Text: lang.L("Mark heard"), Tapped: func() { p.Mark(phone.MarkHeard, row.ID) }}
}

// voicemailContact opens the contact of a caller, or adds one.
func voicemailContact(m *view.Main, row view.VoicemailRow) widget.MenuItem {
	return contactItem(m, view.CallRow{Contact: row.Contact, Number: row.Number, Party: row.Party, Account: row.Account})
}

// blockItem blocks a caller, or unblocks one who is blocked now.
func blockItem(m *view.Main, row view.VoicemailRow) widget.MenuItem {
	if row.BlockedNow {
		return widget.MenuItem{Icon: theme.IconCheck, Text: lang.L("Unblock"), Tapped: func() { m.Voicemails.Unblock(row) }}
	}
	return widget.MenuItem{Icon: theme.IconBlock, Text: lang.L("Block…"), Tapped: func() { m.Block(row.Number, row.Party.Name, row.Account) }}
}

// choiceBar is what can be done with the messages that are chosen. For Fyne's goroutine.
type choiceBar struct {
	object fyne.CanvasObject
	shown  *fyne.Container
	count  *widget.Text
	chosen *view.Voicemails
}

func newChoiceBar(p *view.Voicemails) *choiceBar {
	b := &choiceBar{chosen: p, count: widget.NewText("", widget.Strong)}
	b.shown = bar(theme.Grid, b.count,
		widget.NewButton(lang.L("Mark heard"), widget.Plain, func() { p.Mark(phone.MarkHeard, p.Choice()...) }).WithIcon(theme.IconCheck),
		widget.NewButton(lang.L("Delete"), widget.DangerText, func() { p.Delete(p.Choice()...) }).WithIcon(theme.IconTrash),
		widget.NewButton(lang.L("Cancel"), widget.Plain, p.ChooseNone))
	b.object = padded(b.shown)
	return b
}

func (b *choiceBar) refresh() {
	n := len(b.chosen.Choice())
	b.count.SetText(lang.N("{{.Count}} messages chosen", n, map[string]any{"Count": n}))
	show(b.object, n > 0)
}
