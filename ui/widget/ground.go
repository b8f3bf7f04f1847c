package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/callward/callward/ui/theme"
)

// Ground is a colour of the theme behind a panel, or a hairline between two. For Fyne's goroutine.
type Ground struct {
	widget.BaseWidget
	color fyne.ThemeColorName
	least fyne.Size
}

// NewGround returns a rectangle of the colour, as large as it is laid out.
func NewGround(color fyne.ThemeColorName) *Ground {
	g := &Ground{color: color}
	g.ExtendBaseWidget(g)
	return g
}

// NewHairline returns the line between two panels, 1 wide and high where nothing stretches it.
func NewHairline() *Ground {
	g := NewGround(theme.Hairline)
	g.least = fyne.NewSquareSize(1)
	return g
}

// CreateRenderer is for Fyne.
func (g *Ground) CreateRenderer() fyne.WidgetRenderer {
	fill := canvas.NewRectangle(theme.Color(g.color))
	return rendered(g, &renderer{
		objects: []fyne.CanvasObject{fill},
		min:     func() fyne.Size { return g.least },
		layout:  func(size fyne.Size) { fill.Resize(size) },
		redraw:  func() { fill.FillColor = theme.Color(g.color) },
	})
}
