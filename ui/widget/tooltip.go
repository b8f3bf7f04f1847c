package widget

import (
	"image/color"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/callward/callward/ui/theme"
)

// TipLayer is the root of a window: its content, and above it the tooltips of what is in it. Fyne's overlays
// would take the mouse from what lies below. For Fyne's goroutine.
type TipLayer struct {
	widget.BaseWidget
	content fyne.CanvasObject
	ground  *canvas.Rectangle
	text    *canvas.Text
}

const tipDelay = 500 * time.Millisecond

// tips is the tooltip that waits or is shown; the pointer is in one place only. For Fyne's goroutine.
var tips struct {
	layers []*TipLayer
	shown  *TipLayer
	wait   *fyne.Animation
}

// NewTipLayer returns the content with room for tooltips. It is to be the whole content of its window;
// Close is to be called when the window goes.
func NewTipLayer(content fyne.CanvasObject) *TipLayer {
	l := &TipLayer{content: content, ground: newFill(6), text: canvas.NewText("", nil)}
	l.ExtendBaseWidget(l)
	tips.layers = append(tips.layers, l)
	return l
}

// Close forgets the layer.
func (l *TipLayer) Close() {
	for i, known := range tips.layers {
		if known == l {
			tips.layers = append(tips.layers[:i], tips.layers[i+1:]...)
			return
		}
	}
}

// CreateRenderer is for Fyne.
func (l *TipLayer) CreateRenderer() fyne.WidgetRenderer {
	return rendered(l, &renderer{
		objects: []fyne.CanvasObject{l.content, l.ground, l.text},
		min:     func() fyne.Size { return l.content.MinSize() },
		layout:  func(size fyne.Size) { l.content.Resize(size) },
		redraw: func() {
			l.ground.FillColor = l.fill()
			l.text.Color = theme.Color(theme.Surface)
			l.text.TextSize = theme.SmallSize
		},
	})
}

// fill is no colour while nothing is said: Fyne draws a speck even of a rectangle without a size.
func (l *TipLayer) fill() color.Color {
	if l.text.Text == "" {
		return color.Transparent
	}
	return theme.Color(theme.Text)
}

func (l *TipLayer) show(tip string, at fyne.Position) {
	const pad, below = theme.Grid, 20
	l.text.Text = tip
	size := l.text.MinSize().AddWidthHeight(2*pad, pad)
	x := min(at.X, l.Size().Width-size.Width-pad)
	y := at.Y + below
	if y+size.Height > l.Size().Height {
		y = at.Y - size.Height - pad
	}
	place(l.ground, max(0, x), y, size.Width, size.Height)
	place(l.text, max(0, x)+pad, y+pad/2, size.Width-2*pad, size.Height-pad)
	l.ground.FillColor = l.fill()
	l.ground.Refresh()
	l.text.Refresh()
}

// hide leaves the two where they are, with nothing in them: Fyne redraws only what it has seen in a window.
func (l *TipLayer) hide() {
	l.text.Text = ""
	l.ground.Resize(fyne.Size{})
	l.ground.FillColor = l.fill()
	l.ground.Refresh()
	l.text.Refresh()
}

// showTip shows the tip of the widget at that place of its window once the pointer has rested on it.
func showTip(p *press, tip string, at fyne.Position) {
	hideTip()
	layer := layerOf(p)
	if layer == nil {
		return
	}
	// An animation is a timer on Fyne's goroutine.
	tips.wait = fyne.NewAnimation(tipDelay, func(done float32) {
		if done == 1 {
			tips.shown = layer
			layer.show(tip, at)
		}
	})
	tips.wait.Start()
}

func layerOf(p *press) *TipLayer {
	drv := fyne.CurrentApp().Driver()
	c := drv.CanvasForObject(p.self)
	for _, l := range slices.Backward(tips.layers) { // the newest window is on top
		if c != nil && drv.CanvasForObject(l) == c {
			return l
		}
	}
	return nil
}

// hideTip takes away the tip that is shown, and the one that is not yet shown.
func hideTip() {
	if tips.wait != nil {
		tips.wait.Stop()
		tips.wait = nil
	}
	if tips.shown != nil {
		tips.shown.hide()
		tips.shown = nil
	}
}
