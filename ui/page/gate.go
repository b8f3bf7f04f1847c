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

// gate asks whether a blocked number is to be called all the same. It lies over the page alone: the
// calls that are up stay at hand beside it.
type gate struct {
	main   *view.Main
	veil   *widget.Veil
	canvas func() fyne.Canvas // what it is on: Fyne does not know it of what was never shown

	who     *widget.Text
	number  *widget.Text
	mode    *widget.Paragraph
	since   *widget.Paragraph
	abort   *widget.Button
	proceed *widget.Button
	before  fyne.Focusable // what had the focus
}

func newGate(m *view.Main, canvas func() fyne.Canvas) *gate {
	g := &gate{
		main: m, canvas: canvas, who: widget.NewText("", widget.Strong).Shrink(), number: widget.NewText("", widget.Body).Shrink(),
		mode: widget.NewParagraph("", widget.Body), since: widget.NewParagraph("", widget.Small),
	}
	g.proceed = widget.NewButton(lang.L("Proceed"), widget.DangerText, m.Proceed)
	g.abort = widget.NewButton(lang.L("Abort"), widget.Filled, m.Abort)
	g.proceed.OnEscape, g.abort.OnEscape = m.Abort, m.Abort
	buttons := container.New(layout.NewCustomPaddedHBoxLayout(theme.Grid), layout.NewSpacer(), g.proceed, g.abort)
	icon := middled(widget.NewIcon(theme.IconBlock, theme.Danger, theme.IconSize))
	title := container.NewBorder(nil, nil, across(theme.Grid, icon, sized(0, 0)), nil, widget.NewText(lang.L("This number is blocked"), widget.Title))
	g.veil = widget.NewVeil(inset(theme.PagePadding, flow(2*theme.Grid, title, flow(theme.Grid/2, g.who, g.number, g.mode, g.since), buttons)))
	g.veil.Hide()
	onChange(&m.Changed, g.draw)
	return g
}

// draw shows the question, with the focus on Abort, and takes it away.
func (g *gate) draw() {
	b, on := g.main.Blocked, g.canvas()
	switch {
	case b == nil && g.veil.Visible():
		g.veil.Hide()
		if on != nil && g.before != nil {
			on.Focus(g.before)
		} else if on != nil {
			on.Unfocus()
		}
	case b != nil && !g.veil.Visible():
		g.who.SetText(b.Party.Title)
		g.number.SetText(b.Party.Number)
		show(g.number, b.Party.Number != "")
		g.mode.SetText(b.Mode)
		g.since.SetText(b.Since)
		show(g.since, b.Since != "")
		g.abort.Anew() // a double click on what asked is not an answer
		g.proceed.Anew()
		g.veil.Show()
		g.veil.Refresh()
		if on != nil {
			g.before = on.Focused()
			on.Focus(g.abort)
		}
	}
}
