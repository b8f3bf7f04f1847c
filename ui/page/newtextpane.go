package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
	"github.com/callward/callward/ui/widget"
)

// newTextPane asks whom a new text is for. For Fyne's goroutine.
type newTextPane struct {
	main    *view.Main
	alone   func() bool
	content *fyne.Container
	to      *widget.Entry
	list    *fyne.Container
	failed  *widget.Paragraph
	blocked *blockedBanner
	open    *widget.Button
	back    *widget.IconButton
	parts   *fyne.Container
	shown   *view.NewText
	canvas  func() fyne.Canvas
}

func newNewTextPane(m *view.Main, alone func() bool) *newTextPane {
	p := &newTextPane{main: m, alone: alone, list: column(0), failed: note(), blocked: newBlockedBanner(m)}
	p.to = widget.NewSearch(lang.L("Name or number"), func(text string) {
		if n := m.Texts.New; n != nil && n == p.shown {
			n.Type(text)
		}
	})
	p.to.OnSubmitted = func(string) { p.with((*view.NewText).Go) }
	p.to.OnKey = p.key
	p.open = widget.NewButton(lang.L("Write"), widget.Filled, func() { p.with((*view.NewText).Go) }).WithIcon(theme.IconTexts)
	closer := widget.NewIconButton(theme.IconClose, lang.L("Close"), m.Texts.Close)
	p.back = widget.NewIconButton(theme.IconArrowLeft, lang.L("Back"), m.Texts.Close)
	closer.OnEscape, p.open.OnEscape = m.Texts.Close, m.Texts.Close
	line := container.NewBorder(nil, nil, bar(theme.Grid/2, p.back), bar(0, closer), middled(widget.NewText(lang.L("New text"), widget.Strong)))
	head := container.NewBorder(nil, widget.NewHairline(), nil, nil,
		sized(0, theme.HeaderHeight, container.New(layout.NewCustomPaddedLayout(0, 0, 2*theme.Grid, 1.5*theme.Grid), line)))
	field := container.NewBorder(nil, nil, nil, container.NewHBox(sized(theme.Grid, 0), p.open), p.to)
	p.parts = flow(theme.Grid, widget.Labelled(lang.L("To"), field), p.failed, p.blocked.banner, outward(p.list))
	body := container.New(&narrow{theme.FormWidth + 4*theme.Grid}, inset(2*theme.Grid, p.parts))
	p.content = container.NewBorder(head, nil, nil, nil, body)
	return p
}

func (p *newTextPane) with(do func(*view.NewText)) {
	if n := p.main.Texts.New; n != nil {
		do(n)
	}
}

// key takes the keys of the field that choose among the matches.
func (p *newTextPane) key(key fyne.KeyName) bool {
	n := p.main.Texts.New
	switch {
	case n == nil:
		return false
	case key == fyne.KeyDown:
		n.To.Move(1)
	case key == fyne.KeyUp:
		n.To.Move(-1)
	case key == fyne.KeyEscape:
		p.main.Texts.Close()
	default:
		return false
	}
	return true
}

// refresh shows the text that is begun; the cursor is in its field.
func (p *newTextPane) refresh() {
	n := p.main.Texts.New
	show(p.content, n != nil)
	if n == nil {
		p.shown = nil
		return
	}
	fresh := n != p.shown
	p.shown = n
	if fresh {
		onChange(&n.To.Changed, p.refresh)
	}
	setEntry(p.to, n.To.Text)
	setEnabled(p.open, n.To.Number() != "")
	show(p.back, p.alone())
	say(p.failed, n.Failed, theme.Danger)
	p.blocked.show(n.Blocked)
	for i := len(p.list.Objects); i < len(n.To.Matches); i++ {
		p.list.Add(newMatchRow(func() { p.with(func(n *view.NewText) { n.Choose(i) }) }))
	}
	for i, o := range p.list.Objects {
		show(o, i < len(n.To.Matches))
		if i < len(n.To.Matches) {
			o.(*matchRow).set(n.To.Matches[i].Party, i == n.To.Chosen)
		}
	}
	p.parts.Refresh()
	p.content.Refresh()
	if fresh {
		if on := p.canvas(); on != nil {
			on.Focus(p.to)
		}
	}
}
