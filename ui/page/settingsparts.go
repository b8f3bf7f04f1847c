package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/widget"
)

// settingsWidth is how wide the parts of a section are at most, in dp: lines of text
// that are longer are hard to read.
const settingsWidth float32 = 640

// navTitle is the title of a group in the navigation.
func navTitle(text string) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(1.5*theme.Grid, 4, 12, 0), widget.NewGroupTitle(text))
}

// section is a page of Settings: its title, and its parts under it; it scrolls.
func section(title string, action fyne.CanvasObject, parts ...fyne.CanvasObject) *container.Scroll {
	all := flow(3*theme.Grid, append([]fyne.CanvasObject{sectionHead(title, action)}, parts...)...)
	return container.NewVScroll(inset(theme.PagePadding, container.New(&narrow{settingsWidth}, all)))
}

// sectionHead is the title of a section, with what can be done at its right (nil for nothing).
func sectionHead(title string, action fyne.CanvasObject) fyne.CanvasObject {
	return sized(0, theme.ButtonHeight, container.NewBorder(nil, nil, widget.NewText(title, widget.Title), action))
}

// formPart gives what is filled in or chosen the width of a form.
func formPart(gap float32, objects ...fyne.CanvasObject) fyne.CanvasObject {
	return container.New(&narrow{theme.FormWidth}, flow(gap, objects...))
}

// note is a sentence that comes and goes.
func note() *widget.Paragraph {
	p := widget.NewParagraph("", widget.Body)
	p.Hide()
	return p
}

// say shows a sentence, or nothing where there is none.
func say(p *widget.Paragraph, text string, color fyne.ThemeColorName) {
	p.SetText(text)
	p.SetColor(color)
	show(p, text != "")
}

// notice is a sentence across a section that comes and goes.
func notice() *widget.Banner {
	b := widget.NewBanner(widget.Info, "")
	b.Hide()
	return b
}
