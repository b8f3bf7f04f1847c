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

// Texts is the page of the texts: the list of threads, and beside it the one that is open, or a new one. Where there is no
// room for both, the thread stands in the place of the list. For Fyne's goroutine.
type Texts struct {
	fynewidget.BaseWidget
	// Canvas is that of the window; without it FocusSearch does nothing before the page was drawn once.
	Canvas  fyne.Canvas
	main    *view.Main
	content *fyne.Container

	search *widget.Entry
	list   *widget.List
	empty  fyne.CanvasObject
	none   *widget.Paragraph
	choose *widget.Paragraph
	done   *undoBanner
	lay    *textsLayout
	parts  *fyne.Container
	pane   *threadPane
	begun  *newTextPane
	drawn  map[int]string // the threads of the rows that were drawn last
}

// NewTexts shows the texts of m.
func NewTexts(m *view.Main) *Texts {
	t := &Texts{main: m, none: note(), drawn: map[int]string{}, lay: &textsLayout{main: m}}
	p := m.Texts
	t.search = widget.NewSearch(lang.L("Search"), func(text string) {
		if text != p.Search() {
			t.list.ScrollToTop()
			p.Find(text)
		}
	})
	t.search.OnKey = t.searchKey
	t.done = newUndoBanner(p.Undo, p.Forget)
	t.list = widget.NewList(theme.ThreadRow, t.length, t.drawRow)
	t.list.OnActivate = t.activate
	t.list.OnMenu = t.menu
	t.list.OnFirst = t.key
	t.empty = widget.NewEmptyState(theme.IconTexts, lang.L("No texts yet."), widget.NewButton(lang.L("New text"), widget.Tonal, p.Begin).WithIcon(theme.IconPlus))
	t.choose = widget.NewParagraph(lang.L("Choose a thread, or begin a new text."), widget.Body)
	t.choose.SetColor(theme.Secondary)
	t.pane = newThreadPane(m, t.lay.alone)
	t.begun = newNewTextPane(m, t.lay.alone)
	t.lay.turned = func() {
		show(t.pane.head.back, t.lay.alone())
		show(t.begun.back, t.lay.alone())
		t.pane.head.content.Refresh()
		t.begun.content.Refresh()
	}
	m.Texts.Focus = func() { t.pane.compose.focus(t.canvas()) }
	t.begun.canvas = t.canvas
	t.content = t.build()
	onChange(&p.Changed, t.refresh)
	onChange(&m.Changed, t.pane.moved)
	t.ExtendBaseWidget(t)
	t.refresh()
	return t
}

// CreateRenderer is for Fyne.
func (t *Texts) CreateRenderer() fyne.WidgetRenderer {
	return fynewidget.NewSimpleRenderer(t.content)
}

// FocusSearch puts the cursor into the search field.
func (t *Texts) FocusSearch() {
	if t.lay.alone() && t.lay.open() {
		t.main.Texts.Close()
	}
	if on := t.canvas(); on != nil {
		on.Focus(t.search)
	}
}

// canvas is that of the page, also before it was drawn; nil where that is not known.
func (t *Texts) canvas() fyne.Canvas {
	return canvasFor(t, t.Canvas)
}

// TypedKey takes what is typed while nothing has the focus.
func (t *Texts) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyEscape {
		t.main.Texts.Close()
	}
}

func (t *Texts) build() *fyne.Container {
	begin := widget.NewButton(lang.L("New text"), widget.Plain, t.main.Texts.Begin).WithIcon(theme.IconPlus)
	head := container.New(layout.NewCustomPaddedLayout(1.5*theme.Grid, theme.Grid, 1.5*theme.Grid, theme.Grid/2), container.NewBorder(nil, nil, nil, begin, t.search))
	body := container.NewStack(container.New(layout.NewCustomPaddedLayout(0, 0, rowMargin-theme.Grid/2, theme.Grid/2), t.list),
		inset(1.5*theme.Grid, t.empty), inset(1.5*theme.Grid, t.none))
	list := container.NewBorder(head, nil, nil, nil, body)
	beside := container.NewStack(inset(3*theme.Grid, t.choose), t.pane.content, t.begun.content)
	t.parts = container.New(t.lay, list, widget.NewHairline(), beside)
	banner := container.New(layout.NewCustomPaddedLayout(1.5*theme.Grid, 0, 0, 0), t.done.object)
	t.done.object = banner
	return container.NewBorder(banner, nil, nil, nil, t.parts)
}

// textsLayout sets the list at the left and what is open beside it or, where it is narrow, in its place.
type textsLayout struct {
	main   *view.Main
	turned func() // it is alone, or no longer
	width  float32
}

// aloneWidth is what both need, in dp.
const aloneWidth = 760

// alone tells whether there is room for one alone.
func (l *textsLayout) alone() bool { return l.width > 0 && l.width < aloneWidth }

// open tells whether a thread or a new text is open.
func (l *textsLayout) open() bool { return l.main.Texts.Open != nil || l.main.Texts.New != nil }

// MinSize is for Fyne.
func (l *textsLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(theme.ThreadListWidth, 3*theme.ThreadRow)
}

// Layout is for Fyne.
func (l *textsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	before := l.alone()
	l.width = size.Width
	list, line, beside := objects[0], objects[1], objects[2]
	show(list, !l.alone() || !l.open())
	show(line, !l.alone())
	show(beside, !l.alone() || l.open())
	if l.alone() {
		place(list, 0, 0, size.Width, size.Height)
		place(beside, 0, 0, size.Width, size.Height)
	} else {
		place(list, 0, 0, theme.ThreadListWidth-1, size.Height)
		place(line, theme.ThreadListWidth-1, 0, 1, size.Height)
		place(beside, theme.ThreadListWidth, 0, size.Width-theme.ThreadListWidth, size.Height)
	}
	if l.alone() != before {
		l.turned()
	}
}

// refresh shows the presenter's list, and what is beside it.
func (t *Texts) refresh() {
	p := t.main.Texts
	if p.Search() != t.search.Text {
		t.search.SetText(p.Search())
	}
	t.done.show(p.Done, p.Undoes, p.Failed, p.Notice)
	found := p.Search() != ""
	show(t.empty, p.Empty() && !found)
	nothing := ""
	if found && p.Empty() && len(p.Found) == 0 {
		nothing = lang.L("No text fits.")
	}
	say(t.none, nothing, theme.Secondary)
	show(t.list, t.length() > 0)
	show(t.choose, !t.lay.open() && p.Len() > 0)
	to := t.moved()
	clear(t.drawn)
	t.list.Refresh() // before it scrolls, which goes by what it has
	if to >= 0 {
		t.list.SetCurrent(to)
	}
	t.pane.refresh()
	t.begun.refresh()
	t.content.Refresh()
	t.parts.Refresh()
}
