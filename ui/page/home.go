package page

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// home is the page of the contact centre: the state of the line, what can be tried, and the calls of today.
type home struct {
	main   *view.Main
	root   *fyne.Container
	title  *fyne.Container
	list   *widget.List
	all    *widget.Button
	empty  fyne.CanvasObject
	notice *widget.Paragraph
	mail   *homeMail
	pad    fyne.CanvasObject // where the window is too narrow for its panel
}

// padWidth is that of the dial pad on Home.
const padWidth = theme.PanelWidth - 5*theme.Grid

// newHome builds it. dial is to put the cursor into the field.
func newHome(m *view.Main, dial func()) *home {
	h := &home{
		main: m, notice: widget.NewParagraph("", widget.Body),
		empty: widget.NewEmptyState(theme.IconPhone, lang.L("No calls yet today. Those you make and take are listed here."),
			widget.NewButton(lang.L("Dial a number"), widget.Tonal, dial)),
		pad: container.NewBorder(nil, nil, sized(theme.PagePadding, 0), nil, column(0, sized(padWidth, 0), newDialPad(m))),
	}
	h.notice.SetColor(theme.Danger)
	h.list = widget.NewList(theme.CallRow, h.rows, h.update)
	h.list.OnActivate = func(i int) { h.call(i) }
	h.list.OnMenu = h.menu
	h.all = widget.NewButton(lang.L("All calls →"), widget.Plain, func() { m.Go(view.PageCalls) })
	h.title = bar(theme.Grid, widget.NewText(lang.L("Today"), widget.Title), h.all)
	h.mail = newHomeMail(m)
	alert, live, first, practice := newLineAlert(m), newLiveMessages(m), newFirstStart(m), newPracticeCard(m)
	today := container.New(&todayLayout{h}, h.title, h.notice, h.empty, h.list)
	head := flow(2*theme.Grid, alert.box, live.box, first, practice)
	main := container.New(&headLayout{head, h}, container.NewVScroll(inset(headMargin, head)), today, h.mail.root)
	h.root = container.New(layout.NewCustomPaddedLayout(theme.PagePadding, 0, theme.PagePadding, theme.PagePadding), container.NewBorder(nil, nil, nil, h.pad, main))
	for _, changed := range []*func(){&m.Today.Changed, &m.Changed, &m.Practice.Changed, &m.Accounts.Changed, &m.Messages.Changed} {
		onChange(changed, h.draw) // after the cards above, so that what they need is known
	}
	h.draw()
	return h
}

// rows is how many calls of today there are; their day needs no title of its own.
func (h *home) rows() int { return max(0, h.main.Today.Len()-1) }

func (h *home) update(i int, row *widget.Row) {
	call := h.main.Today.Row(i + 1)
	content := callContent(call)
	content.Unread = true // a name
	row.Set(content)
	actions := messageActions(h.main, call)
	if call.Again == "" {
		row.SetActions(actions...)
		return
	}
	row.SetActions(append(actions, widget.Action{Icon: theme.IconPhone, Tip: lang.L("Call"), Tapped: func() { h.main.CallNumber(call.Again, call.Account) }})...)
}

func (h *home) call(i int) {
	call := h.main.Today.Row(i + 1)
	h.main.CallNumber(call.Again, call.Account)
}

// menu offers what can be done with a call of today.
func (h *home) menu(i int, at fyne.Position) {
	call, on := h.main.Today.Row(i+1), canvasOf(h.list)
	if call.ID == "" || on == nil {
		return
	}
	var items []widget.MenuItem
	if call.Again != "" {
		items = append(items,
			widget.MenuItem{Icon: theme.IconPhone, Text: lang.L("Call"), Tapped: func() { h.call(i) }},
			widget.MenuItem{Icon: theme.IconCopy, Text: lang.L("Copy number"), Tapped: func() { copyNumber(call) }})
	}
	items = append(items, messageItems(h.main, call)...)
	widget.ShowMenu(on, at, append(items, contactItem(h.main, call),
		widget.MenuItem{Icon: theme.IconBlock, Text: lang.L("Block…"), Tapped: func() { h.main.Block(call.Number, call.Party.Name, call.Account) }})...)
}

func (h *home) draw() {
	m := h.main
	h.notice.SetText(m.Today.Notice)
	show(h.notice, m.Today.Notice != "")
	show(h.title, h.rows() > 0 || !m.Line.First && !m.Practice.On)
	show(h.empty, m.Today.Empty() && !m.Line.First && !m.Practice.On)
	show(h.list, h.rows() > 0)
	show(h.all, h.rows() > 0)
	h.list.Refresh()
	h.root.Refresh()
}

// showPad shows the dial pad on the page, or not where the panel has one.
func (h *home) showPad(shown bool) { show(h.pad, shown) }

// headLayout gives the calls of today what head and messages do not need, but not less than they can be seen in; the
// head, which is in the first object, scrolls where it has less than it needs, and as many messages are shown as fit.
type headLayout struct {
	head *fyne.Container
	home *home
}

// headMargin keeps the edges of cards in what scrolls.
const headMargin = 4

// todayLeast is the title of Today and a call.
const todayLeast = theme.ButtonHeight + theme.Grid + theme.CallRow

func (l *headLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(240, 3*theme.CallRow)
}

func (l *headLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	const gap = 2 * theme.Grid
	l.head.Resize(fyne.NewSize(size.Width, l.head.Size().Height)) // texts break for their width
	l.head.Layout.Layout(l.head.Objects, l.head.Size())           // Fyne does nothing for a size that stays, but a card may have come
	top, today, mail := l.head.MinSize().Height, objects[1].MinSize().Height, objects[2]
	var messages float32
	if today > 0 {
		today += gap
	}
	if mail.Visible() {
		mail.Resize(fyne.NewSize(size.Width, mail.Size().Height))
		free := size.Height - top - l.home.wanted() - 2*gap
		messages = l.home.mail.fit(free) + gap
	}
	top = max(0, min(top, size.Height-today-messages))
	place(objects[0], -headMargin, -headMargin, size.Width+2*headMargin, top+2*headMargin)
	if top > 0 {
		top += gap
	}
	today = max(0, size.Height-top-messages)
	if mail.Visible() {
		today = min(today, l.home.wanted()+float32(max(0, l.home.rows()-calmRows))*theme.CallRow)
	}
	place(objects[1], 0, top, size.Width, today)
	place(mail, 0, top+today+gap, size.Width, max(0, messages-gap))
}

// calmRows is how many calls of today have their room before the messages get theirs.
const calmRows = 3

// wanted is the height of the title of Today and of its first calls, or of what stands in place of them.
func (h *home) wanted() float32 {
	var all float32
	for _, o := range []fyne.CanvasObject{h.title, h.notice, h.empty} {
		if o.Visible() {
			all += o.MinSize().Height + theme.Grid
		}
	}
	return all + float32(min(h.rows(), calmRows))*theme.CallRow
}

// rowMargin is what rows leave beside what is in them.
const rowMargin = 12

// todayLayout sets what there is one below the other; the list is as high as its calls, or as there is room.
type todayLayout struct{ home *home }

func (l *todayLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if !slices.ContainsFunc(objects, fyne.CanvasObject.Visible) {
		return fyne.Size{}
	}
	return fyne.NewSize(240, todayLeast)
}

func (l *todayLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		height := o.MinSize().Height
		if o == l.home.list {
			height = min(float32(l.home.rows())*theme.CallRow, size.Height-y)
			place(o, -rowMargin, y, size.Width+2*rowMargin, height)
		} else {
			place(o, 0, y, size.Width, height)
		}
		y += height + theme.Grid
	}
}
