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

// blockedLogSection is what was blocked, and why. For Fyne's goroutine.
type blockedLogSection struct {
	main    *view.Main
	content fyne.CanvasObject

	search  *widget.Entry
	done    *undoBanner
	list    *widget.List
	empty   fyne.CanvasObject
	none    *widget.Paragraph
	details *blockedDetails
	keep    *widget.Choice
	decline *widget.Choice
	drop    *widget.Choice
}

func newBlockedLogSection(m *view.Main) *blockedLogSection {
	s := &blockedLogSection{main: m, details: newBlockedDetails(m), none: note()}
	b := m.BlockedLog
	s.search = widget.NewSearch(lang.L("Search"), func(text string) {
		if text != b.Search() {
			s.list.ScrollToTop()
			b.Find(text)
		}
	})
	s.done = newUndoBanner(b.Undo, b.Forget)
	s.list = widget.NewList(theme.CallRow, b.Len, s.drawRow)
	s.list.OnActivate = func(i int) {
		if row, ready := b.Row(i); ready {
			b.Unfold(row)
		}
	}
	s.list.OnMenu = func(i int, at fyne.Position) {
		if row, ready := b.Row(i); ready {
			if on := canvasOf(s.list); on != nil {
				widget.ShowMenu(on, at, blockedItems(m, row)...)
			}
		}
	}
	s.list.OnKey = func(i int, key fyne.KeyName) {
		if row, ready := b.Row(i); ready && key == fyne.KeyEscape && b.IsOpen(row) {
			b.Unfold(row)
		}
	}
	s.empty = widget.NewEmptyState(theme.IconClock, lang.L("Nothing was blocked yet. What is blocked stands here and nowhere else, with the reason."), nil)
	s.content = s.lay()
	onChange(&b.Changed, s.refresh)
	s.refresh()
	return s
}

func (s *blockedLogSection) lay() fyne.CanvasObject {
	const pad, listPad = theme.PagePadding, theme.PagePadding - 12 // rows have 12 of their own
	head := sectionHead(lang.L("Blocked log"), container.New(&wide{200}, s.search))
	body := container.NewStack(container.New(layout.NewCustomPaddedLayout(0, 0, listPad, listPad), s.list), padded(container.NewStack(s.empty, s.none)))
	return container.New(layout.NewCustomPaddedLayout(pad, 0, 0, 0),
		container.NewBorder(column(0, padded(head), s.done.object), flow(0, s.details.holder, s.settings()), nil, nil, body))
}

// settings are how blocked calls are declined, and how long the log is kept.
func (s *blockedLogSection) settings() fyne.CanvasObject {
	b := s.main.BlockedLog
	days := make([]string, len(view.KeepChoices))
	for i, n := range view.KeepChoices {
		days[i] = lang.N("{{.Count}} days", n, map[string]any{"Count": n})
	}
	declines := []string{"603  " + lang.L("Declined"), "607  " + lang.L("Unwanted"), "486  " + lang.L("Busy")}
	s.keep = widget.NewChoice(days, func(i int) { b.Set(view.KeepChoices[i], b.Decline, b.Drop) })
	s.decline = widget.NewChoice(declines, func(i int) { b.Set(b.Keep, view.DeclineChoices[i], b.Drop) })
	s.drop = widget.NewChoice(dropWords(), func(i int) { b.Set(b.Keep, b.Decline, i == 1) })
	line := container.New(&wrapLayout{gap: 2 * theme.Grid, line: theme.Grid}, widget.Labelled(lang.L("Keep rows for"), s.keep),
		widget.Labelled(lang.L("Decline blocked calls with"), s.decline), widget.Labelled(lang.L("Texts of blocked senders"), container.New(&wide{210}, s.drop)))
	hint := widget.NewParagraph(lang.L("Who may leave a voice message is taken by the answering machine."), widget.Small)
	return column(0, sized(0, theme.Grid), widget.NewHairline(),
		container.New(layout.NewCustomPaddedLayout(1.5*theme.Grid, 1.5*theme.Grid, theme.PagePadding, theme.PagePadding), flow(theme.Grid, line, hint)))
}

// dropWords are what can become of texts of blocked senders.
func dropWords() []string {
	return []string{lang.L("Refuse them (603)"), lang.L("Accept and drop them")}
}

func (s *blockedLogSection) drawRow(i int, row *widget.Row) {
	m := s.main
	shown, ready := m.BlockedLog.Row(i)
	if !ready {
		row.Set(widget.RowContent{})
		row.SetActions()
		return
	}
	icon := theme.IconPhone
	if shown.Text {
		icon = theme.IconTexts
	}
	row.Set(widget.RowContent{
		Icon: icon, Title: shown.Party.Title, Unread: true, Subtitle: shown.Why,
		Cells: []widget.Cell{{Text: shown.Verdict, Width: 124}, {Text: shown.When, Width: 150}}, Selected: m.BlockedLog.IsOpen(shown),
	})
	var actions []widget.Action
	if shown.Entry != "" {
		actions = append(actions, widget.Action{Icon: theme.IconCheck, Tip: unblockText(shown), Tapped: func() { m.BlockedLog.Unblock(shown) }})
	}
	if shown.Number != "" {
		actions = append(actions, widget.Action{Icon: theme.IconPhone, Tip: lang.L("Call back"), Tapped: func() { m.CallNumber(shown.Number, shown.Account) }})
	}
	row.SetActions(actions...)
}

// unblockText says what Unblock does.
func unblockText(row view.BlockedRow) string {
	if row.Frees != "" {
		return lang.L("Unblock {{.What}}", map[string]any{"What": row.Frees})
	}
	return lang.L("Unblock")
}

// blockedItems are what can be done about something that was blocked.
func blockedItems(m *view.Main, row view.BlockedRow) []widget.MenuItem {
	var items []widget.MenuItem
	if row.Entry != "" {
		items = append(items, widget.MenuItem{Icon: theme.IconCheck, Text: unblockText(row), Tapped: func() { m.BlockedLog.Unblock(row) }})
	}
	if row.Through {
		items = append(items, widget.MenuItem{Icon: theme.IconUser, Text: lang.L("Always let through"), Tapped: func() { m.BlockedLog.LetThrough(row) }})
	}
	if row.Number != "" {
		items = append(items,
			widget.MenuItem{Icon: theme.IconPhone, Text: lang.L("Call back"), Tapped: func() { m.CallNumber(row.Number, row.Account) }},
			widget.MenuItem{Icon: theme.IconCopy, Text: lang.L("Copy number"), Tapped: func() { fyne.CurrentApp().Clipboard().SetContent(row.Number) }})
	}
	return items
}

// refresh shows the presenter's list; only rows that can be seen are drawn.
func (s *blockedLogSection) refresh() {
	b := s.main.BlockedLog
	if b.Search() != s.search.Text {
		s.search.SetText(b.Search())
	}
	s.done.show(b.Done, b.Undoes, b.Failed, b.Notice)
	show(s.empty, b.Empty() && b.Search() == "")
	text := ""
	if b.Empty() && b.Search() != "" {
		text = lang.L("Nothing on this list fits.")
	}
	say(s.none, text, theme.Secondary)
	show(s.list, b.Len() > 0)
	s.drawSettings()
	s.details.show(b)
	s.list.Refresh()
	s.content.Refresh()
}

// drawSettings shows how it is set; a number of days of one's own stands beside those that are offered.
func (s *blockedLogSection) drawSettings() {
	b := s.main.BlockedLog
	if place := b.KeepPlace(); b.Keep > 0 {
		days := make([]string, len(view.KeepChoices))
		for i, n := range view.KeepChoices {
			days[i] = lang.N("{{.Count}} days", n, map[string]any{"Count": n})
		}
		s.keep.Set(days, place)
	}
	if b.Decline > 0 {
		s.decline.Set([]string{"603  " + lang.L("Declined"), "607  " + lang.L("Unwanted"), "486  " + lang.L("Busy")}, b.DeclinePlace())
		dropped := 0
		if b.Drop {
			dropped = 1
		}
		s.drop.Set(dropWords(), dropped)
	}
}

// blockedDetails is the card of a row that is open.
type blockedDetails struct {
	*facts
	main    *view.Main
	unblock *widget.Button
}

func newBlockedDetails(m *view.Main) *blockedDetails {
	d := &blockedDetails{main: m}
	d.unblock = widget.NewButton(lang.L("Unblock"), widget.Plain, func() {
		if row, ok := d.row(); ok {
			m.BlockedLog.Unblock(row)
		}
	})
	var more *widget.IconButton
	more = widget.NewIconButton(theme.IconMore, lang.L("More"), func() {
		if row, ok := d.row(); ok {
			widget.ShowMenuUnder(more, blockedItems(m, row)...)
		}
	})
	d.facts = newFacts(func() {
		if row, ok := d.row(); ok {
			m.BlockedLog.Unfold(row)
		}
	}, d.unblock, more)
	return d
}

func (d *blockedDetails) row() (view.BlockedRow, bool) {
	b := d.main.BlockedLog
	return b.Row(b.Place(b.IsOpen))
}

func (d *blockedDetails) show(b *view.BlockedLog) {
	row, ok := d.row()
	if b.Open == 0 || !ok {
		d.set("", "", nil)
		return
	}
	show(d.unblock, row.Entry != "")
	title := row.Party.Title
	if row.Party.Number != "" {
		title = fmt.Sprintf("%s  %s", title, row.Party.Number)
	}
	d.set(title, row.Body, append([][2]string{{lang.L("Why"), row.Why}}, row.Facts...))
}
