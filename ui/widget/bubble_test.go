package widget

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/ui/theme"
)

// bubbleBench is a talk with one bubble, in a window of 400 × 400.
type bubbleBench struct {
	*bench
	list *Transcript
	*Bubble
	links []int
	menus []string
}

func newBubbleBench(t *testing.T, c BubbleContent) *bubbleBench {
	clicks.on, clicks.when = nil, time.Time{} // of another test
	rows := []talkRow{{bubble: &c}}
	b := &bubbleBench{list: talk(&rows)}
	b.bench = newBench(t, b.list)
	b.Bubble = b.list.live[0].o.(*Bubble)
	b.OnLink = func(i int) { b.links = append(b.links, i) }
	b.OnText = func(selected string, _ fyne.Position) { b.menus = append(b.menus, selected) }
	return b
}

// place returns where in the bubble that part of the text begins.
func (b *bubbleBench) place(text string) fyne.Position {
	f := b.shape.body
	at := strings.Index(f.text, text)
	line := f.line(at)
	return fyne.NewPos(b.shape.x+bubblePad+b.indent(line)+f.x(line, at)+1, b.shape.y+bubbleEdge+f.high()*(float32(line)+0.5))
}

// down presses the button at that part of the text.
func (b *bubbleBench) down(text string) {
	e := primary()
	e.Position = b.place(text)
	e.AbsolutePosition = e.Position
	b.MouseDown(e)
}

func (b *bubbleBench) drag(to string) {
	b.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: b.place(to)}})
}

func (b *bubbleBench) tap(text string) {
	b.sel.last = time.Time{}
	b.down(text)
	b.MouseUp(primary())
	b.Tapped(&fyne.PointEvent{Position: b.place(text)})
}

const orderText = "Where is my order? It should be at https://a.example/1 or with +44 20 7946 0018.\nThank you."

func order() BubbleContent {
	return BubbleContent{Text: orderText, Time: "10:02", Links: []Span{{35, 54}, {63, 79}}}
}

func TestTextIsSelectedByTheMouse(t *testing.T) {
	b := newBubbleBench(t, order())
	b.down("my order")
	b.drag("should")
	require.Equal(t, "my order? It ", b.Selected())
	require.Equal(t, "my order? It ", b.list.Selected())
	b.drag("is my")
	require.Equal(t, "is ", b.Selected(), "backwards")
	b.drag("Thank")
	b.DragEnd()
	require.True(t, strings.HasPrefix(b.Selected(), "my order?") && strings.HasSuffix(b.Selected(), ".\n"))
	require.Equal(t, fyne.Focusable(b.list), b.Canvas().Focused())
	b.list.TypedShortcut(&fyne.ShortcutCopy{})
	require.Equal(t, b.Selected(), fyne.CurrentApp().Clipboard().Content())
	b.tap("Where")
	require.Empty(t, b.Selected(), "a click lets go of it")
}

func TestADoubleClickTakesAWord(t *testing.T) {
	b := newBubbleBench(t, order())
	b.tap("rder?")
	require.Empty(t, b.Selected())
	b.down("rder?")
	require.Equal(t, "order", b.Selected())
	b.TappedSecondary(&fyne.PointEvent{Position: b.place("rder?")})
	require.Equal(t, []string{"order"}, b.menus)
}

func TestASelectionOutlivesItsRowInSight(t *testing.T) {
	rows := []talkRow{{bubble: &BubbleContent{Text: "first text"}}, {bubble: &BubbleContent{Text: "second"}}}
	list := talk(&rows)
	b := newBench(t, list)
	list.Resize(fyne.NewSize(400, 300))
	first := list.live[0].o.(*Bubble)
	first.choose(0, 5)
	for range 40 {
		rows = append(rows, talkRow{bubble: &BubbleContent{Text: "more"}})
		list.Appended(1)
	}
	require.Nil(t, list.live[0])
	require.Equal(t, "first", list.Selected())
	for _, row := range list.live {
		require.Empty(t, row.o.(*Bubble).Selected(), "another text on the same object")
	}
	b.Canvas().Focus(list)
	list.TypedShortcut(&fyne.ShortcutCopy{})
	require.Equal(t, "first", fyne.CurrentApp().Clipboard().Content())
	list.ScrollTo(0, true)
	require.Equal(t, "first", list.live[0].o.(*Bubble).Selected())
	list.live[1].o.(*Bubble).choose(0, 3)
	require.Empty(t, list.live[0].o.(*Bubble).Selected(), "one text at a time")
}

func TestLinksOfATextAreClickable(t *testing.T) {
	b := newBubbleBench(t, order())
	b.tap("a.example")
	b.tap("7946")
	b.tap("Where")
	b.tap("Thank")
	require.Equal(t, []int{0, 1}, b.links)
	b.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: b.place("a.example")}})
	require.Equal(t, desktop.PointerCursor, b.Cursor())
	b.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: b.place("Where")}})
	require.Equal(t, desktop.TextCursor, b.Cursor())
	b.down("a.example")
	b.drag("or with")
	b.Tapped(&fyne.PointEvent{Position: b.place("a.example")})
	require.Len(t, b.links, 2, "who selects does not open")
}

func TestATextIsReachedByTheKeys(t *testing.T) {
	c := order()
	c.Mine, c.Trouble, c.Retry = true, "Not sent.", "Try again"
	b := newBubbleBench(t, c)
	retries := 0
	b.OnRetry = func() { retries++ }
	b.Canvas().FocusNext()
	b.keys(fyne.KeyRight, fyne.KeyRight, fyne.KeyReturn, fyne.KeyRight, fyne.KeyReturn, desktop.KeyMenu)
	require.Equal(t, []int{1}, b.links)
	require.Equal(t, 1, retries)
	require.Equal(t, []string{""}, b.menus)
	b.list.TypedShortcut(&fyne.ShortcutSelectAll{})
	b.list.TypedShortcut(&fyne.ShortcutCopy{})
	require.Equal(t, orderText, fyne.CurrentApp().Clipboard().Content())
	b.keys(fyne.KeyEscape)
	require.Empty(t, b.list.Selected())
	s := b.shape
	b.Tapped(&fyne.PointEvent{Position: fyne.NewPos(s.retryX+s.tryWide/2, s.retryY+bubbleButton/2)})
	require.Equal(t, 2, retries)
}

func TestABubbleIsNoWiderThanItMayBe(t *testing.T) {
	newBench(t, gap(1))
	for _, width := range []float32{200, 400, 760, 1400} {
		for _, mine := range []bool{false, true} {
			c := order()
			c.Mine, c.State, c.Icon = mine, "delivered", theme.IconCheck
			s := newBubbleShape(&c, width)
			require.LessOrEqual(t, s.wide, max(80, min(520, 0.7*width))+0.01)
			if mine {
				require.Greater(t, s.x, bubbleSide)
				require.LessOrEqual(t, s.x+s.wide, width-bubbleSide)
			} else {
				require.Equal(t, bubbleSide, s.x)
			}
		}
	}
	short := BubbleContent{Text: "Hi", Time: "10:00"}
	one := BubbleHeight(short, 400)
	require.InDelta(t, bubbleGap+2*bubbleEdge+Body.measure("M").Height, one, 0.01, "the time is beside it")
	short.Joined = true
	require.Less(t, BubbleHeight(short, 400), one)
	short.Trouble = "Not sent."
	require.Greater(t, BubbleHeight(short, 400), one)
}

func TestAVeryLongText(t *testing.T) {
	long := strings.Repeat("A text that goes on and on. ", 2400)
	c := BubbleContent{Text: long, Time: "10:00", More: "Show all"}
	rows := []talkRow{{bubble: &c}}
	list := talk(&rows)
	w := newBench(t, list)
	b := list.live[0].o.(*Bubble)
	more := 0
	b.OnMore = func() { more++ }
	require.InDelta(t, bubbleCut, len(b.shape.body.text), 32)
	w.Canvas().FocusNext()
	w.keys(fyne.KeyReturn)
	require.Equal(t, 1, more)
	begin := time.Now()
	c.All = true
	list.RowChanged(0)
	require.Less(t, time.Since(begin), 2*time.Second)
	require.Equal(t, long, b.shape.body.text)
	require.Greater(t, len(b.shape.body.lines), 1000)
	r := &bubbleRenderer{of: b}
	for range 20 {
		list.scroll(-400)
		r.draw()
		require.Less(t, len(r.drawn), 2*bubbleLines, "lines in sight are drawn, no others")
		require.LessOrEqual(t, float32(b.lines[0])*b.shape.body.high(), max(0, -b.Position().Y))
	}
	word := BubbleContent{Text: strings.Repeat("x", 64<<10), All: true}
	begin = time.Now()
	require.Greater(t, BubbleHeight(word, 400), float32(10000))
	require.Less(t, time.Since(begin), 2*time.Second, "a word that never ends")
}
