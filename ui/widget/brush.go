package widget

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/callward/callward/ui/theme"
)

// brush draws what has as many parts as its content asks for, and takes the objects of the last time again.
type brush struct {
	texts []*canvas.Text
	fills []*canvas.Rectangle
	icons []*canvas.Image
	used  struct{ texts, fills, icons int }
	drawn []fyne.CanvasObject
}

func (b *brush) begin() {
	b.used.texts, b.used.fills, b.used.icons = 0, 0, 0
	b.drawn = b.drawn[:0]
}

func (b *brush) fill(x, y, wide, high, radius float32, c color.Color) *canvas.Rectangle {
	if b.used.fills == len(b.fills) {
		b.fills = append(b.fills, newFill(0))
	}
	o := b.fills[b.used.fills]
	b.used.fills++
	o.FillColor, o.CornerRadius, o.StrokeWidth, o.StrokeColor = c, radius, 0, nil
	b.put(o, x, y, wide, high)
	return o
}

func (b *brush) text(x, y float32, text string, style Style, c color.Color) {
	if text == "" {
		return
	}
	if b.used.texts == len(b.texts) {
		b.texts = append(b.texts, canvas.NewText("", c))
	}
	o := b.texts[b.used.texts]
	b.used.texts++
	o.Text, o.Color, o.TextSize, o.TextStyle = text, c, style.size(), style.face()
	size := style.measure("M")
	b.put(o, x, y, style.width(text), size.Height)
}

func (b *brush) icon(x, y, side float32, icon theme.Icon, name fyne.ThemeColorName) {
	if b.used.icons == len(b.icons) {
		b.icons = append(b.icons, newIcon())
	}
	o := b.icons[b.used.icons]
	b.used.icons++
	b.put(o, x, y, side, side)
	icon.Show(o, name)
}

// put places without a repaint for each part: what draws asks for one.
func (b *brush) put(o fyne.CanvasObject, x, y, wide, high float32) {
	place(o, x, y, wide, high)
	b.drawn = append(b.drawn, o)
}

// repaint has what a brush drew anew shown.
func repaint(o fyne.CanvasObject) { canvas.Refresh(o) }

// oneLine returns the beginning of a text in one line.
func oneLine(text string) string {
	return strings.Join(strings.Fields(text[:min(len(text), 512)]), " ")
}
