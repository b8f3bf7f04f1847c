package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/callward/callward/ui/theme"
)

// QualityBars says how good a call is: four bars and a word. Its tooltip has the figures. For Fyne's goroutine.
type QualityBars struct {
	press
	bars int
	text string
}

const qualityBars = 4

// NewQualityBars returns one that knows nothing yet.
func NewQualityBars() *QualityBars {
	q := &QualityBars{}
	q.extend(q)
	return q
}

// Set shows that many bars of 4, 0 where nothing is known, a word, and the figures as tooltip.
func (q *QualityBars) Set(bars int, text, tip string) {
	q.SetTip(tip)
	if bars != q.bars || text != q.text {
		q.bars, q.text = bars, text
		q.Refresh()
	}
}

func (q *QualityBars) color() fyne.ThemeColorName {
	switch q.bars {
	case 1:
		return theme.Danger
	case 2:
		return theme.Warning
	default:
		return theme.Answer
	}
}

// CreateRenderer is for Fyne.
func (q *QualityBars) CreateRenderer() fyne.WidgetRenderer {
	const width, gap, high, step = 4, 2, 16, 4
	line := canvas.NewText("", color.Transparent)
	objects := []fyne.CanvasObject{line}
	for range qualityBars {
		objects = append(objects, newFill(1))
	}
	const bars = qualityBars * (width + gap)
	return rendered(q, &renderer{
		objects: objects,
		min: func() fyne.Size {
			return fyne.NewSize(bars+line.MinSize().Width+4, max(high, line.MinSize().Height))
		},
		layout: func(size fyne.Size) {
			bottom := middle(size.Height, high) + high
			for i, o := range objects[1:] {
				h := float32((i + 1) * step)
				place(o, float32(i*(width+gap)), bottom-h, width, h)
			}
			h := line.MinSize().Height
			place(line, bars+4, middle(size.Height, h), line.MinSize().Width, h)
		},
		redraw: func() {
			line.Text, line.TextSize, line.Color = q.text, theme.SmallSize, theme.Color(theme.Secondary)
			for i, o := range objects[1:] {
				name := theme.Hairline
				if i < q.bars {
					name = q.color()
				}
				o.(*canvas.Rectangle).FillColor = theme.Color(name)
			}
		},
	})
}
