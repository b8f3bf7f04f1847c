package ui

import (
	"bytes"
	"fmt"
	"image/png"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/software"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/view"
)

// traySide is how large the icon is drawn, in pixels: trays make it smaller.
const traySide = 64

// trayMarks are drawn over the program's icon, on its grid of 64: three dots for
// what is under way, an exclamation mark for what is wrong. The form tells them
// apart too, not the colour alone.
var trayMarks = map[view.Level]string{
	view.Good: "",
	view.Working: mark("#FFC46B") +
		`<g fill="#3A2C12"><circle cx="39" cy="48" r="2.6"/><circle cx="48" cy="48" r="2.6"/><circle cx="57" cy="48" r="2.6"/></g>`,
	view.Bad: mark("#B3261E") +
		`<g fill="#FFFFFF"><rect x="45.6" y="37" width="4.8" height="13" rx="2.4"/><circle cx="48" cy="56" r="2.8"/></g>`,
}

func mark(color string) string {
	return fmt.Sprintf(`<circle cx="48" cy="48" r="15" fill="%s" stroke="#FFFFFF" stroke-width="2"/>`, color)
}

// trayIcon is the program's icon with the mark of a level, as PNG: trays read no SVG.
func trayIcon(level view.Level) fyne.Resource {
	svg := bytes.Replace(theme.AppDrawing(), []byte("</svg>"), []byte(trayMarks[level]+"</svg>"), 1)
	image := canvas.NewImageFromResource(fyne.NewStaticResource(fmt.Sprintf("tray-%d.svg", level), svg))
	c := software.NewTransparentCanvas()
	c.SetPadded(false)
	c.SetContent(image)
	c.Resize(fyne.NewSquareSize(traySide))
	var out bytes.Buffer
	if err := png.Encode(&out, c.Capture()); err != nil {
		return theme.AppIcon()
	}
	return fyne.NewStaticResource(fmt.Sprintf("tray-%d.png", level), out.Bytes())
}
