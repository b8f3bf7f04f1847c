package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/callward/callward/ui/theme"
)

const (
	rowPad     float32 = 12
	rowGap     float32 = 4 // what a list leaves between its rows
	avatarSide float32 = 36
	cellGap    float32 = 12
)

// rowRenderer draws a Row. Its objects are made once; those that a content does not need are hidden.
type rowRenderer struct {
	renderer
	row             *Row
	fill, ring, bar *canvas.Rectangle
	icon            *canvas.Image
	avatar          *Avatar
	title, subtitle *canvas.Text
	cells           []*canvas.Text
	badge           *Badge
}

func newRowRenderer(row *Row) fyne.WidgetRenderer {
	r := &rowRenderer{
		row: row, fill: newFill(theme.Radius), ring: newRing(), bar: newFill(1.5),
		icon: newIcon(), avatar: NewAvatar("", avatarSide), badge: NewBadge(0),
		title: canvas.NewText("", color.Transparent), subtitle: canvas.NewText("", color.Transparent),
	}
	r.min = func() fyne.Size { return fyne.NewSize(160, row.height-row.gap) }
	r.layout, r.redraw = r.place, r.draw
	rendered(row.self, &r.renderer)
	return &r.renderer
}

func (r *rowRenderer) draw() {
	c, row := r.row.content, r.row
	r.fill.FillColor, r.bar.FillColor = color.Transparent, color.Transparent
	switch {
	case c.Heading:
	case c.Selected:
		r.fill.FillColor, r.bar.FillColor = theme.Color(theme.Selected), theme.Color(theme.Accent)
	case row.hovered || row.current:
		r.fill.FillColor = theme.Color(theme.Hover)
	}
	showRing(r.ring, row.current && row.marked < 0)
	setIcon(r.icon, c.Icon, or(c.IconColor, theme.Secondary))
	r.avatar.SetName(c.Avatar)
	show(r.avatar, c.Avatar != "")

	r.title.TextSize, r.title.TextStyle.Bold = theme.TextSize, c.Unread || c.Heading
	r.title.Color = theme.Color(theme.Text)
	if c.Heading {
		r.title.TextSize, r.title.Color = theme.SmallSize, theme.Color(theme.Secondary)
	}
	r.subtitle.TextSize, r.subtitle.Color = theme.SmallSize, theme.Color(or(c.SubtitleColor, theme.Secondary))
	r.badge.SetCount(c.Count)
	r.drawCells(c.Cells)

	r.objects = append(r.objects[:0], r.fill, r.ring, r.bar, r.icon, r.avatar, r.title, r.subtitle)
	for _, cell := range r.cells {
		r.objects = append(r.objects, cell)
	}
	r.objects = append(r.objects, r.badge)
	for _, b := range row.actions {
		show(b, row.hovered || row.current)
		r.objects = append(r.objects, b)
	}
}

func (r *rowRenderer) drawCells(cells []Cell) {
	for len(r.cells) < len(cells) {
		r.cells = append(r.cells, canvas.NewText("", color.Transparent))
	}
	for i, text := range r.cells {
		show(text, i < len(cells))
		if i < len(cells) {
			text.Text, text.TextSize = cells[i].Text, theme.SmallSize
			text.Color, text.Alignment = theme.Color(or(cells[i].Color, theme.Secondary)), fyne.TextAlignTrailing
		}
	}
}

func (r *rowRenderer) place(size fyne.Size) {
	c := r.row.content
	size.Height -= r.row.gap
	r.fill.Resize(size)
	r.ring.Resize(size)
	place(r.bar, 0, 8, 3, size.Height-16)
	left := rowPad
	if c.Icon != "" {
		place(r.icon, left, middle(size.Height, theme.IconSize), theme.IconSize, theme.IconSize)
		left += theme.IconSize + rowPad
	}
	if c.Avatar != "" {
		place(r.avatar, left, middle(size.Height, avatarSide), avatarSide, avatarSide)
		left += avatarSide + rowPad
	}
	right := r.placeRight(size)
	if right < size.Width-rowPad {
		right -= cellGap
	}
	r.placeText(left, max(0, right-left), size.Height)
}

// placeRight places actions, badge and cells and returns where they begin. Cells under the actions give way.
func (r *rowRenderer) placeRight(size fyne.Size) float32 {
	right := size.Width - rowPad
	actions := size.Width - theme.Grid
	for i := len(r.row.actions) - 1; i >= 0; i-- {
		b := r.row.actions[i]
		actions -= actionSide
		place(b, actions, middle(size.Height, actionSide), actionSide, actionSide)
	}
	acting := len(r.row.actions) > 0 && (r.row.hovered || r.row.current)
	if r.row.content.Count > 0 {
		w := r.badge.MinSize().Width
		place(r.badge, right-w, 0, w, size.Height)
		show(r.badge, !acting)
		right -= w + cellGap
	} else {
		r.badge.Hide()
	}
	for i := len(r.row.content.Cells) - 1; i >= 0; i-- {
		cell := r.cells[i]
		w := r.row.content.Cells[i].Width
		if w == 0 {
			w = cell.MinSize().Width
		}
		h := cell.MinSize().Height
		place(cell, right-w, middle(size.Height, h), w, h)
		show(cell, !acting || right <= actions)
		right -= w + cellGap
	}
	if acting {
		right = min(right, actions)
	}
	return right
}

func (r *rowRenderer) placeText(left, width, height float32) {
	c := r.row.content
	style := Body
	if c.Unread {
		style = Strong
	}
	r.title.Text = Ellipsis(c.Title, style, width)
	th := r.title.MinSize().Height
	if c.Subtitle == "" {
		r.subtitle.Hide()
		y := middle(height, th)
		if c.Heading {
			y = height - th - 6
		}
		place(r.title, left, y, width, th)
		return
	}
	r.subtitle.Show()
	if c.Beside {
		tw := r.title.MinSize().Width
		place(r.title, left, middle(height, th), tw, th)
		left, width = left+tw+cellGap, width-tw-cellGap
		r.subtitle.Text = Ellipsis(c.Subtitle, Small, width)
		sh := r.subtitle.MinSize().Height
		place(r.subtitle, left, middle(height, sh), width, sh)
		return
	}
	r.subtitle.Text = Ellipsis(c.Subtitle, Small, width)
	sh := r.subtitle.MinSize().Height
	y := middle(height, th+sh)
	place(r.title, left, y, width, th)
	place(r.subtitle, left, y+th, width, sh)
}

// or returns the name, or the other one where it is empty.
func or(name, other fyne.ThemeColorName) fyne.ThemeColorName {
	if name == "" {
		return other
	}
	return name
}

// show makes the object visible or not, and leaves alone what is so already.
func show(o fyne.CanvasObject, visible bool) {
	switch {
	case visible && !o.Visible():
		o.Show()
	case !visible && o.Visible():
		o.Hide()
	}
}
