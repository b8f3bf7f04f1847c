package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/callward/callward/ui/theme"
)

// EmojiWords are the words on what emoji are chosen from, in the agent's language. Names are searched in English.
type EmojiWords struct {
	Search string    // placeholder
	Recent string    // those used of late
	None   string    // nothing is found
	Groups [8]string // faces, people, nature, food, places, activities, things, signs
}

// emojiPicker is what a Composer opens: a search and a grid. The search has the focus, and gives the arrows to the
// grid; Enter takes what is marked there, Escape closes.
type emojiPicker struct {
	widget.BaseWidget
	on     *overlay
	search *Entry
	grid   *emojiGrid
	none   *Text
}

// showEmoji opens the emoji above the object, or below where there is no room.
func showEmoji(above fyne.CanvasObject, words EmojiWords, recent []string, picked func(string)) {
	drv := fyne.CurrentApp().Driver()
	over := drv.CanvasForObject(above)
	if over == nil {
		return
	}
	p := &emojiPicker{none: NewText(words.None, Small)}
	p.grid = newEmojiGrid(words, recent, func(emoji string) {
		p.on.close()
		picked(emoji)
	})
	p.search = NewSearch(words.Search, func(text string) {
		p.grid.find(text)
		show(p.none, len(p.grid.rows) == 0)
	})
	p.search.OnKey = p.key
	p.none.Hide()
	p.ExtendBaseWidget(p)
	at, size := drv.AbsolutePositionForObject(above), above.Size()
	p.on = &overlay{over: over, content: p, first: p.search, place: func(window, card fyne.Size) fyne.Position {
		x, y := min(at.X, window.Width-card.Width-theme.Grid), at.Y-card.Height-theme.Grid
		if y < 0 {
			y = min(at.Y+size.Height+theme.Grid, window.Height-card.Height-theme.Grid)
		}
		return fyne.NewPos(x, y)
	}}
	p.on.open()
}

func (p *emojiPicker) key(name fyne.KeyName) bool {
	switch name {
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight, fyne.KeyPageUp, fyne.KeyPageDown:
		p.grid.step(name)
	case fyne.KeyReturn, fyne.KeyEnter:
		p.grid.pick()
	case fyne.KeyEscape:
		p.on.close()
	default:
		return false
	}
	return true
}

// CreateRenderer is for Fyne.
func (p *emojiPicker) CreateRenderer() fyne.WidgetRenderer {
	const pad = theme.Grid
	return rendered(p, &renderer{
		objects: []fyne.CanvasObject{p.search, p.grid, p.none},
		min: func() fyne.Size {
			return fyne.NewSize(emojiColumns*emojiCell+2*pad+emojiBar, theme.ButtonHeight+emojiHigh+2*pad+pad/2)
		},
		layout: func(size fyne.Size) {
			place(p.search, pad, pad, size.Width-2*pad, theme.ButtonHeight)
			y := pad + theme.ButtonHeight + pad/2
			place(p.grid, pad, y, size.Width-pad, size.Height-y-pad)
			place(p.none, pad+4, y+pad, size.Width-2*pad, p.none.MinSize().Height)
		},
		redraw: func() {},
	})
}
