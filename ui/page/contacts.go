package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// Contacts is the page of the contacts: the list, and beside it the one that is open, or its form. For Fyne's goroutine.
type Contacts struct {
	fynewidget.BaseWidget
	// Canvas is that of the window; without it FocusSearch does nothing before the page was drawn once.
	Canvas  fyne.Canvas
	main    *view.Main
	content *fyne.Container

	search *widget.Entry
	more   *widget.IconButton
	add    *widget.Button
	done   *undoBanner
	list   *widget.List
	empty  fyne.CanvasObject
	none   *widget.Paragraph
	side   *fyne.Container
	card   *contactCard
	form   *contactForm      // the newest that was opened
	shown  *view.ContactForm // of form
}

// NewContacts shows the contacts of m.
func NewContacts(m *view.Main) *Contacts {
	c := &Contacts{main: m, none: note(), side: container.NewStack()}
	p := m.Contacts
	c.card = newContactCard(m)
	c.search = widget.NewSearch(lang.L("Search"), func(text string) {
		if text != p.Search() {
			c.list.ScrollToTop()
			p.Find(text)
		}
	})
	c.search.OnKey = c.searchKey
	c.done = newUndoBanner(p.Undo, p.Forget)
	c.list = widget.NewList(theme.CallRow, p.Len, c.drawRow)
	c.list.OnActivate = func(i int) {
		if row, ready := p.Row(i); ready {
			p.Pick(row.ID)
		}
	}
	c.list.OnMenu = c.menu
	c.list.OnKey = c.key
	c.content = c.lay()
	onChange(&p.Changed, c.refresh)
	c.ExtendBaseWidget(c)
	c.refresh()
	return c
}

// CreateRenderer is for Fyne.
func (c *Contacts) CreateRenderer() fyne.WidgetRenderer {
	return fynewidget.NewSimpleRenderer(c.content)
}

// FocusSearch puts the cursor into the search field.
func (c *Contacts) FocusSearch() {
	if on := canvasFor(c, c.Canvas); on != nil {
		on.Focus(c.search)
	}
}

// TypedKey takes what is typed while nothing has the focus: Escape closes the contact that is open.
func (c *Contacts) TypedKey(e *fyne.KeyEvent) {
	if p := c.main.Contacts; e.Name == fyne.KeyEscape && p.Form == nil && p.Open != nil {
		p.Close()
	}
}

func (c *Contacts) lay() *fyne.Container {
	const pad, listPad = theme.PagePadding, theme.PagePadding - 12 // rows have 12 of their own
	m := c.main
	c.add = widget.NewButton(lang.L("Add contact"), widget.Filled, func() { m.Contacts.Add("", "") }).WithIcon(theme.IconPlus)
	c.more = widget.NewIconButton(theme.IconMore, lang.L("More"), func() {
		widget.ShowMenuUnder(c.more,
			widget.MenuItem{Icon: theme.IconFolder, Text: lang.L("Import…"), Tapped: func() { m.OpenFile(true, false) }},
			widget.MenuItem{Icon: theme.IconCopy, Text: lang.L("Export…"), Disabled: m.Contacts.Len() == 0, Tapped: func() { m.OpenFile(true, true) }})
	})
	buttons := across(theme.Grid/2, c.more, c.add)
	head := container.NewBorder(nil, nil, widget.NewText(lang.L("Contacts"), widget.Title), buttons,
		container.New(layout.NewCustomPaddedLayout(0, 0, 3*theme.Grid, 2*theme.Grid), container.New(&wide{240}, c.search)))
	c.empty = padded(widget.NewEmptyState(theme.IconContacts, lang.L("There are no contacts yet. Add one, or bring them in from a vCard or CSV file."),
		widget.NewButton(lang.L("Import…"), widget.Tonal, func() { m.OpenFile(true, false) }).WithIcon(theme.IconFolder)))
	list := container.New(layout.NewCustomPaddedLayout(0, 0, listPad, theme.Grid), c.list)
	body := container.NewStack(container.New(halves{}, list, c.side), c.empty, padded(c.none))
	return container.New(layout.NewCustomPaddedLayout(pad, 0, 0, 0),
		container.NewBorder(column(0, padded(head), c.done.object), nil, nil, nil, body))
}

// halves gives its first object the smaller part of the width, and the second the other.
type halves struct{}

// MinSize is for Fyne.
func (halves) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(480, 3*theme.CallRow) }

// Layout is for Fyne.
func (halves) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left := min(max(0.42*size.Width, 220), 380)
	place(objects[0], 0, 0, left, size.Height)
	place(objects[1], left, 0, size.Width-left, size.Height)
}

func (c *Contacts) drawRow(i int, row *widget.Row) {
	shown, ready := c.main.Contacts.Row(i)
	if !ready {
		row.Set(widget.RowContent{})
		return
	}
	subtitle := shown.Number
	if shown.Company != "" && subtitle != "" {
		subtitle = shown.Company + "  ·  " + subtitle
	} else if shown.Company != "" {
		subtitle = shown.Company
	}
	open := c.main.Contacts.Open
	row.Set(widget.RowContent{
		Avatar: shown.Title, Title: shown.Title, Subtitle: subtitle, Unread: true, Selected: open != nil && open.ID == shown.ID,
	})
}

func (c *Contacts) menu(i int, at fyne.Position) {
	row, ready := c.main.Contacts.Row(i)
	on := canvasOf(c.list)
	if !ready || on == nil {
		return
	}
	widget.ShowMenu(on, at,
		widget.MenuItem{Icon: theme.IconInfo, Text: lang.L("Open"), Tapped: func() { c.main.Contacts.Pick(row.ID) }},
		widget.MenuItem{},
		widget.MenuItem{Icon: theme.IconTrash, Text: lang.L("Delete"), Danger: true, Tapped: func() { c.main.Contacts.DeleteRow(row) }})
}

// searchKey takes the arrow from the search to what was found, and Escape empties it.
func (c *Contacts) searchKey(key fyne.KeyName) bool {
	switch {
	case key == fyne.KeyEscape && c.search.Text != "":
		c.search.SetText("")
	case key == fyne.KeyDown && c.main.Contacts.Len() > 0:
		canvasOf(c).Focus(c.list)
		c.list.SetCurrent(0)
	default:
		return false
	}
	return true
}

// key is one that the list has no use for.
func (c *Contacts) key(i int, key fyne.KeyName) {
	p := c.main.Contacts
	row, ready := p.Row(i)
	switch {
	case key == fyne.KeyDelete && ready:
		p.DeleteRow(row)
	case key == fyne.KeyEscape && p.Form == nil:
		p.Close()
	}
}

// refresh shows the presenter's list, and what is beside it.
func (c *Contacts) refresh() {
	p := c.main.Contacts
	if p.Search() != c.search.Text {
		c.search.SetText(p.Search())
	}
	c.done.show(p.Undone, true, p.Failed, p.Notice)
	searching := p.Search() != ""
	show(c.empty, p.Empty() && !searching && p.Form == nil)
	text := ""
	if p.Empty() && searching && p.Form == nil && p.Open == nil {
		text = lang.L("No contact fits.")
	}
	say(c.none, text, theme.Secondary)
	show(c.list, p.Len() > 0)
	show(c.add, p.Form == nil)
	c.drawSide()
	c.list.Refresh()
	c.content.Refresh()
}

// drawSide shows the form, else the contact that is open.
func (c *Contacts) drawSide() {
	p := c.main.Contacts
	switch {
	case p.Form != nil && p.Form == c.shown:
		c.form.refresh()
	case p.Form != nil:
		c.form, c.shown = newContactForm(p, c.canvas), p.Form
		c.put(c.form.content)
		c.form.begin()
	case p.Open != nil:
		c.form, c.shown = nil, nil
		c.card.show(p)
		c.put(c.card.content)
	default:
		c.form, c.shown = nil, nil
		c.put(nil)
	}
}

func (c *Contacts) canvas() fyne.Canvas {
	if c.Canvas != nil {
		return c.Canvas
	}
	return canvasOf(c)
}

func (c *Contacts) put(o fyne.CanvasObject) {
	if o == nil {
		c.side.Objects = nil
	} else if len(c.side.Objects) != 1 || c.side.Objects[0] != o {
		c.side.Objects = []fyne.CanvasObject{o}
	}
	c.side.Refresh()
}
