package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/callward/callward/ui/theme"
)

// CreateRenderer is for Fyne.
func (b *Bubble) CreateRenderer() fyne.WidgetRenderer {
	r := &bubbleRenderer{of: b}
	r.draw()
	return r
}

// bubbleRenderer draws a bubble from its shape, anew when it is refreshed and never for being moved.
type bubbleRenderer struct {
	brush
	of *Bubble
}

func (r *bubbleRenderer) Destroy()                     {}
func (r *bubbleRenderer) Layout(fyne.Size)             {}
func (r *bubbleRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r *bubbleRenderer) Objects() []fyne.CanvasObject { return r.drawn }

func (r *bubbleRenderer) Refresh() {
	r.draw()
	canvas.Refresh(r.of)
}

func (r *bubbleRenderer) draw() {
	r.begin()
	b, s, c := r.of, r.of.shape, &r.of.content
	ground := theme.Color(theme.Surface)
	if c.Mine {
		ground = theme.Color(theme.Selected)
	}
	card := r.fill(s.x, s.y, s.wide, s.high, bubbleRadius, ground)
	if !c.Mine {
		card.StrokeColor, card.StrokeWidth = theme.Color(theme.Hairline), 1
	}
	first, last := 0, len(s.body.lines)
	if last > bubbleLines {
		first, last = b.lines[0], b.lines[1]
	}
	for _, m := range c.Marks {
		r.span(m, first, last, theme.Blend(theme.Color(theme.WarningGround), theme.Color(theme.Warning), 0.2))
	}
	if b.from != b.to {
		picked := theme.Blend(ground, theme.Color(theme.Accent), 0.3)
		r.span(Span{min(b.from, b.to), max(b.from, b.to)}, first, last, picked)
	}
	for i := first; i < last; i++ {
		r.line(i)
	}
	if s.cut {
		r.button(s.moreX, s.moreY, s.moreWide, c.More, b.under == b.more() || b.action == b.more())
	}
	r.foot()
	r.trouble()
	if b.marked {
		ring := r.fill(s.x-1, s.y-1, s.wide+2, s.high+2, bubbleRadius+1, color.Transparent)
		ring.StrokeColor, ring.StrokeWidth = theme.Color(theme.Accent), ringWidth
	}
}

// lineAt returns where the line begins.
func (r *bubbleRenderer) lineAt(i int) (x, y float32) {
	s := r.of.shape
	return s.x + bubblePad + r.of.indent(i), s.y + bubbleEdge + s.body.high()*float32(i)
}

// span lays a ground under a part of the text, where its lines are drawn.
func (r *bubbleRenderer) span(m Span, first, last int, c color.Color) {
	f := r.of.shape.body
	for i := first; i < last; i++ {
		l := f.lines[i]
		for _, p := range l.pieces {
			from, to := max(m.From, p.from), min(m.To, p.to)
			if from >= to {
				continue
			}
			a, z := f.style.width(f.text[p.from:from]), f.style.width(f.text[p.from:to])
			if p.right {
				a, z = p.wide-z, p.wide-a
			}
			x, y := r.lineAt(i)
			r.fill(x+p.x+a, y, z-a, f.high(), 3, c)
		}
	}
}

// line draws a line, its links in the accent.
func (r *bubbleRenderer) line(i int) {
	f := r.of.shape.body
	x, y := r.lineAt(i)
	for _, p := range f.lines[i].pieces {
		at := p.from
		for n, link := range r.of.content.Links {
			from, to := max(link.From, at), min(link.To, p.to)
			if from >= to {
				continue
			}
			r.part(p, at, from, x, y, theme.Text, false)
			r.part(p, from, to, x, y, theme.Accent, r.of.under == n || r.of.action == n)
			at = to
		}
		r.part(p, at, p.to, x, y, theme.Text, false)
	}
}

// part draws bytes of a piece where they are in it.
func (r *bubbleRenderer) part(p flowPiece, from, to int, x, y float32, name fyne.ThemeColorName, under bool) {
	if from >= to {
		return
	}
	f := r.of.shape.body
	a, wide := f.style.width(f.text[p.from:from]), f.style.width(f.text[from:to])
	if p.right {
		a = p.wide - a - wide
	}
	r.text(x+p.x+a, y, drawn(mirrored(f.text[from:to], p.right)), f.style, theme.Color(name))
	if under {
		r.fill(x+p.x+a, y+f.high()-3, wide, 1, 0, theme.Color(name))
	}
}

func (r *bubbleRenderer) button(x, y, wide float32, text string, under bool) {
	high := SmallStrong.measure("M").Height
	w := SmallStrong.width(text)
	x += middle(wide, w)
	y += middle(bubbleButton, high)
	r.text(x, y, text, SmallStrong, theme.Color(theme.Accent))
	if under {
		r.fill(x, y+high-1, w, 1, 0, theme.Color(theme.Accent))
	}
}

// foot draws time and state.
func (r *bubbleRenderer) foot() {
	s, c := r.of.shape, &r.of.content
	x, name := s.footX, theme.Color(theme.Secondary)
	r.text(x, s.footY, c.Time, Small, name)
	if c.Time != "" {
		x += Small.width(c.Time) + theme.Grid/2
	}
	if c.Icon != "" {
		r.icon(x, s.footY+middle(Small.measure("M").Height, bubbleIcon), bubbleIcon, c.Icon, theme.Secondary)
		x += bubbleIcon + theme.Grid/2
	}
	r.text(x, s.footY, c.State, Small, name)
}

// trouble draws what is said under the bubble.
func (r *bubbleRenderer) trouble() {
	s, b := r.of.shape, r.of
	if s.trouble == nil {
		return
	}
	high := s.trouble.high()
	sign, tone := theme.IconWarning, theme.Danger
	if b.content.Calm {
		sign, tone = theme.IconClock, theme.Secondary
	}
	r.icon(s.troubleX, s.troubleY+middle(high, bubbleIcon), bubbleIcon, sign, tone)
	for i, l := range s.trouble.lines {
		for _, p := range l.pieces {
			x := s.troubleX + bubbleIcon + theme.Grid/2 + p.x
			r.text(x, s.troubleY+high*float32(i), drawn(s.trouble.text[p.from:p.to]), Small, theme.Color(tone))
		}
	}
	if s.tryWide > 0 {
		r.button(s.retryX, s.retryY, s.tryWide, b.content.Retry, b.under == b.retry() || b.action == b.retry())
	}
}
