package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// The columns at the right of a call, in dp.
const (
	timeColumn   float32 = 44
	resultColumn float32 = 124
)

// callContent is how a line of history looks; nothing stands in it until it is read.
func callContent(row view.CallRow) widget.RowContent {
	switch {
	case row.Day != "":
		return widget.RowContent{Title: row.Day, Heading: true}
	case row.ID == "":
		return widget.RowContent{}
	}
	content := widget.RowContent{
		Icon: theme.IconIncoming, IconColor: theme.Secondary, Title: row.Party.Title, Unread: true, Subtitle: callSubtitle(row),
		Cells: []widget.Cell{{Text: row.Time, Width: timeColumn}, {Text: row.Result, Width: resultColumn}},
	}
	switch {
	case row.Missed:
		content.Icon, content.IconColor = theme.IconMissed, theme.Danger
		content.Cells[1].Color = theme.Danger
	case row.Out:
		content.Icon = theme.IconOutgoing
	}
	return content
}

// callSubtitle is the number, whether there is a message, and what came of the call later.
func callSubtitle(row view.CallRow) string {
	left := ""
	if row.Voicemail != "" {
		left = lang.L("left a message")
	}
	return joined(row.Party.Number, left, row.Note)
}

// messageActions are the button of a call whose caller left a message: it leads to that.
func messageActions(m *view.Main, row view.CallRow) []widget.Action {
	if row.Voicemail == "" {
		return nil
	}
	return []widget.Action{{Icon: theme.IconVoicemail, Tip: lang.L("Open the message"), Tapped: func() { m.OpenVoicemail(row.Voicemail) }}}
}

// messageItems is the same in a menu.
func messageItems(m *view.Main, row view.CallRow) []widget.MenuItem {
	if row.Voicemail == "" {
		return nil
	}
	return []widget.MenuItem{{Icon: theme.IconVoicemail, Text: lang.L("Open the message"), Tapped: func() { m.OpenVoicemail(row.Voicemail) }}}
}

// callActions are the buttons of a call's row.
func (c *Calls) callActions(row view.CallRow) []widget.Action {
	if row.ID == "" {
		return nil
	}
	details := widget.Action{Icon: theme.IconInfo, Tip: lang.L("Details"), Tapped: func() { c.details.show(row) }}
	forget := widget.Action{Icon: theme.IconTrash, Tip: lang.L("Delete"), Tapped: func() { c.askForget(row) }}
	message := messageActions(c.main, row)
	if row.Again == "" {
		return append(message, details, forget)
	}
	return append(message, []widget.Action{
		{Icon: theme.IconPhone, Tip: lang.L("Call"), Tapped: func() { c.call(row) }},
		{Icon: theme.IconCopy, Tip: lang.L("Copy number"), Tapped: func() { copyNumber(row) }},
		details, forget,
	}...)
}

// callMenu is what a click of the secondary button on a call offers.
func (c *Calls) callMenu(row view.CallRow) []widget.MenuItem {
	items := append(messageItems(c.main, row), []widget.MenuItem{
		{Icon: theme.IconInfo, Text: lang.L("Details"), Tapped: func() { c.details.show(row) }},
		contactItem(c.main, row),
		{Icon: theme.IconBlock, Text: lang.L("Block…"), Tapped: func() { c.main.Block(row.Number, row.Party.Name, row.Account) }},
		{},
		{Icon: theme.IconTrash, Text: lang.L("Delete"), Danger: true, Tapped: func() { c.askForget(row) }},
	}...)
	if row.Again == "" {
		return items
	}
	return append([]widget.MenuItem{
		{Icon: theme.IconPhone, Text: lang.L("Call"), Tapped: func() { c.call(row) }},
		{Icon: theme.IconTexts, Text: lang.L("Text"), Disabled: row.Number == "", Tapped: func() { c.main.WriteTo(row.Number, row.Account) }},
		{Icon: theme.IconCopy, Text: lang.L("Copy number"), Tapped: func() { copyNumber(row) }},
	}, items...)
}

// contactItem opens the contact of a call, or adds one.
func contactItem(m *view.Main, row view.CallRow) widget.MenuItem {
	if row.Contact != "" {
		return widget.MenuItem{Icon: theme.IconUser, Text: lang.L("Open contact"), Tapped: func() { m.OpenContact(row.Contact) }}
	}
	return widget.MenuItem{
		Icon: theme.IconUser, Text: lang.L("Add to contacts…"), Disabled: row.Number == "",
		Tapped: func() { m.AddContact(row.Number, row.Party.Name, row.Account) },
	}
}

func copyNumber(row view.CallRow) { fyne.CurrentApp().Clipboard().SetContent(row.Again) }
