package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fyne.io/fyne/v2/driver/desktop"

	"github.com/callward/callward/ui/theme"
)

// Measures of the grid, in dp.
const (
	emojiColumns = 9
	emojiCell    = 36
	emojiTitle   = 28
	emojiHigh    = 6.5 * emojiCell // what is seen of it
	emojiBar     = theme.Grid
)

// emojiRow is a row of the grid: a title, or emoji.
type emojiRow struct {
	title string
	emoji []string
	y     float32
}

func (r emojiRow) high() float32 {
	if r.emoji == nil {
		return emojiTitle
	}
	return emojiCell
}

// emojiGrid draws the emoji that are in sight, under their titles. The wheel scrolls it.
type emojiGrid struct {
	widget.BaseWidget
	words    EmojiWords
	recent   []string
	picked   func(string)
	rows     []emojiRow
	row, col int // that is marked
	off      float32
}

func newEmojiGrid(words EmojiWords, recent []string, picked func(string)) *emojiGrid {
	g := &emojiGrid{words: words, recent: recent, picked: picked}
	g.ExtendBaseWidget(g)
	g.find("")
	return g
}

// find shows what the query is for, or all.
func (g *emojiGrid) find(query string) {
	g.rows, g.off = nil, 0
	if query != "" {
		g.add("", findEmoji(query))
	} else {
		g.add(g.words.Recent, g.recent)
		for i, title := range g.words.Groups {
			var group []string
			for _, e := range emojiIn(i) {
				group = append(group, e.emoji)
			}
			g.add(title, group)
		}
	}
	g.row, g.col = 0, 0
	g.toEmoji(1)
	g.Refresh()
}

func (g *emojiGrid) add(title string, emoji []string) {
	if len(emoji) == 0 {
		return
	}
	if title != "" {
		g.put(emojiRow{title: title})
	}
	for len(emoji) > 0 {
		n := min(emojiColumns, len(emoji))
		g.put(emojiRow{emoji: emoji[:n]})
		emoji = emoji[n:]
	}
}

func (g *emojiGrid) put(row emojiRow) {
	row.y = g.long()
	g.rows = append(g.rows, row)
}

// long is how high all rows are.
func (g *emojiGrid) long() float32 {
	if len(g.rows) == 0 {
		return 0
	}
	last := g.rows[len(g.rows)-1]
	return last.y + last.high()
}

// toEmoji moves the mark on, over titles, and reports whether there was a row.
func (g *emojiGrid) toEmoji(by int) bool {
	for i := g.row; i >= 0 && i < len(g.rows); i += by {
		if g.rows[i].emoji != nil {
			g.row = i
			return true
		}
	}
	return false
}

// step moves the mark.
func (g *emojiGrid) step(key fyne.KeyName) {
	if len(g.rows) == 0 {
		return
	}
	switch key {
	case fyne.KeyLeft:
		if g.col--; g.col < 0 && g.leap(-1, 1) {
			g.col = len(g.rows[g.row].emoji) - 1
		}
	case fyne.KeyRight:
		if g.col++; g.col >= len(g.rows[g.row].emoji) && g.leap(1, 1) {
			g.col = 0
		}
	case fyne.KeyUp:
		g.leap(-1, 1)
	case fyne.KeyDown:
		g.leap(1, 1)
	case fyne.KeyPageUp:
		g.leap(-1, 5)
	case fyne.KeyPageDown:
		g.leap(1, 5)
	}
	row := g.rows[g.row]
	g.col = min(max(0, g.col), len(row.emoji)-1)
	above := row.y
	if g.row == 1 { // its title too
		above = 0
	}
	g.off = max(min(g.off, above), row.y+emojiCell-g.Size().Height)
	g.Refresh()
}

// leap goes over n rows of emoji, as far as there are any.
func (g *emojiGrid) leap(by, n int) bool {
	moved := false
	for range n {
		before := g.row
		g.row += by
		if !g.toEmoji(by) {
			g.row = before
			break
		}
		moved = true
	}
	return moved
}

// current returns the emoji that is marked, or nothing.
func (g *emojiGrid) current() string {
	if g.row < len(g.rows) && g.col < len(g.rows[g.row].emoji) {
		return g.rows[g.row].emoji[g.col]
	}
	return ""
}

func (g *emojiGrid) pick() {
	if emoji := g.current(); emoji != "" {
		g.picked(emoji)
	}
}

// at marks the emoji at that place, and reports whether there is one.
func (g *emojiGrid) at(pos fyne.Position) bool {
	y, col := pos.Y+g.off, int(pos.X/emojiCell)
	for i, row := range g.rows {
		if y >= row.y && y < row.y+row.high() {
			if pos.X < 0 || col >= len(row.emoji) {
				return false
			}
			if g.row != i || g.col != col {
				g.row, g.col = i, col
				g.Refresh()
			}
			return true
		}
	}
	return false
}

// MouseIn is for Fyne.
func (g *emojiGrid) MouseIn(e *desktop.MouseEvent) { g.at(e.Position) }

// MouseMoved is for Fyne: pointer and keys share one mark.
func (g *emojiGrid) MouseMoved(e *desktop.MouseEvent) { g.at(e.Position) }

// MouseOut is for Fyne.
func (g *emojiGrid) MouseOut() {}

// Cursor is for Fyne.
func (g *emojiGrid) Cursor() desktop.Cursor { return desktop.PointerCursor }

// Tapped is for Fyne.
func (g *emojiGrid) Tapped(e *fyne.PointEvent) {
	if g.at(e.Position) {
		g.pick()
	}
}

// Scrolled is for Fyne.
func (g *emojiGrid) Scrolled(e *fyne.ScrollEvent) {
	g.off = max(0, min(g.off-e.Scrolled.DY, g.long()-g.Size().Height))
	g.Refresh()
}

// CreateRenderer is for Fyne.
func (g *emojiGrid) CreateRenderer() fyne.WidgetRenderer {
	r := &emojiRenderer{of: g}
	r.draw()
	return r
}

type emojiRenderer struct {
	brush
	of *emojiGrid
}

func (r *emojiRenderer) Destroy()                     {}
func (r *emojiRenderer) Layout(fyne.Size)             { r.draw() }
func (r *emojiRenderer) MinSize() fyne.Size           { return fyne.NewSize(emojiColumns*emojiCell, emojiHigh) }
func (r *emojiRenderer) Objects() []fyne.CanvasObject { return r.drawn }

func (r *emojiRenderer) Refresh() {
	r.draw()
	canvas.Refresh(r.of)
}

func (r *emojiRenderer) draw() {
	g, size := r.of, r.of.Size()
	r.begin()
	for i, row := range g.rows {
		y := row.y - g.off
		if y+row.high() < 0 || y > size.Height {
			continue
		}
		if row.emoji == nil {
			h := SmallStrong.measure("M").Height
			r.text(4, y+emojiTitle-h-4, row.title, SmallStrong, theme.Color(theme.Secondary))
		}
		for col, emoji := range row.emoji {
			x := float32(col) * emojiCell
			if i == g.row && col == g.col {
				r.fill(x, y, emojiCell, emojiCell, 6, theme.Color(theme.Selected))
			}
			least := Title.measure("M")
			r.text(x+middle(emojiCell, Title.width(emoji)), y+middle(emojiCell, least.Height)+1, drawn(emoji), Title, theme.Color(theme.Text))
		}
	}
	if all := g.long(); all > size.Height {
		long := max(barLeast, size.Height*size.Height/all)
		y := (size.Height - long) * g.off / (all - size.Height)
		r.fill(size.Width-6, y, 4, long, 2, theme.Color(fynetheme.ColorNameScrollBar))
	}
}
