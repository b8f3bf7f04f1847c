package widget

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/ui/theme"
)

// block is a row of a known height.
type block struct {
	name   string
	height func(width float32) float32
}

// talkBench is a Transcript of blocks in the bench's window of 400 × 400, and what was asked of it.
type talkBench struct {
	*bench
	*Transcript
	rows            []block
	drawn, measured int
	made            int
	tops, bottoms   int
	ends            []bool
}

func newTalkBench(t *testing.T, rows ...block) *talkBench {
	b := &talkBench{rows: rows}
	b.Transcript = NewTranscript(TranscriptRows{
		Length: func() int { return len(b.rows) },
		Kind:   func(int) int { return 0 },
		Create: func(int) fyne.CanvasObject {
			b.made++
			return NewEventLine()
		},
		Height: func(i int, width float32) float32 {
			b.measured++
			return b.rows[i].height(width)
		},
		Draw: func(i int, o fyne.CanvasObject) {
			b.drawn++
			o.(*EventLine).Set(EventContent{Text: b.rows[i].name})
		},
	}, "Newest")
	b.OnTop, b.OnBottom = func() { b.tops++ }, func() { b.bottoms++ }
	b.OnAtEnd = func(at bool) { b.ends = append(b.ends, at) }
	b.bench = newBench(t, b.Transcript)
	return b
}

// blocks returns n rows of 40, 50, … 70 high, whatever the width.
func blocks(from, n int) []block {
	rows := make([]block, n)
	for i := range rows {
		rows[i] = block{fmt.Sprint(from + i), func(float32) float32 { return float32(40 + 10*((from+i)%4)) }}
	}
	return rows
}

// seen returns where each row in sight is, by its name.
func (b *talkBench) seen() map[string]float32 {
	at := map[string]float32{}
	for _, row := range b.live {
		at[row.o.(*EventLine).Content().Text] = row.o.Position().Y
	}
	return at
}

// requireSame holds that what is in sight now and was before has not moved.
func (b *talkBench) requireSame(before map[string]float32) {
	b.t.Helper()
	both := 0
	for name, y := range b.seen() {
		if was, ok := before[name]; ok {
			require.InDelta(b.t, was, y, 0.01, name)
			both++
		}
	}
	require.GreaterOrEqual(b.t, both, 3)
}

func (b *talkBench) wheel(by float32) {
	b.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, by)})
}

// requireEnd holds that the last row ends where the list does.
func (b *talkBench) requireEnd() {
	b.t.Helper()
	last := b.live[len(b.rows)-1]
	require.NotNil(b.t, last)
	require.InDelta(b.t, b.Transcript.Size().Height-transcriptPad, last.o.Position().Y+last.o.Size().Height, 0.01)
	require.True(b.t, b.AtEnd())
}

func TestATalkStandsAtItsEnd(t *testing.T) {
	b := newTalkBench(t, blocks(0, 400)...)
	b.requireEnd()
	require.Less(t, b.made, 12, "only what is in sight is made")
	require.Less(t, b.measured, 16, "nothing out of sight is measured")
	b.rows = append(b.rows, blocks(400, 3)...)
	b.Appended(3)
	b.requireEnd()
	b.rows[len(b.rows)-1].height = func(float32) float32 { return 200 }
	b.RowChanged(len(b.rows) - 1)
	b.requireEnd()
	b.Resize(fyne.NewSize(300, 250))
	b.requireEnd()
}

func TestAFewRowsAreAtTheLowerEdge(t *testing.T) {
	b := newTalkBench(t, blocks(0, 2)...)
	b.requireEnd()
	before := b.seen()
	b.wheel(50)
	require.Equal(t, before, b.seen(), "there is nowhere to go")
	require.False(t, b.newest.Visible())
	require.Zero(t, b.bar.long)
	none := newTalkBench(t)
	require.True(t, none.AtEnd())
	none.Appended(0)
	require.Equal(t, -1, none.Last())
	none.rows = blocks(0, 1)
	none.Appended(1)
	none.requireEnd()
}

func TestWhatIsReadStaysWhereItIs(t *testing.T) {
	b := newTalkBench(t, blocks(0, 200)...)
	b.wheel(3000)
	require.False(t, b.AtEnd())
	before := b.seen()
	b.rows = append(blocks(-100, 100), b.rows...)
	b.Prepended(100)
	b.requireSame(before)
	b.rows = append(b.rows, blocks(200, 50)...)
	b.Appended(50)
	b.requireSame(before)
	b.rows = b.rows[60 : len(b.rows)-60]
	b.Trimmed(60, 60)
	b.requireSame(before)
	b.rows[0].height = func(float32) float32 { return 300 }
	b.RowChanged(0)
	b.requireSame(before)
	b.RowChanged(b.First() + 2)
	b.requireSame(before)
}

func TestWhatIsReadStaysWhenTheWindowIsAnother(t *testing.T) {
	rows := blocks(0, 100)
	for i := range rows {
		rows[i].height = func(width float32) float32 { return 16000 / width }
	}
	b := newTalkBench(t, rows...)
	b.ScrollTo(50, true)
	b.wheel(-10) // a quarter of the row is above
	require.Equal(t, 50, b.First())
	b.Resize(fyne.NewSize(200, 400))
	require.Equal(t, 50, b.First())
	require.InDelta(t, -20, b.seen()["50"], 0.01, "a quarter of it still is")
	measured := b.measured
	b.Resize(fyne.NewSize(200, 300))
	require.Equal(t, measured, b.measured, "another height asks for nothing anew")
}

func TestScrollingDrawsWhatComesIntoSightAlone(t *testing.T) {
	b := newTalkBench(t, blocks(0, 400)...)
	drawn, measured := b.drawn, b.measured
	for range 100 { // ten of them are a row or so
		b.wheel(5)
	}
	require.LessOrEqual(t, b.drawn-drawn, 500/40+2)
	require.LessOrEqual(t, b.measured-measured, 500/40+2)
	measured = b.measured
	for range 100 {
		b.wheel(-5)
	}
	require.Equal(t, measured, b.measured, "heights are known now")
	b.requireEnd()
	for range 1000 { // all the way, and back
		b.wheel(25)
	}
	require.Zero(t, b.First())
	require.Zero(t, b.seen()["0"])
	require.LessOrEqual(t, b.drawn, 2*len(b.rows))
	require.LessOrEqual(t, b.made, 14, "objects are used again")
	require.LessOrEqual(t, b.measured, len(b.rows)+16)
}

func TestMoreIsAskedForBeforeTheEdge(t *testing.T) {
	b := newTalkBench(t, blocks(0, 100)...)
	require.Equal(t, 0, b.tops)
	require.Equal(t, 1, b.bottoms, "the end is in sight")
	b.ScrollTo(50, true)
	for b.tops == 0 {
		b.wheel(20)
	}
	above, _ := b.extent()
	require.InDelta(t, 2*b.room(), above, 60)
	for range 10 {
		b.wheel(20)
	}
	require.Equal(t, 1, b.tops, "once")
	b.Prepended(0)
	require.Equal(t, 1, b.tops, "there is no more")
	b.rows = append(blocks(-1, 1), b.rows...)
	b.Prepended(1)
	require.Equal(t, 2, b.tops, "that was too little")
	b.rows = append(blocks(-100, 95), b.rows...)
	b.Prepended(95)
	require.Equal(t, 2, b.tops)
}

func TestTheEndIsToldOfAndLedTo(t *testing.T) {
	b := newTalkBench(t, blocks(0, 100)...)
	require.Empty(t, b.ends)
	b.wheel(300)
	b.SetNew(3)
	require.Equal(t, []bool{false}, b.ends)
	require.True(t, b.newest.Visible())
	b.rows = append(b.rows, blocks(100, 1)...)
	b.Appended(1)
	require.False(t, b.AtEnd(), "who reads above stays there")
	at := b.newest.Position()
	b.click(at.X+20, at.Y+20)
	b.requireEnd()
	require.Equal(t, []bool{false, true}, b.ends)
	require.False(t, b.newest.Visible())
}

func TestATalkOpensAtARow(t *testing.T) {
	b := newTalkBench(t, blocks(0, 100)...)
	b.Reset(30, true)
	require.Zero(t, b.seen()["30"])
	b.Reset(30, false)
	require.InDelta(t, b.room()/2, b.seen()["30"]+30, 0.01, "in the middle")
	b.Reset(99, true)
	b.requireEnd()
	b.rows = blocks(0, 10)
	b.Reset(-1, false)
	b.requireEnd()
	late := talk(&[]talkRow{{day: "a"}, {day: "b"}, {day: "c"}, {day: "d"}, {day: "e"}, {day: "f"}})
	late.Reset(1, true) // before anything is laid out
	late.Resize(fyne.NewSize(100, 100))
	require.Equal(t, 1, late.First())
}

func TestTheKeysScrollATalk(t *testing.T) {
	b := newTalkBench(t, blocks(0, 100)...)
	b.Canvas().Focus(b.Transcript)
	require.Equal(t, 99, b.current())
	b.bench.keys(fyne.KeyHome)
	require.Zero(t, b.seen()["0"])
	b.bench.keys(fyne.KeyPageDown)
	require.InDelta(t, -(b.room() - transcriptStep), b.seenAt(0), 60)
	b.bench.keys(fyne.KeyEnd)
	b.requireEnd()
	b.bench.keys(fyne.KeyPageUp)
	require.False(t, b.AtEnd())
	for range 120 {
		b.bench.keys(fyne.KeyUp)
	}
	require.Zero(t, b.First())
	require.Equal(t, 0, b.current(), "the keys walk through the rows")
	opened := ""
	row := b.live[0].o.(*EventLine)
	row.OnTapped = func() { opened = row.Content().Text }
	b.bench.keys(fyne.KeyReturn)
	require.Equal(t, "0", opened)
	for range 120 {
		b.bench.keys(fyne.KeyDown)
	}
	require.Equal(t, 99, b.current())
	b.requireEnd()
}

func (b *talkBench) current() int { return b.Transcript.keys.row }

// seenAt returns where the row's upper edge is, in sight or not.
func (b *talkBench) seenAt(i int) float32 {
	y := -b.off
	for j := b.top; j < i; j++ {
		y += b.height(j)
	}
	for j := b.top; j > i; j-- {
		y -= b.height(j - 1)
	}
	return y
}

func TestTheBarOfATalk(t *testing.T) {
	b := newTalkBench(t, blocks(0, 100)...)
	require.InDelta(t, 400, b.bar.y+b.bar.long, 0.01)
	grab := func(y float32) *desktop.MouseEvent {
		e := primary()
		e.Position = fyne.NewPos(6, y)
		return e
	}
	b.bar.MouseDown(grab(b.bar.y + 5))
	b.bar.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(6, 5)}})
	require.Zero(t, b.First())
	b.bar.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(6, 200)}})
	require.InDelta(t, 50, b.First(), 12)
	b.bar.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(6, 900)}})
	b.bar.DragEnd()
	b.requireEnd()
	b.bar.MouseDown(grab(3))
	b.bar.MouseUp(grab(3))
	require.False(t, b.AtEnd(), "beside it is a page")
}

func TestRowsAreInTheOrderOfTheScreen(t *testing.T) {
	b := newTalkBench(t, blocks(0, 50)...)
	b.wheel(300)
	var ys []float32
	for _, o := range test.WidgetRenderer(b.Transcript).Objects() {
		if _, row := o.(*EventLine); row {
			ys = append(ys, o.Position().Y)
		}
	}
	require.True(t, slices.IsSorted(ys))
	require.Greater(t, len(ys), 5)
}

// A step of the wheel through texts, as a page has them: what it costs before Fyne paints.
func BenchmarkTalkScrolls(b *testing.B) {
	test.NewTempApp(b).Settings().SetTheme(theme.New(theme.Light))
	rows := make([]talkRow, 400)
	for i := range rows {
		text := fmt.Sprintf("Text %d says that your order %d is on its way and comes tomorrow, between two and four.", i, i*i)
		rows[i] = talkRow{bubble: &BubbleContent{Text: text[:20+i*7%60], Mine: i%2 == 0, Time: "10:44"}}
	}
	list := talk(&rows)
	w := test.NewTempWindow(b, list)
	w.Resize(fyne.NewSize(800, 700))
	by := float32(25)
	for b.Loop() {
		if list.AtEnd() {
			by = 25
		} else if list.First() == 0 {
			by = -25
		}
		list.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, by)})
	}
}

// Texts that were never measured, as the end of a thread is opened.
func BenchmarkTalkOpens(b *testing.B) {
	test.NewTempApp(b).Settings().SetTheme(theme.New(theme.Light))
	n := 0
	for b.Loop() {
		rows := make([]talkRow, 400)
		for i := range rows {
			n++
			rows[i] = talkRow{bubble: &BubbleContent{Text: fmt.Sprintf("Text %d says that order%d is on its way.", n, n), Time: "10:44"}}
		}
		talk(&rows).Resize(fyne.NewSize(800, 700))
	}
}
