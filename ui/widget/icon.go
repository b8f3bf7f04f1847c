package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/callward/callward/ui/theme"
)

// Icon is a drawing in a colour of the theme. For Fyne's goroutine.
type Icon struct {
	widget.BaseWidget
	icon  theme.Icon
	color fyne.ThemeColorName
	side  float32
}

// NewIcon returns the icon with sides of that many dp.
func NewIcon(icon theme.Icon, color fyne.ThemeColorName, side float32) *Icon {
	i := &Icon{icon: icon, color: color, side: side}
	i.ExtendBaseWidget(i)
	return i
}

// Set shows another icon, or none, in another colour.
func (i *Icon) Set(icon theme.Icon, color fyne.ThemeColorName) {
	i.icon, i.color = icon, color
	i.Refresh()
}

// CreateRenderer is for Fyne.
func (i *Icon) CreateRenderer() fyne.WidgetRenderer {
	img := newIcon()
	return rendered(i, &renderer{
		objects: []fyne.CanvasObject{img},
		min:     func() fyne.Size { return fyne.NewSquareSize(i.side) },
		layout: func(size fyne.Size) {
			place(img, middle(size.Width, i.side), middle(size.Height, i.side), i.side, i.side)
		},
		redraw: func() { setIcon(img, i.icon, i.color) },
	})
}
