package widget

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/callward/callward/ui/theme"
)

// Meter is the level of a sound as a line of small bars. It draws four times a second at most: more would
// cost more than the call. For Fyne's goroutine.
type Meter struct {
	widget.BaseWidget
	lit   int
	drawn time.Time
	now   func() time.Time
}

const (
	meterBars  = 16
	meterPause = 250 * time.Millisecond
)

// NewMeter returns a meter of silence.
func NewMeter() *Meter {
	m := &Meter{now: time.Now}
	m.ExtendBaseWidget(m)
	return m
}

// SetLevel shows a level from 0 to 1. What comes sooner than 250 ms after the last one that was drawn is
// dropped, silence excepted.
func (m *Meter) SetLevel(level float32) {
	lit := int(max(0, min(1, level))*meterBars + 0.5)
	if now := m.now(); lit != m.lit && (lit == 0 || now.Sub(m.drawn) >= meterPause) {
		m.lit, m.drawn = lit, now
		m.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (m *Meter) CreateRenderer() fyne.WidgetRenderer {
	const gap, height = 3, 8
	objects := make([]fyne.CanvasObject, meterBars)
	for i := range objects {
		objects[i] = newFill(1.5)
	}
	return rendered(m, &renderer{
		objects: objects,
		min:     func() fyne.Size { return fyne.NewSize(meterBars*(3+gap), height) },
		layout: func(size fyne.Size) {
			w := (size.Width + gap) / meterBars
			for i, o := range objects {
				place(o, float32(i)*w, middle(size.Height, height), w-gap, height)
			}
		},
		redraw: func() {
			for i, o := range objects {
				name := theme.Hairline
				switch {
				case i < m.lit && i >= meterBars-2:
					name = theme.Danger
				case i < m.lit && i >= meterBars-5:
					name = theme.Warning
				case i < m.lit:
					name = theme.Answer
				}
				o.(*canvas.Rectangle).FillColor = theme.Color(name)
			}
		},
	})
}
