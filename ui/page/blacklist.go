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

// blacklistSection is who is blocked, and who is always let through. For Fyne's goroutine.
type blacklistSection struct {
	main    *view.Main
	content fyne.CanvasObject

	tabs    *widget.Segmented
	search  *widget.Entry
	order   *widget.Choice
	arrow   *widget.IconButton
	more    *widget.IconButton
	off     *widget.Banner // that nobody is blocked now
	paused  fyne.CanvasObject
	done    *undoBanner
	marked  fyne.CanvasObject
	remove  *widget.Button
	list    *widget.List
	nothing *fyne.Container
	empty   map[bool]fyne.CanvasObject // by Through
	none    *widget.Paragraph          // that nothing fits what is searched for
	details *entryDetails
}

// entryOrders are the orders of the list, as they stand in the choice.
var entryOrders = []phone.EntryOrder{phone.OrderNewest, phone.OrderName, phone.OrderNumber, phone.OrderBlocked}

func newBlacklistSection(m *view.Main) *blacklistSection {
	s := &blacklistSection{main: m, details: newEntryDetails(m), none: note()}
	b := m.Blacklist
	s.tabs = widget.NewSegmented([]string{lang.L("Blocked"), lang.L("Always let through")}, func(i int) {
		s.list.ScrollToTop()
		b.Show(i == 1)
	})
	s.search = widget.NewSearch(lang.L("Search"), func(text string) {
		if text != b.Search() {
			s.list.ScrollToTop()
			b.Find(text)
		}
	})
	s.search.OnKey = s.searchKey
	s.order = widget.NewChoice([]string{lang.L("Newest first"), lang.L("By name"), lang.L("By number"), lang.L("Most blocked first")}, func(i int) {
		s.list.ScrollToTop()
		b.Sort(entryOrders[i])
	})
	s.off = widget.NewBanner(widget.Caution, "")
	s.done = newUndoBanner(b.Undo, b.Forget)
	s.list = widget.NewList(theme.CallRow, b.Len, s.drawRow)
	s.list.OnActivate = s.activate
	s.list.OnMenu = s.menu
	s.list.OnKey = s.key
	s.content = s.lay()
	onChange(&b.Changed, s.refresh)
	onChange(&m.Passage.Changed, s.content.Refresh) // it has another height
	s.refresh()
	return s
}

func (s *blacklistSection) lay() fyne.CanvasObject {
	const pad, listPad = theme.PagePadding, theme.PagePadding - 12 // rows have 12 of their own
	add := widget.NewButton(lang.L("Add"), widget.Filled, s.add).WithIcon(theme.IconPlus)
	s.arrow = widget.NewIconButton(theme.IconChevronDown, lang.L("More to add"), s.addMenu)
	s.more = widget.NewIconButton(theme.IconMore, lang.L("More"), s.moreMenu)
	head := sectionHead(lang.L("Blacklist Numbers"), across(theme.Grid/2, s.more, add, s.arrow))
	bar := container.NewBorder(nil, nil, middled(s.tabs), container.New(&wide{140}, s.order),
		container.New(layout.NewCustomPaddedLayout(0, 0, 1.5*theme.Grid, theme.Grid), container.New(rightmost{200}, s.search)))
	s.paused = padded(s.off)
	s.remove = widget.NewButton("", widget.DangerText, s.main.Blacklist.RemoveMarked)
	s.marked = padded(across(theme.Grid, s.remove, widget.NewButton(lang.L("Done"), widget.Plain, func() { s.main.Blacklist.Mark(false) })))
	s.empty = map[bool]fyne.CanvasObject{
		false: widget.NewEmptyState(theme.IconBlock, lang.L("Nobody is blocked. Add a number, and its calls and texts stop at this phone."),
			widget.NewButton(lang.L("Add"), widget.Tonal, s.add).WithIcon(theme.IconPlus)),
		true: widget.NewEmptyState(theme.IconCheck, lang.L("Who is on this list gets through where a prefix or hidden callers are blocked."),
			widget.NewButton(lang.L("Add"), widget.Tonal, s.add).WithIcon(theme.IconPlus)),
	}
	s.nothing = container.NewStack(s.empty[false], s.empty[true], s.none)
	top := column(0, padded(head), padded(bar), s.paused, s.done.object, s.marked)
	body := container.NewStack(container.New(layout.NewCustomPaddedLayout(0, 0, listPad, listPad), s.list), padded(s.nothing))
	foot := flow(0, s.details.holder, newPassageBar(s.main))
	return container.New(layout.NewCustomPaddedLayout(pad, 0, 0, 0), container.NewBorder(top, foot, nil, nil, body))
}

// add opens the window for a number, of the tab that is open.
func (s *blacklistSection) add() { s.main.AddEntry(phone.KindNumber, s.main.Blacklist.Through) }

func (s *blacklistSection) addMenu() {
	m := s.main
	items := []widget.MenuItem{
		{Icon: theme.IconPhone, Text: lang.L("Number or contact…"), Tapped: s.add},
		{Icon: theme.IconBlock, Text: lang.L("Prefix or country…"), Tapped: func() { m.AddEntry(phone.KindPrefix, false) }},
		{Icon: theme.IconEye, Text: lang.L("Hidden callers…"), Tapped: func() { m.AddEntry(phone.KindHidden, false) }},
	}
	if m.Blacklist.Through {
		items = []widget.MenuItem{
			{Icon: theme.IconPhone, Text: lang.L("Number or contact…"), Tapped: s.add},
			{Icon: theme.IconContacts, Text: lang.L("All contacts…"), Tapped: func() { m.AddEntry(phone.KindContacts, true) }},
		}
	}
	widget.ShowMenuUnder(s.arrow, items...)
}

func (s *blacklistSection) moreMenu() {
	b := s.main.Blacklist
	m := s.main
	items := []widget.MenuItem{
		{Icon: theme.IconCheck, Text: lang.L("Select several"), Disabled: b.Len() == 0, Tapped: func() { b.Mark(true) }},
		{},
		{Icon: theme.IconFolder, Text: lang.L("Import…"), Tapped: func() { m.OpenFile(false, false) }},
		{Icon: theme.IconCopy, Text: lang.L("Export…"), Disabled: b.Len() == 0, Tapped: func() { m.OpenFile(false, true) }},
	}
	widget.ShowMenuUnder(s.more, items...)
}

func (s *blacklistSection) drawRow(i int, row *widget.Row) {
	b := s.main.Blacklist
	shown, ready := b.Row(i)
	if !ready {
		row.Set(widget.RowContent{})
		row.SetActions()
		return
	}
	content := widget.RowContent{
		Icon: theme.IconBlock, IconColor: theme.Secondary, Title: shown.Title, Unread: true, Subtitle: shown.Number,
		Cells: []widget.Cell{{Text: shown.Mode, Width: 124}, {Text: shown.Times, Width: 56}}, Selected: b.Open == shown.Entry.ID,
	}
	switch {
	case b.Marking && b.Marked[shown.Entry.ID]:
		content.Icon, content.IconColor, content.Selected = theme.IconCheck, theme.Accent, true
	case b.Marking:
		content.Icon = "dot"
	case shown.Entry.Mode == phone.LetThrough:
		content.Icon = theme.IconCheck
	case shown.Entry.Mode == phone.BlockAll:
		content.IconColor = theme.Danger
	}
	row.Set(content)
	if b.Marking {
		row.SetActions()
		return
	}
	row.SetActions(
		widget.Action{Icon: theme.IconEdit, Tip: lang.L("Edit"), Tapped: func() { s.main.EditEntry(shown.Entry) }},
		widget.Action{Icon: theme.IconTrash, Tip: lang.L("Remove"), Tapped: func() { b.Remove(shown) }},
		widget.Action{Icon: theme.IconMore, Tip: lang.L("More"), Tapped: func() { s.menuOf(row, shown) }},
	)
}

func (s *blacklistSection) activate(i int) {
	shown, ready := s.main.Blacklist.Row(i)
	switch {
	case !ready:
	case s.main.Blacklist.Marking:
		s.main.Blacklist.Toggle(shown.Entry.ID)
	default:
		s.main.Blacklist.Unfold(shown.Entry.ID)
	}
}

// items are what a row's menu offers.
func (s *blacklistSection) items(row view.EntryRow) []widget.MenuItem {
	b := s.main.Blacklist
	items := []widget.MenuItem{{Icon: theme.IconEdit, Text: lang.L("Edit…"), Tapped: func() { s.main.EditEntry(row.Entry) }}}
	if number := row.Entry.Number; number != "" && row.Entry.Kind != phone.KindPrefix {
		items = append(items,
			widget.MenuItem{Icon: theme.IconPhone, Text: lang.L("Call…"), Tapped: func() { s.main.CallNumber(number, "") }},
			widget.MenuItem{Icon: theme.IconCopy, Text: lang.L("Copy number"), Tapped: func() { fyne.CurrentApp().Clipboard().SetContent(number) }})
	}
	return append(items, widget.MenuItem{}, widget.MenuItem{Icon: theme.IconTrash, Text: lang.L("Remove"), Danger: true, Tapped: func() { b.Remove(row) }})
}

func (s *blacklistSection) menu(i int, at fyne.Position) {
	if shown, ready := s.main.Blacklist.Row(i); ready {
		if on := canvasOf(s.list); on != nil {
			widget.ShowMenu(on, at, s.items(shown)...)
		}
	}
}

func (s *blacklistSection) menuOf(row *widget.Row, shown view.EntryRow) {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(row)
	if on := canvasOf(row); on != nil {
		widget.ShowMenu(on, at.AddXY(row.Size().Width-240, theme.CallRow), s.items(shown)...)
	}
}

// searchKey takes the arrow from the search to what was found, and Escape empties it.
func (s *blacklistSection) searchKey(key fyne.KeyName) bool {
	switch {
	case key == fyne.KeyEscape && s.search.Text != "":
		s.search.SetText("")
	case key == fyne.KeyDown && s.main.Blacklist.Len() > 0:
		canvasOf(s.list).Focus(s.list)
	default:
		return false
	}
	return true
}

// key is one that the list has no use for.
func (s *blacklistSection) key(i int, key fyne.KeyName) {
	b := s.main.Blacklist
	shown, ready := b.Row(i)
	switch {
	case key == fyne.KeyEscape && b.Marking:
		b.Mark(false)
	case key == fyne.KeyEscape && b.Open != "":
		b.Unfold(b.Open)
	case key == fyne.KeyDelete && ready && !b.Marking:
		b.Remove(shown)
	}
}

// refresh shows the presenter's list; only rows that can be seen are drawn.
func (s *blacklistSection) refresh() {
	b := s.main.Blacklist
	tab := 0
	if b.Through {
		tab = 1
	}
	s.tabs.SetSelected(tab)
	if b.Search() != s.search.Text {
		s.search.SetText(b.Search())
	}
	show(s.paused, b.Off != "")
	s.off.Set(widget.Caution, b.Off)
	s.done.show(b.Undone, true, b.Failed, b.Notice)
	show(s.marked, b.Marking)
	s.remove.SetText(lang.N("Remove {{.Count}} entries", len(b.Marked), map[string]any{"Count": len(b.Marked)}))
	if len(b.Marked) == 0 {
		s.remove.Disable()
	} else {
		s.remove.Enable()
	}
	searching := b.Search() != ""
	show(s.empty[false], b.Empty() && !b.Through && !searching)
	show(s.empty[true], b.Empty() && b.Through && !searching)
	text := ""
	if b.Empty() && searching {
		text = lang.L("Nothing on this list fits.")
	}
	say(s.none, text, theme.Secondary)
	show(s.list, b.Len() > 0)
	s.details.show(b)
	s.list.Refresh()
	s.content.Refresh()
}
