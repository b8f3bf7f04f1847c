package theme

import (
	"bytes"
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/callward/callward/assets"
)

// drawing is an icon in a colour, as Fyne reads it on each refresh. Fyne's own themed resources colour fills
// alone, and these are strokes; and Fyne leaves strokes as thin as they are in an icon that it draws larger.
// For Fyne's goroutine.
type drawing struct {
	icon  Icon
	color fyne.ThemeColorName
	on    *canvas.Image // where it is shown, if that is known
	drawn string        // the name under which it was read last
}

// Name says all that the content depends on: Fyne keeps rendered icons by their names.
func (d *drawing) Name() string { return fmt.Sprintf("%s-%s-%d.svg", d.icon, d.hex(), d.pixels()) }

func (d *drawing) Content() []byte {
	d.drawn = d.Name()
	stroke := fmt.Sprintf(`stroke-width="%.3f"`, d.stroke())
	content := bytes.ReplaceAll(svg(string(d.icon)), []byte("currentColor"), []byte("#"+d.hex()))
	return bytes.ReplaceAll(content, []byte(`stroke-width="1.5"`), []byte(stroke))
}

// stroke returns its width in pixels: that of 1.5 dp, or less in an icon smaller than it was drawn.
func (d *drawing) stroke() float32 {
	side := IconSize
	if d.on != nil {
		side = max(IconSize, d.on.Size().Width)
	}
	return 1.5 * float32(d.pixels()) / side
}

// pixels returns how large it is drawn: twice its size in dp while it is in no window, as Fyne does it.
func (d *drawing) pixels() int {
	drv := fyne.CurrentApp().Driver()
	if d.on == nil {
		if all := drv.AllWindows(); len(all) > 0 {
			px, _ := all[len(all)-1].Canvas().PixelCoordinateForPosition(fyne.NewPos(IconSize, IconSize))
			return px
		}
		return 2 * int(IconSize)
	}
	side := min(d.on.Size().Width, d.on.Size().Height)
	if c := drv.CanvasForObject(d.on); c != nil {
		px, _ := c.PixelCoordinateForPosition(fyne.NewPos(side, side))
		return px
	}
	return 2 * int(side)
}

func (d *drawing) hex() string {
	c := color.NRGBAModel.Convert(Color(d.color)).(color.NRGBA)
	return fmt.Sprintf("%02x%02x%02x", c.R, c.G, c.B)
}

func svg(name string) []byte { return iconFile(name + ".svg") }

func iconFile(name string) []byte {
	content, err := assets.Icons.ReadFile("icon/" + name)
	if err != nil {
		panic("theme: no icon " + name) // a name that is built in: the test reads them all
	}
	return content
}
