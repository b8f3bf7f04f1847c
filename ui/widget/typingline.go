package widget

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/callward/callward/ui/theme"
)

// TypingLineHeight is how high a [TypingLine] is, in dp.
const TypingLineHeight float32 = 5 * theme.Grid

// TypingLine says that the other one is typing: three dots, which move where the system lets things move, and words.
// For Fyne's goroutine.
type TypingLine struct {
	widget.BaseWidget
	text string
	beat *fyne.Animation
	part float32 // of the beat
}

// NewTypingLine returns a line with those words.
func NewTypingLine(text string) *TypingLine {
	l := &TypingLine{text: text}
	l.ExtendBaseWidget(l)
	return l
}

// SetText shows other words.
func (l *TypingLine) SetText(text string) {
	if text != l.text {
		l.text = text
		l.Refresh()
	}
}

// SetTyping starts and stops the dots; a line that is not in sight is to be stopped.
func (l *TypingLine) SetTyping(on bool) {
	if on == (l.beat != nil) || !fyne.CurrentApp().Settings().ShowAnimations() {
		return
	}
	if !on {
		l.beat.Stop()
		l.beat = nil
		return
	}
	l.beat = fyne.NewAnimation(1200*time.Millisecond, func(part float32) {
		l.part = part
		l.Refresh()
	})
	l.beat.Curve, l.beat.RepeatCount = fyne.AnimationLinear, fyne.AnimationRepeatForever
	l.beat.Start()
}

// CreateRenderer is for Fyne.
func (l *TypingLine) CreateRenderer() fyne.WidgetRenderer {
	r := &typingRenderer{of: l}
	r.Refresh()
	return r
}

type typingRenderer struct {
	brush
	of *TypingLine
}

func (r *typingRenderer) Destroy()                     {}
func (r *typingRenderer) Layout(fyne.Size)             { r.draw() }
func (r *typingRenderer) MinSize() fyne.Size           { return fyne.NewSize(0, TypingLineHeight) }
func (r *typingRenderer) Objects() []fyne.CanvasObject { return r.drawn }

func (r *typingRenderer) Refresh() {
	r.draw()
	canvas.Refresh(r.of)
}

func (r *typingRenderer) draw() {
	const dot, step, pad, tall = 6, 10, bubblePad, 28
	l := r.of
	y, wide := float32(theme.Grid), float32(2*pad+2*step+dot)
	r.begin()
	card := r.fill(bubbleSide, y, wide, tall, tall/2, theme.Color(theme.Surface))
	card.StrokeColor, card.StrokeWidth = theme.Color(theme.Hairline), 1
	for i := range 3 {
		c := theme.Color(theme.Secondary)
		if l.beat != nil { // each is strong in its third of the beat
			if now := int(l.part*3) % 3; now != i {
				c = theme.Blend(theme.Color(theme.Surface), c, 0.45)
			}
		}
		r.fill(bubbleSide+pad+float32(i)*step, y+middle(tall, dot), dot, dot, dot/2, c)
	}
	high := Small.measure("M").Height
	r.text(bubbleSide+wide+theme.Grid, y+middle(tall, high), l.text, Small, theme.Color(theme.Secondary))
}
