package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/callward/callward/ui/theme"
)

// DayLineHeight is how high a [DayLine] is, in dp; so is an unread line.
const DayLineHeight float32 = 5 * theme.Grid

// DayLine is a word between two hairlines, in a [Transcript]: a day, or that what follows is unread. For Fyne's
// goroutine.
type DayLine struct {
	widget.BaseWidget
	text   string
	accent bool
}

// NewDayLine returns a line for a day.
func NewDayLine(text string) *DayLine {
	l := &DayLine{text: text}
	l.ExtendBaseWidget(l)
	return l
}

// NewUnreadLine returns a line in the accent: what follows is unread.
func NewUnreadLine(text string) *DayLine {
	l := NewDayLine(text)
	l.accent = true
	return l
}

// SetText shows another text.
func (l *DayLine) SetText(text string) {
	if text != l.text {
		l.text = text
		l.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (l *DayLine) CreateRenderer() fyne.WidgetRenderer {
	left, right, text := newFill(0), newFill(0), canvas.NewText("", color.Transparent)
	return rendered(l, &renderer{
		objects: []fyne.CanvasObject{left, right, text},
		min:     func() fyne.Size { return fyne.NewSize(text.MinSize().Width, DayLineHeight) },
		layout: func(size fyne.Size) {
			least := text.MinSize()
			y := middle(size.Height, least.Height) + theme.Grid/2 // nearer to what follows
			x, gap := middle(size.Width, least.Width), 1.5*theme.Grid
			place(text, x, y, least.Width, least.Height)
			line := y + middle(least.Height, 1)
			long := max(0, x-gap-bubbleSide)
			place(left, bubbleSide, line, long, 1)
			place(right, size.Width-bubbleSide-long, line, max(0, long-theme.Grid/2), 1) // ends where bubbles do
		},
		redraw: func() {
			line, name := theme.Hairline, theme.Secondary
			if l.accent {
				line, name = theme.Accent, theme.Accent
			}
			left.FillColor, right.FillColor = theme.Color(line), theme.Color(line)
			text.Text, text.Color, text.TextSize = l.text, theme.Color(name), theme.SmallSize
			text.TextStyle = fyne.TextStyle{Bold: true}
		},
	})
}
