package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// header is the bar at the top: the state of the line, the field *Name or number*, help and Settings.
type header struct {
	main  *view.Main
	root  fyne.CanvasObject
	state *widget.StateButton
	field *widget.Entry
	hint  *widget.Text
	gear  *widget.IconButton
	// offers are the matches under the field; the shell lays them over the page.
	offers  *matchList
	focused bool
}

const (
	fieldWidth  float32 = 480
	stateWidth  float32 = 220 // at most, also what the other side is kept free for
	stateAround float32 = 60  // what a state button has besides its text
)

// newHeader builds it. help is to show the list of shortcuts.
func newHeader(m *view.Main, help func()) *header {
	h := &header{main: m, hint: widget.NewText(lang.L("Ctrl+K"), widget.Small), offers: newMatchList(m)}
	h.state = widget.NewStateButton("", theme.Clear, h.menu)
	h.field = widget.NewSearch(lang.L("Name or number"), m.Dial.Type)
	h.field.OnSubmitted = func(string) { m.Call() }
	h.field.OnKey = h.key
	h.field.OnFocus = func(in bool) {
		h.focused = in
		h.drawDial()
	}
	h.gear = widget.NewIconButton(theme.IconGear, lang.L("Settings"), func() { m.Go(view.PageSettings) })
	buttons := across(theme.Grid/2, widget.NewIconButton(theme.IconHelp, lang.L("Keyboard shortcuts"), help), h.gear)
	field := container.NewStack(h.field, middled(container.NewBorder(nil, nil, nil, across(0, h.hint, sized(1.5*theme.Grid, 0)))))
	h.root = container.NewStack(widget.NewGround(theme.Surface), container.New(headerLayout{}, h.state, field, buttons))
	onChange(&m.Changed, h.draw)
	onChange(&m.Accounts.Changed, h.draw)
	onChange(&m.Dial.Changed, h.drawDial)
	leaveOnceCalled(m, h.field)
	h.draw()
	h.drawDial()
	return h
}

func (h *header) draw() {
	line := h.main.Line
	h.state.Set(widget.Ellipsis(lineTitle(h.main), widget.Body, stateWidth-stateAround), lineColor(line))
	h.state.SetTip(line.Text)
	color := theme.Secondary
	if h.main.Page == view.PageSettings {
		color = theme.Accent
	}
	h.gear.SetColor(color)
}

func (h *header) drawDial() {
	setEntry(h.field, h.main.Dial.Text)
	show(h.hint, h.main.Dial.Text == "" && !h.focused)
	h.offers.draw(h.focused)
}

// key takes the keys of the field that choose among the matches.
func (h *header) key(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyDown:
		h.main.Dial.Move(1)
	case fyne.KeyUp:
		h.main.Dial.Move(-1)
	case fyne.KeyEscape:
		if h.main.Dial.Text == "" {
			leaveEntry(h.field)
		}
		h.main.Dial.Clear()
	default:
		return false
	}
	return true
}

// menu says how the line stands, and what can be done about it.
func (h *header) menu() { widget.ShowMenuUnder(h.state, h.items()...) }

func (h *header) items() []widget.MenuItem {
	m := h.main
	items := []widget.MenuItem{{Text: m.Line.Text, Disabled: true}, {}}
	for _, p := range presences {
		items = append(items, widget.MenuItem{Icon: presenceIcons[p], Text: presenceWord(p), Checked: presenceOf(m) == p, Tapped: func() { m.SetPresence(p) }})
	}
	items = append(items, widget.MenuItem{})
	if address := failedAccount(m); address != "" {
		items = append(items, widget.MenuItem{Icon: theme.IconRefresh, Text: lang.L("Try now"), Tapped: func() { m.Accounts.Retry(address) }})
	}
	if len(m.Accounts.List) == 0 {
		items = append(items, widget.MenuItem{Icon: theme.IconPlus, Text: lang.L("Add an account"), Tapped: func() { addAccount(m) }})
	}
	return append(items,
		widget.MenuItem{Icon: theme.IconHeadset, Text: lang.L("Practise"), Checked: m.Practice.On, Tapped: func() { m.Practice.Switch(!m.Practice.On) }},
		widget.MenuItem{Icon: theme.IconGear, Text: lang.L("Settings"), Tapped: func() { m.Go(view.PageSettings) }},
	)
}

// headerLayout sets the state at the left, the field in the middle of the window, and the buttons at the right.
type headerLayout struct{}

func (headerLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(2*stateWidth+160, theme.HeaderHeight)
}

func (headerLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	state, field, buttons := objects[0], objects[1], objects[2]
	least := state.MinSize()
	place(state, theme.Grid, (size.Height-least.Height)/2, least.Width, least.Height)
	x, width := fieldBounds(size.Width)
	place(field, x, (size.Height-theme.ButtonHeight)/2, width, theme.ButtonHeight)
	least = buttons.MinSize()
	place(buttons, size.Width-1.5*theme.Grid-least.Width, (size.Height-least.Height)/2, least.Width, least.Height)
}

// fieldBounds is where the field lies in a window of that width.
func fieldBounds(window float32) (x, width float32) {
	width = max(160, min(fieldWidth, window-2*(stateWidth+2*theme.Grid)))
	return (window - width) / 2, width
}
