package widget

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/callward/callward/ui/theme"
)

// TranscriptRows is what a [Transcript] shows: a window of rows that its page holds, some hundreds of them.
type TranscriptRows struct {
	Length func() int
	// Kind says which objects can show the row: those of one kind are used again for each other.
	Kind   func(i int) int
	Create func(kind int) fyne.CanvasObject
	// Height returns how high the row is in that width, both in dp, without an object. It is asked once for a row
	// and width, and of rows alone that come near to being seen.
	Height func(i int, width float32) float32
	// Draw has the object show the row; it is called when the row comes into sight, and by RowChanged and Refresh.
	Draw func(i int, o fyne.CanvasObject)
}

// Transcript is rows of different heights in a column that scrolls and stands at its end, as long as nobody scrolls
// away from there: what a talk is read in. Only the rows in sight are there as objects. The page holds a window of
// the rows, puts more of them before or after it when OnTop or OnBottom ask, and then says what it did; what is in
// sight stays where it is. It takes the focus as one: Up and Down walk through the rows that can do something, or
// scroll; Page, Home and End scroll; Left and Right walk through what is in a row, and Enter does it. For Fyne's
// goroutine.
type Transcript struct {
	widget.BaseWidget
	// OnTop and OnBottom are called when less than two screens are left above or below what is in sight: once, until
	// rows came or went.
	OnTop, OnBottom func()
	// OnAtEnd is called when the end comes into sight, and when it is left.
	OnAtEnd func(at bool)

	rows    TranscriptRows
	live    map[int]*transcriptRow // what is in sight, by index
	spare   map[int][]fyne.CanvasObject
	heights []float32 // 0 where it is not known yet
	wide    float32   // what they are for
	top     int       // the row at the upper edge
	off     float32   // how much of it is above that
	stuck   bool      // stands at the end, and stays there
	told    bool      // what OnAtEnd was told last
	asked   struct{ top, bottom bool }
	aim     *transcriptAim // where to begin, until the size is known

	keys   transcriptKeys
	picked transcriptPick
	bar    *transcriptBar
	newest *newestButton
}

// transcriptRow is a row in sight.
type transcriptRow struct {
	o    fyne.CanvasObject
	kind int
	high float32
}

type transcriptAim struct {
	at  int
	top bool
}

const (
	transcriptPad  = theme.Grid     // below the last row
	transcriptStep = 6 * theme.Grid // what an arrow scrolls
)

// NewTranscript returns a list that stands at the end of the rows. Tip is the tooltip of the button that leads back
// there.
func NewTranscript(rows TranscriptRows, tip string) *Transcript {
	t := &Transcript{
		rows: rows, live: map[int]*transcriptRow{}, spare: map[int][]fyne.CanvasObject{},
		heights: make([]float32, rows.Length()), stuck: true, told: true,
	}
	t.keys.row, t.keys.action, t.picked.row = -1, -1, -1
	t.bar = newTranscriptBar(t)
	t.newest = newNewestButton(tip, t.ScrollToEnd)
	t.newest.Hide()
	t.ExtendBaseWidget(t)
	return t
}

// Reset tells that the rows were replaced, and brings the row at that index into sight, at the upper edge or in the
// middle; -1 is the end.
func (t *Transcript) Reset(at int, toTop bool) {
	for i := range t.live {
		t.drop(i)
	}
	t.heights = make([]float32, t.rows.Length())
	t.asked.top, t.asked.bottom = false, false
	t.keys.row, t.keys.action, t.picked = -1, -1, transcriptPick{row: -1}
	t.top, t.off = 0, 0
	t.ScrollTo(at, toTop)
}

// ScrollTo brings the row into sight, at the upper edge or in the middle; -1 is the end.
func (t *Transcript) ScrollTo(at int, toTop bool) {
	if t.wide == 0 {
		t.aim = &transcriptAim{at, toTop}
		return
	}
	t.aim = nil
	if at < 0 || at >= len(t.heights) {
		t.stuck = true
	} else {
		t.stuck = false
		t.top, t.off = at, 0
		if !toTop {
			t.off = -max(0, middle(t.room(), t.height(at)))
		}
	}
	t.settle()
}

// Prepended tells that there are n more rows before what was the first.
func (t *Transcript) Prepended(n int) {
	t.heights = slices.Insert(t.heights, 0, make([]float32, n)...)
	t.shift(n)
	t.asked.top = t.asked.top && n == 0
	t.settle()
}

// Appended tells that there are n more rows at the end. Who stood at the end stands at the new one.
func (t *Transcript) Appended(n int) {
	t.heights = append(t.heights, make([]float32, n)...)
	t.asked.bottom = t.asked.bottom && n == 0
	t.settle()
}

// Trimmed tells that rows at the beginning and at the end were let go: those that were far out of sight.
func (t *Transcript) Trimmed(fromTop, fromBottom int) {
	for i := range t.live {
		if i < fromTop || i >= len(t.heights)-fromBottom {
			t.drop(i)
		}
	}
	t.heights = slices.Delete(t.heights, len(t.heights)-fromBottom, len(t.heights))
	t.heights = slices.Delete(t.heights, 0, fromTop)
	t.shift(-fromTop)
	t.asked.top = t.asked.top && fromTop == 0
	t.asked.bottom = t.asked.bottom && fromBottom == 0
	t.stuck = t.stuck && fromBottom == 0
	t.settle()
}

// RowChanged tells that the row is another, and may have another height.
func (t *Transcript) RowChanged(i int) {
	t.heights[i] = 0
	if row := t.live[i]; row != nil {
		if kind := t.rows.Kind(i); kind != row.kind {
			t.drop(i)
		} else {
			t.draw(i, row)
		}
	}
	t.settle()
}

// shift moves all that is known of rows to indices that are larger by n.
func (t *Transcript) shift(n int) {
	moved := make(map[int]*transcriptRow, len(t.live))
	for i, row := range t.live {
		moved[i+n] = row
	}
	t.live = moved
	t.top += n
	if t.top < 0 {
		t.top, t.off = 0, 0
	}
	t.keys.shift(n)
	if t.picked.row >= 0 {
		t.picked.row = max(-1, t.picked.row+n)
	}
	if t.aim != nil && t.aim.at >= 0 {
		t.aim.at = max(0, t.aim.at+n)
	}
}

// AtEnd tells whether the end is in sight.
func (t *Transcript) AtEnd() bool { return t.stuck }

// ScrollToEnd goes to the end, and stays there.
func (t *Transcript) ScrollToEnd() { t.ScrollTo(-1, false) }

// SetNew shows how many rows came that were not seen, on the button that leads to the end.
func (t *Transcript) SetNew(n int) { t.newest.set(n) }

// First returns the index of the uppermost row in sight, so that a page can come back to it; -1 where there is none.
func (t *Transcript) First() int {
	if len(t.heights) == 0 {
		return -1
	}
	return t.top
}

// Last returns the index of the lowest row in sight, or -1: rows up to it were seen.
func (t *Transcript) Last() int {
	last := -1
	for i := range t.live {
		last = max(last, i)
	}
	return last
}
