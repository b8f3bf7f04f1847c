package page

import (
	"fyne.io/fyne/v2"

	"github.com/callward/callward/ui/theme"
)

// shellLayout sets the parts of the window, and decides by its width which there are.
type shellLayout struct{ shell *Shell }

func (l *shellLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(900, 600) }

func (l *shellLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	s := l.shell
	ground, header, rail, bar, notices, body, panel := objects[0], objects[1], objects[2], objects[3], objects[4], objects[5], objects[6]
	under, beside, before := objects[7], objects[8], objects[9]
	s.wide = size.Width >= theme.NarrowWidth
	open := s.wide || s.opened
	show(panel, open)
	show(before, open)
	show(bar, !s.wide && s.main.Cards.Busy())
	s.home.showPad(!open)

	const line = 1
	left, top, right := theme.RailWidth+line, theme.HeaderHeight, size.Width
	place(ground, 0, 0, size.Width, size.Height)
	place(header, 0, 0, size.Width, top-line)
	place(under, 0, top-line, size.Width, line)
	place(rail, 0, top, theme.RailWidth, size.Height-top)
	place(beside, theme.RailWidth, top, line, size.Height-top)
	if bar.Visible() {
		place(bar, left, top, right-left, barHeight)
		top += barHeight
	}
	if open {
		right -= theme.PanelWidth
		place(panel, right, top, theme.PanelWidth, size.Height-top)
		place(before, right-line, top, line, size.Height-top)
		right -= line
	}
	place(objects[11], left, top, right-left, size.Height-top) // the gate
	top += layNotices(notices, left, top, right)
	place(body, left, top, right-left, size.Height-top)
	x, width := fieldBounds(size.Width)
	place(objects[10], x, theme.HeaderHeight-theme.Grid/2, width, objects[10].MinSize().Height)
}

// layNotices places the banners, and returns the height that they take.
func layNotices(notices fyne.CanvasObject, left, top, right float32) float32 {
	if !notices.Visible() {
		return 0
	}
	width := right - left - 2*theme.PagePadding
	notices.Resize(fyne.NewSize(width, notices.Size().Height)) // texts break for their width
	height := notices.MinSize().Height
	place(notices, left+theme.PagePadding, top+2*theme.Grid, width, height)
	return height + 3*theme.Grid
}
