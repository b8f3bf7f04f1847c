package widget

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/callward/callward/ui/theme"
)

// Badge is a count in a small pill; none is shown for 0. For Fyne's goroutine.
type Badge struct {
	widget.BaseWidget
	count int
}

const badgeHeight float32 = 18

// NewBadge returns the badge of a count.
func NewBadge(count int) *Badge {
	b := &Badge{count: count}
	b.ExtendBaseWidget(b)
	return b
}

// SetCount shows another count; more than 99 is shown as 99+.
func (b *Badge) SetCount(count int) {
	if count != b.count {
		b.count = count
		b.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (b *Badge) CreateRenderer() fyne.WidgetRenderer {
	pill, text := newFill(badgeHeight/2), canvas.NewText("", color.Transparent)
	return rendered(b, &renderer{
		objects: []fyne.CanvasObject{pill, text},
		min: func() fyne.Size {
			if b.count <= 0 {
				return fyne.Size{}
			}
			return fyne.NewSize(max(badgeHeight, text.MinSize().Width+10), badgeHeight)
		},
		layout: func(size fyne.Size) {
			y, h := middle(size.Height, badgeHeight), text.MinSize().Height
			place(pill, 0, y, size.Width, badgeHeight)
			place(text, 0, y+middle(badgeHeight, h), size.Width, h)
		},
		redraw: func() {
			text.Text = ""
			pill.FillColor = color.Transparent
			if b.count > 0 {
				text.Text = strconv.Itoa(min(b.count, 99))
				pill.FillColor = theme.Color(theme.Accent)
			}
			if b.count > 99 {
				text.Text += "+"
			}
			text.Color, text.Alignment = theme.Color(theme.OnFill), fyne.TextAlignCenter
			text.TextSize, text.TextStyle = 11, fyne.TextStyle{Bold: true}
		},
	})
}
