package widget

import (
	"maps"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// inSight is what a row can be that wants to know which part of it is seen: a very long one.
type inSight interface {
	sight(from, to float32)
}

// height returns the row's height, measured now if it was not.
func (t *Transcript) height(i int) float32 {
	if t.heights[i] == 0 {
		t.heights[i] = max(1, t.rows.Height(i, t.wide))
	}
	return t.heights[i]
}

// room is how much is seen, without the gap below the last row.
func (t *Transcript) room() float32 { return max(0, t.Size().Height-transcriptPad) }

// settle puts what is in sight where it belongs, and tells what came of it.
func (t *Transcript) settle() {
	if t.wide == 0 {
		return
	}
	t.walk()
	t.fill()
	t.bar.follow()
	show(t.newest, !t.stuck)
	t.tell()
}

// walk brings top and off in order: they name a row at the upper edge, and nothing is scrolled out of the rows.
func (t *Transcript) walk() {
	n := len(t.heights)
	if n == 0 {
		t.top, t.off, t.stuck = 0, 0, true
		return
	}
	t.top = min(t.top, n-1)
	for t.off < 0 && t.top > 0 {
		t.top--
		t.off += t.height(t.top)
	}
	for t.top < n-1 && t.off >= t.height(t.top) {
		t.off -= t.height(t.top)
		t.top++
	}
	if t.top == 0 {
		t.off = max(0, t.off)
	}
	const near = 1 // dp
	y := -t.off
	for i := t.top; i < n && y <= t.room()+near; i++ {
		y += t.height(i)
	}
	if t.stuck || y <= t.room()+near {
		t.walkToEnd()
	}
}

// walkToEnd has the last row end at the lower edge; where there are few rows the room is above them.
func (t *Transcript) walkToEnd() {
	left, i := t.room(), len(t.heights)
	for i > 0 && left > 0 {
		i--
		left -= t.height(i)
	}
	t.top, t.off, t.stuck = i, -left, true
}

// fill makes and places the rows in sight, and lets go of the others.
func (t *Transcript) fill() {
	bottom := t.Size().Height
	last, y := t.top, -t.off
	for ; last < len(t.heights) && y < bottom; last++ {
		y += t.height(last)
	}
	for i := range t.live {
		if i < t.top || i >= last {
			t.drop(i)
		}
	}
	y = -t.off
	for i := t.top; i < last; i++ {
		row, high := t.live[i], t.height(i)
		if row == nil {
			row = t.take(i, high)
		}
		if row.high != high || row.o.Size().Width != t.wide {
			row.high = high
			row.o.Resize(fyne.NewSize(t.wide, high))
		}
		row.o.Move(fyne.NewPos(0, y))
		if long, ok := row.o.(inSight); ok {
			long.sight(-y, bottom-y)
		}
		y += high
	}
}

// take brings the row into sight. It has its size before it is drawn, so that it is shaped once.
func (t *Transcript) take(i int, high float32) *transcriptRow {
	kind := t.rows.Kind(i)
	row := &transcriptRow{kind: kind, high: high}
	if pool := t.spare[kind]; len(pool) > 0 {
		row.o = pool[len(pool)-1]
		t.spare[kind] = pool[:len(pool)-1]
	} else {
		row.o = t.rows.Create(kind)
		if of, ok := row.o.(interface{ join(*Transcript) }); ok {
			of.join(t)
		}
	}
	row.o.Resize(fyne.NewSize(t.wide, high))
	t.live[i] = row
	t.draw(i, row)
	return row
}

func (t *Transcript) draw(i int, row *transcriptRow) {
	t.rows.Draw(i, row.o)
	t.showPick(i, row.o)
	t.mark(i, row.o)
}

// drop lets the row go out of sight.
func (t *Transcript) drop(i int) {
	row := t.live[i]
	delete(t.live, i)
	t.spare[row.kind] = append(t.spare[row.kind], row.o)
}

// index returns which row the object shows, or -1.
func (t *Transcript) index(o fyne.CanvasObject) int {
	for i, row := range t.live {
		if row.o == o {
			return i
		}
	}
	return -1
}

// guess returns how high the row is, or about that.
func (t *Transcript) guess(i int) float32 {
	if t.heights[i] > 0 {
		return t.heights[i]
	}
	const usual = 44
	return usual
}

// extent returns about how much is above the upper edge, and how high all is.
func (t *Transcript) extent() (above, all float32) {
	for i := range t.heights {
		if i == t.top {
			above = all + t.off
		}
		all += t.guess(i)
	}
	return max(0, above), all
}

// tell asks for more rows where few are left, and says whether the end is in sight.
func (t *Transcript) tell() {
	if t.told != t.stuck {
		t.told = t.stuck
		if t.OnAtEnd != nil {
			t.OnAtEnd(t.stuck)
		}
	}
	above, all := t.extent()
	enough := 2 * t.room()
	t.ask(&t.asked.top, above < enough, t.OnTop)
	t.ask(&t.asked.bottom, all-above-t.room() < enough, t.OnBottom)
}

// ask calls once while little is left.
func (t *Transcript) ask(asked *bool, little bool, call func()) {
	before := *asked
	*asked = little
	if little && !before && call != nil {
		call()
	}
}

// scroll moves what is in sight, towards the end where by is positive.
func (t *Transcript) scroll(by float32) {
	if t.wide == 0 || by == 0 || t.stuck && by > 0 {
		return
	}
	if t.stuck && t.top == 0 && t.off <= 0 { // all is seen
		return
	}
	t.stuck = false
	t.off += by
	t.settle()
}

// scrollTo goes to where that much, about, is above the upper edge.
func (t *Transcript) scrollTo(above float32) {
	t.stuck = false
	t.top, t.off = 0, 0
	for i := range t.heights {
		high := t.guess(i)
		t.top, t.off = i, above
		if above < high {
			break
		}
		above -= high
	}
	t.settle()
}

// Scrolled is for Fyne: the wheel. That it is there has Fyne clip what is drawn, too.
func (t *Transcript) Scrolled(e *fyne.ScrollEvent) { t.scroll(-e.Scrolled.DY) }

// Resize is for Fyne. What is in sight stays there.
func (t *Transcript) Resize(size fyne.Size) {
	if size == t.Size() {
		return
	}
	t.BaseWidget.Resize(size)
	if size.Width != t.wide && size.Width > 0 {
		part := float32(0) // of the row at the upper edge that is above it
		if t.top < len(t.heights) && t.heights[t.top] > 0 {
			part = t.off / t.heights[t.top]
		}
		clear(t.heights)
		t.wide = size.Width
		if t.top < len(t.heights) && part > 0 {
			t.off = part * t.height(t.top)
		}
	}
	if t.aim != nil {
		t.ScrollTo(t.aim.at, t.aim.top)
		return
	}
	t.settle()
}

// MinSize is for Fyne.
func (t *Transcript) MinSize() fyne.Size { return fyne.NewSize(200, 80) }

// Refresh is for Fyne: all that is in sight is drawn anew.
func (t *Transcript) Refresh() {
	for _, i := range slices.Sorted(maps.Keys(t.live)) {
		t.draw(i, t.live[i])
	}
	t.bar.Refresh()
	t.newest.Refresh()
	canvas.Refresh(t)
}

// CreateRenderer is for Fyne.
func (t *Transcript) CreateRenderer() fyne.WidgetRenderer { return &transcriptRenderer{of: t} }

// transcriptRenderer lists what is in sight from above to below, which is the order of the focus.
type transcriptRenderer struct {
	of      *Transcript
	objects []fyne.CanvasObject
}

func (r *transcriptRenderer) Destroy()           {}
func (r *transcriptRenderer) MinSize() fyne.Size { return r.of.MinSize() }
func (r *transcriptRenderer) Refresh()           { r.of.Refresh() }
func (r *transcriptRenderer) Layout(fyne.Size)   { r.place() }
func (r *transcriptRenderer) place() {
	size, side := r.of.Size(), r.of.newest.MinSize()
	r.of.bar.follow()
	place(r.of.newest, size.Width-side.Width-2*transcriptPad, size.Height-side.Height-1.5*transcriptPad, side.Width, side.Height)
}

func (r *transcriptRenderer) Objects() []fyne.CanvasObject {
	r.objects = r.objects[:0]
	for i := r.of.top; r.of.live[i] != nil; i++ {
		r.objects = append(r.objects, r.of.live[i].o)
	}
	r.objects = append(r.objects, r.of.bar, r.of.newest)
	return r.objects
}
