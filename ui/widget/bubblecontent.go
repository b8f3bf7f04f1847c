package widget

import (
	"slices"
	"unicode/utf8"

	"github.com/callward/callward/ui/theme"
)

// Span is a part of a text: the bytes from From up to To.
type Span struct{ From, To int }

// BubbleContent is what a [Bubble] shows. All words come from the caller, in the agent's language.
type BubbleContent struct {
	Text string
	Mine bool // at the right, on the tinted ground
	// Joined is set where the bubble before is of the same side and time: they stand closer.
	Joined bool
	// Time, and for what was sent its state as an icon and words, are in the lower right corner.
	Time  string
	Icon  theme.Icon
	State string
	// Trouble says under the bubble why it was not sent, in the colour of danger, with Retry as the text of a button. Calm says it
	// quietly: it is not too late.
	Trouble, Retry string
	Calm           bool
	// Links are the parts that can be clicked, in order and apart from each other. Marks are those that were searched for.
	Links, Marks []Span
	// All shows a text of more than 4,000 characters whole; otherwise it is cut, with More as the text of a button.
	All  bool
	More string
}

func (c *BubbleContent) equal(o *BubbleContent) bool {
	return c.Text == o.Text && c.Mine == o.Mine && c.Joined == o.Joined && c.Time == o.Time && c.Icon == o.Icon &&
		c.State == o.State && c.Trouble == o.Trouble && c.Calm == o.Calm && c.Retry == o.Retry && c.All == o.All && c.More == o.More &&
		slices.Equal(c.Links, o.Links) && slices.Equal(c.Marks, o.Marks)
}

// bubbleCut is how many characters of a text are shown at first.
const bubbleCut = 4000

// cut returns what of the text is shown, and whether that is not all.
func (c *BubbleContent) cut() (string, bool) {
	if c.All || len(c.Text) <= bubbleCut || utf8.RuneCountInString(c.Text) <= bubbleCut+bubbleCut/8 {
		return c.Text, false
	}
	n := 0
	for i := range c.Text {
		if n == bubbleCut {
			stops := stopsOf(c.Text[i-min(i, 64) : i]) // not within a character
			return c.Text[:i-min(i, 64)+stops[max(0, len(stops)-2)]], true
		}
		n++
	}
	return c.Text, false
}

// Measures of bubbles, in dp.
const (
	bubbleSide   = 2 * theme.Grid   // to the edges of the list
	bubblePad    = 1.5 * theme.Grid // to the left and right of the text
	bubbleEdge   = theme.Grid       // above and below it
	bubbleMost   = 65 * theme.Grid
	bubblePart   = 0.7 // of the width that the list has
	bubbleGap    = theme.Grid
	bubbleNear   = theme.Grid / 4
	bubbleRadius = 1.5 * theme.Grid
	bubbleIcon   = 14 // of the state
	bubbleButton = 28 // how high the buttons under and in it are
)

// bubbleShape is where everything of a bubble is, in its own coordinates. It never changes.
type bubbleShape struct {
	body, trouble     *flow
	cut               bool
	x, y, wide, high  float32 // the ground
	footX, footY      float32 // where time and state begin
	moreX, moreY      float32
	troubleX          float32
	troubleY          float32
	retryX, retryY    float32
	moreWide, tryWide float32
	full              float32 // height of the whole
}

// BubbleHeight returns how high a [Bubble] with that content is in a list of that width, in dp. For Fyne's goroutine.
func BubbleHeight(c BubbleContent, width float32) float32 { return shapeOf(&c, width).full }

// shapes holds bubbles that were shaped, in two halves, the younger first: a list asks for the height, and soon after
// draws. For Fyne's goroutine.
var shapes struct{ young, old map[shapeKey]*bubbleShape }

type shapeKey struct {
	text, time, state, trouble, retry, more string
	mine, joined, all, icon                 bool
	width                                   float32
}

const shapesKept = 256

func shapeOf(c *BubbleContent, width float32) *bubbleShape {
	key := shapeKey{c.Text, c.Time, c.State, c.Trouble, c.Retry, c.More, c.Mine, c.Joined, c.All, c.Icon != "", width}
	if s := shapes.young[key]; s != nil {
		return s
	}
	s := shapes.old[key]
	if s == nil {
		s = newBubbleShape(c, width)
	}
	if len(shapes.young) >= shapesKept || shapes.young == nil {
		shapes.young, shapes.old = make(map[shapeKey]*bubbleShape, shapesKept), shapes.young
	}
	shapes.young[key] = s
	return s
}

func newBubbleShape(c *BubbleContent, width float32) *bubbleShape {
	most := max(80, min(bubbleMost, bubblePart*width))
	s := &bubbleShape{}
	text, cut := c.cut()
	s.body, s.cut = newFlow(text, Body, most-2*bubblePad), cut
	s.y = bubbleGap
	if c.Joined {
		s.y = bubbleNear
	}
	line, foot, small := s.body.high(), c.footWidth(), Small.measure("M").Height
	inner := s.body.wide
	y := s.y + bubbleEdge + line*float32(len(s.body.lines))
	if cut {
		s.moreY, s.moreWide = y, SmallStrong.width(c.More)
		inner = max(inner, s.moreWide)
		y += bubbleButton
	}
	last := s.body.lines[len(s.body.lines)-1]
	beside := last.wide + 1.5*theme.Grid + foot
	switch {
	case foot == 0:
	case !cut && !last.right && beside <= most-2*bubblePad:
		inner = max(inner, beside)
		s.footY = y - small - 1 // on the line of the text
	default:
		inner = max(inner, foot)
		s.footY = y
		y += small
	}
	s.wide, s.high = inner+2*bubblePad, y+bubbleEdge-s.y
	s.x = bubbleSide
	if c.Mine {
		s.x = max(bubbleSide, width-bubbleSide-s.wide-theme.Grid/2)
	}
	s.footX, s.moreX = s.x+s.wide-bubblePad-foot, s.x+bubblePad
	s.full = s.y + s.high
	s.shapeTrouble(c, width, most, small)
	return s
}

// shapeTrouble places what is said under the bubble.
func (s *bubbleShape) shapeTrouble(c *BubbleContent, width, most, small float32) {
	const sign = bubbleIcon + theme.Grid/2
	if c.Trouble == "" {
		return
	}
	s.trouble = newFlow(c.Trouble, Small, most-sign)
	if c.Retry != "" {
		s.tryWide = SmallStrong.width(c.Retry) + 2*theme.Grid
	}
	s.troubleY = s.full + theme.Grid/2 + middle(bubbleButton, small)
	last := s.trouble.lines[len(s.trouble.lines)-1]
	row, under := sign+s.trouble.wide, float32(len(s.trouble.lines)-1)*small
	s.retryY = s.troubleY + under - middle(bubbleButton, small)
	wide := max(row, sign+last.wide+s.tryWide)
	below := wide > most && s.tryWide > 0
	if below {
		s.retryY += small + theme.Grid/2
		wide = max(row, s.tryWide)
	}
	s.troubleX = s.x
	if c.Mine {
		s.troubleX = s.x + s.wide - wide
		if !below && s.tryWide > 0 { // the button's room ends where the bubble does
			s.troubleX += theme.Grid
		}
	}
	s.retryX = s.troubleX + sign + last.wide
	if below {
		s.retryX = s.troubleX + wide - s.tryWide + theme.Grid
	}
	s.full = s.retryY + bubbleButton
	if s.tryWide == 0 {
		s.full = s.troubleY + under + small
	}
}

// footWidth returns how wide time and state are together.
func (c *BubbleContent) footWidth() float32 {
	w := Small.width(c.Time)
	if c.Icon != "" {
		w += bubbleIcon + theme.Grid/2
	}
	if c.State != "" {
		w += Small.width(c.State) + theme.Grid/2
	}
	if w > 0 && c.Time == "" {
		w -= theme.Grid / 2
	}
	return w
}
