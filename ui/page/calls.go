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

// Calls is the page of the whole history. For Fyne's goroutine.
type Calls struct {
	fynewidget.BaseWidget
	// Canvas is that of the window; without it FocusSearch does nothing before the page was drawn once.
	Canvas  fyne.Canvas
	main    *view.Main
	content fyne.CanvasObject

	filter  *widget.Segmented
	search  *widget.Entry
	banner  *widget.Banner
	trouble fyne.CanvasObject // the banner with its margin
	list    *widget.List
	nothing *callsNothing
	details *callDetails

	drawn map[int]int64 // the keys of the calls in the lines that were drawn last
}

// NewCalls shows the history of m.
func NewCalls(m *view.Main) *Calls {
	c := &Calls{main: m, nothing: newCallsNothing(), details: newCallDetails(m), drawn: map[int]int64{}}
	c.filter = widget.NewSegmented([]string{lang.L("All"), lang.L("Missed")}, c.choose)
	c.search = widget.NewSearch(lang.L("Search"), c.find)
	c.search.OnKey = c.searchKey
	c.banner = widget.NewBanner(widget.Caution, "", widget.NewButton(lang.L("Try again"), widget.Plain, m.Calls.Read))
	c.list = widget.NewList(theme.CallRow, m.Calls.Len, func(i int, row *widget.Row) {
		c.drawn[i] = m.Calls.Key(i)
		shown := m.Calls.Row(i)
		row.Set(callContent(shown))
		row.SetActions(c.callActions(shown)...)
	})
	c.list.OnActivate = func(i int) { c.call(m.Calls.Row(i)) }
	c.list.OnMenu = c.menu
	c.list.OnKey = c.key
	c.content = c.lay()
	onChange(&m.Calls.Changed, c.refresh)
	c.ExtendBaseWidget(c)
	c.refresh()
	return c
}

// CreateRenderer is for Fyne.
func (c *Calls) CreateRenderer() fyne.WidgetRenderer { return fynewidget.NewSimpleRenderer(c.content) }

// FocusSearch puts the cursor into the search field.
func (c *Calls) FocusSearch() {
	if on := canvasFor(c, c.Canvas); on != nil {
		on.Focus(c.search)
	}
}

func (c *Calls) lay() fyne.CanvasObject {
	const pad, listPad = theme.PagePadding, theme.PagePadding - 12 // rows have 12 of their own
	padded := func(o fyne.CanvasObject) fyne.CanvasObject {
		return container.New(layout.NewCustomPaddedLayout(0, 2*theme.Grid, pad, pad), o)
	}
	search := container.New(&wide{240}, c.search)
	head := container.NewBorder(nil, nil, widget.NewText(lang.L("Calls"), widget.Title), search,
		container.New(layout.NewCustomPaddedLayout(0, 0, 3*theme.Grid, 2*theme.Grid), container.NewHBox(c.filter)))
	c.trouble = padded(c.banner)
	top := column(0, padded(head), c.trouble)
	body := container.NewStack(
		container.New(layout.NewCustomPaddedLayout(0, 0, listPad, listPad), c.list),
		padded(c.nothing.holder),
	)
	return container.New(layout.NewCustomPaddedLayout(pad, 0, 0, 0),
		container.NewBorder(top, c.details.holder, nil, nil, body))
}

// refresh shows the presenter's list; only rows that can be seen are drawn.
func (c *Calls) refresh() {
	calls := c.main.Calls
	show(c.trouble, calls.Notice != "")
	if calls.Notice != "" {
		c.banner.Set(widget.Caution, calls.Notice)
	}
	filtered := 0
	if calls.Missed() {
		filtered = 1
	}
	c.filter.SetSelected(filtered)
	if calls.Search() != c.search.Text {
		c.search.SetText(calls.Search())
	}
	c.nothing.show(c)
	show(c.list, calls.Len() > 0)
	to := c.moved()
	clear(c.drawn)
	c.list.Refresh() // before it scrolls, which goes by what it has
	if to >= 0 {
		c.list.SetCurrent(to)
	}
}

// moved returns where the call is that the keys are on, where one came or went above it,
// or -1: Enter is never to call somebody else.
func (c *Calls) moved() int {
	if on := canvasOf(c.list); on == nil || on.Focused() != fyne.Focusable(c.list) {
		return -1
	}
	at := c.list.Current()
	if now := c.main.Calls.Place(c.drawn[at]); now != at {
		return now
	}
	return -1
}

func (c *Calls) choose(i int) {
	c.list.ScrollToTop()
	c.main.Calls.Filter(i == 1)
}

func (c *Calls) find(text string) {
	if text != c.main.Calls.Search() {
		c.list.ScrollToTop()
		c.main.Calls.Find(text)
	}
}

// searchKey takes the arrow from the search to what was found, and Escape empties it.
func (c *Calls) searchKey(key fyne.KeyName) bool {
	switch {
	case key == fyne.KeyEscape && c.search.Text != "":
		c.search.SetText("")
	case key == fyne.KeyDown && c.main.Calls.Len() > 0:
		canvasOf(c).Focus(c.list)
		c.list.SetCurrent(1) // under the first day
	default:
		return false
	}
	return true
}

// key is one that the list has no use for.
func (c *Calls) key(i int, key fyne.KeyName) {
	switch key {
	case fyne.KeyDelete:
		c.askForget(c.main.Calls.Row(i))
	case fyne.KeyEscape:
		c.details.hide()
	}
}

// TypedKey takes what is typed while nothing has the focus: Escape closes the details.
func (c *Calls) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyEscape {
		c.details.hide()
	}
}

func (c *Calls) menu(i int, at fyne.Position) {
	row := c.main.Calls.Row(i)
	if on := canvasOf(c); on != nil && row.ID != "" {
		widget.ShowMenu(on, at, c.callMenu(row)...)
	}
}

func (c *Calls) call(row view.CallRow) { c.main.CallNumber(row.Again, row.Account) }

// askForget asks whether a call is to be deleted: it does not come back.
func (c *Calls) askForget(row view.CallRow) {
	on := canvasOf(c)
	if row.ID == "" || on == nil {
		return
	}
	var sheet *widget.Sheet
	keep := widget.NewButton(lang.L("Keep"), widget.Plain, func() { sheet.Close() })
	forget := widget.NewButton(lang.L("Delete"), widget.Danger, func() {
		sheet.Close()
		c.forget(row)
	})
	text := lang.L("{{.Name}}, {{.Time}}", map[string]any{"Name": row.Party.Title, "Time": row.Time})
	sheet = widget.ShowSheet(on, lang.L("Delete this call from the list?"), widget.NewParagraph(text, widget.Body), nil, keep, forget)
}

func (c *Calls) forget(row view.CallRow) {
	if c.details.row.ID == row.ID {
		c.details.hide()
	}
	c.main.Calls.Delete(row.ID)
}
