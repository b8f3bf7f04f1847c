package widget

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/callward/callward/ui/theme"
)

// Paragraph is text that wraps between words. For Fyne's goroutine.
type Paragraph struct {
	widget.BaseWidget
	text  string
	style Style
	color fyne.ThemeColorName
	wide  float32 // what the lines are broken for
	lines []string
}

// paragraphWidth is what a Paragraph is broken for until it is laid out.
const paragraphWidth float32 = 360

// NewParagraph returns a text of that style in the style's own colour.
func NewParagraph(text string, style Style) *Paragraph {
	p := &Paragraph{text: text, style: style, color: style.color(), wide: paragraphWidth}
	p.ExtendBaseWidget(p)
	p.lines = wrap(text, style, p.wide)
	return p
}

// Text returns what is shown.
func (p *Paragraph) Text() string { return p.text }

// SetText shows another text.
func (p *Paragraph) SetText(text string) {
	if text != p.text {
		p.text = text
		p.lines = wrap(text, p.style, p.wide)
		p.Refresh()
	}
}

// SetColor shows the text in a colour of the theme.
func (p *Paragraph) SetColor(name fyne.ThemeColorName) {
	if name != p.color {
		p.color = name
		p.Refresh()
	}
}

// Resize breaks the lines anew; Fyne then asks for the least height again.
func (p *Paragraph) Resize(size fyne.Size) {
	p.BaseWidget.Resize(size)
	if size.Width != p.wide && size.Width > 0 {
		p.wide = size.Width
		p.lines = wrap(p.text, p.style, p.wide)
		p.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (p *Paragraph) CreateRenderer() fyne.WidgetRenderer {
	height := func() float32 { return p.style.measure("M").Height }
	r := &renderer{}
	r.min = func() fyne.Size { return fyne.NewSize(0, height()*float32(max(1, len(p.lines)))) }
	r.layout = func(size fyne.Size) {
		for i, o := range r.objects {
			place(o, 0, height()*float32(i), size.Width, height())
		}
	}
	r.redraw = func() {
		r.objects = r.objects[:0]
		for _, text := range p.lines {
			line := canvas.NewText(text, theme.Color(p.color))
			line.TextSize, line.TextStyle = p.style.size(), p.style.face()
			r.objects = append(r.objects, line)
		}
	}
	return rendered(p, r)
}

// wrap breaks the text into lines no wider than width, a longer word alone excepted.
func wrap(text string, style Style, width float32) []string {
	var lines []string
	for _, part := range strings.Split(text, "\n") {
		line := ""
		for _, word := range strings.Fields(part) {
			longer := strings.TrimPrefix(line+" "+word, " ")
			if line != "" && style.measure(longer).Width > width {
				lines = append(lines, line)
				longer = word
			}
			line = longer
		}
		lines = append(lines, line)
	}
	return lines
}
