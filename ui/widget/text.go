package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/callward/callward/ui/theme"
)

// Style is a kind of text.
type Style int

// The kinds of text. Figures have one width in all of them, so that a timer does not tremble.
const (
	Body        Style = iota // 14
	Strong                   // 14, bold: names, what is unread
	Small                    // 12, in the secondary colour
	Title                    // 22
	SmallStrong              // 12, bold, in the secondary colour
)

func (s Style) size() float32 {
	switch s {
	case Small, SmallStrong:
		return theme.SmallSize
	case Title:
		return theme.TitleSize
	default:
		return theme.TextSize
	}
}

func (s Style) face() fyne.TextStyle { return fyne.TextStyle{Bold: s != Body && s != Small} }

func (s Style) color() fyne.ThemeColorName {
	if s == Small || s == SmallStrong {
		return theme.Secondary
	}
	return theme.Text
}

func (s Style) measure(text string) fyne.Size { return fyne.MeasureText(text, s.size(), s.face()) }

// Text is one line, cut with an ellipsis where it does not fit. For Fyne's goroutine.
type Text struct {
	widget.BaseWidget
	text  string
	style Style
	color fyne.ThemeColorName
	align fyne.TextAlign
	whole bool
}

// NewText returns a line of that style in the style's own colour. Its least width is that of its text.
func NewText(text string, style Style) *Text {
	t := &Text{text: text, style: style, color: style.color(), whole: true}
	t.ExtendBaseWidget(t)
	return t
}

// Text returns what is shown, uncut.
func (t *Text) Text() string { return t.text }

// SetText shows another text.
func (t *Text) SetText(text string) {
	if text != t.text {
		t.text = text
		t.Refresh()
	}
}

// SetStyle shows the text in another style, and in its colour.
func (t *Text) SetStyle(style Style) {
	t.style, t.color = style, style.color()
	t.Refresh()
}

// SetColor shows the text in a colour of the theme.
func (t *Text) SetColor(name fyne.ThemeColorName) {
	if name != t.color {
		t.color = name
		t.Refresh()
	}
}

// SetAlign places the text in the room that it has.
func (t *Text) SetAlign(align fyne.TextAlign) {
	t.align = align
	t.Refresh()
}

// Shrink lets the line be narrower than its text, which is then cut. It returns the Text itself.
func (t *Text) Shrink() *Text {
	t.whole = false
	t.Refresh()
	return t
}

// CreateRenderer is for Fyne.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	line := canvas.NewText("", theme.Color(t.color))
	return rendered(t, &renderer{
		objects: []fyne.CanvasObject{line},
		min: func() fyne.Size {
			size := t.style.measure(t.text)
			if !t.whole {
				size.Width = 0
			}
			return size
		},
		layout: func(size fyne.Size) {
			line.Text = Ellipsis(t.text, t.style, size.Width)
			h := line.MinSize().Height
			place(line, 0, middle(size.Height, h), size.Width, h)
		},
		redraw: func() {
			line.TextSize, line.TextStyle, line.Alignment = t.style.size(), t.style.face(), t.align
			line.Color = theme.Color(t.color)
		},
	})
}

// Ellipsis returns the text, cut so that it is no wider than width in the style.
func Ellipsis(text string, style Style, width float32) string {
	if text == "" || style.measure(text).Width <= width {
		return text
	}
	runes := []rune(text)
	low, high := 0, len(runes)
	for low < high { // the longest beginning that fits
		n := (low + high + 1) / 2
		if style.measure(string(runes[:n])+"…").Width <= width {
			low = n
		} else {
			high = n - 1
		}
	}
	return string(runes[:low]) + "…"
}
