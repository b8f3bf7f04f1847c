package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/callward/callward/ui/theme"
)

// Kind is how much a Button asks for attention.
type Kind int

// The kinds of buttons.
const (
	Filled     Kind = iota // the one of a page
	Tonal                  // on a calm ground: where a text button would not be found
	Plain                  // text alone: all others
	Danger                 // filled: hang up, delete for good
	DangerText             // text alone: decline, delete
	Answer                 // filled: take a call
)

func (k Kind) colors() (fill, text fyne.ThemeColorName) {
	switch k {
	case Filled:
		return theme.Accent, theme.OnFill
	case Tonal:
		return theme.Selected, theme.Accent
	case Danger:
		return theme.Danger, theme.OnFill
	case DangerText:
		return theme.Clear, theme.Danger
	case Answer:
		return theme.Answer, theme.OnFill
	default:
		return theme.Clear, theme.Accent
	}
}

// Button does something when it is clicked, or by Enter or Space while it has the focus. 36 high. For Fyne's goroutine.
type Button struct {
	control
	text string
	icon theme.Icon
	kind Kind
	tall bool
}

// NewButton returns a button without an icon. Tapped may be nil.
func NewButton(text string, kind Kind, tapped func()) *Button {
	b := &Button{text: text, kind: kind}
	b.OnTapped = tapped
	b.extend(b)
	return b
}

// WithIcon puts an icon before the text and returns the button.
func (b *Button) WithIcon(icon theme.Icon) *Button {
	b.icon = icon
	b.Refresh()
	return b
}

// Tall makes the button 48 high, as Answer and Hang up are, and returns it.
func (b *Button) Tall() *Button {
	b.tall = true
	b.Refresh()
	return b
}

// Text returns what stands on the button.
func (b *Button) Text() string { return b.text }

// SetText puts another text on the button.
func (b *Button) SetText(text string) {
	b.text = text
	b.Refresh()
}

// SetKind makes it another kind of button.
func (b *Button) SetKind(kind Kind) {
	b.kind = kind
	b.Refresh()
}

// CreateRenderer is for Fyne.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	const gap = theme.Grid
	fill, ring, icon := newFill(theme.Radius), newRing(), newIcon()
	line := canvas.NewText("", color.Transparent)
	inner := func() float32 {
		w := line.MinSize().Width
		if b.icon != "" {
			w += theme.IconSize
			if b.text != "" {
				w += gap
			}
		}
		return w
	}
	return rendered(b, &renderer{
		objects: []fyne.CanvasObject{fill, ring, icon, line},
		min: func() fyne.Size {
			pad, height := 2*theme.Grid, theme.ButtonHeight
			if b.kind == Plain || b.kind == DangerText {
				pad = 1.5 * theme.Grid
			}
			if b.tall {
				height = theme.TallHeight
				if b.filled() {
					pad = 3 * theme.Grid
				}
			}
			return fyne.NewSize(inner()+2*pad, height)
		},
		layout: func(size fyne.Size) {
			fill.Resize(size)
			b.layRing(ring, size)
			x, h := middle(size.Width, inner()), line.MinSize().Height
			if b.icon != "" {
				place(icon, x, middle(size.Height, theme.IconSize), theme.IconSize, theme.IconSize)
				x += theme.IconSize + gap
			}
			place(line, x, middle(size.Height, h), line.MinSize().Width, h)
		},
		redraw: func() {
			_, text := b.kind.colors()
			if b.Disabled() {
				text = theme.Disabled
			}
			fill.FillColor = b.fill()
			line.Text, line.TextSize, line.TextStyle = b.text, theme.TextSize, fyne.TextStyle{Bold: true}
			line.Color = theme.Color(text)
			setIcon(icon, b.icon, text)
			showRing(ring, b.focused)
		},
	})
}

func (b *Button) filled() bool { return b.kind == Filled || b.kind == Danger || b.kind == Answer }

// layRing sets the focus ring off a filled button, on which it could not be seen.
func (b *Button) layRing(ring *canvas.Rectangle, size fyne.Size) {
	if b.filled() {
		const off = ringWidth + 1
		ring.CornerRadius = theme.Radius + off
		place(ring, -off, -off, size.Width+2*off, size.Height+2*off)
		return
	}
	ring.CornerRadius = theme.Radius
	place(ring, 0, 0, size.Width, size.Height)
}

func (b *Button) fill() color.Color {
	name, text := b.kind.colors()
	switch {
	case b.Disabled() && name != theme.Clear:
		return theme.Color(theme.Hover)
	case b.Disabled():
		return color.Transparent
	case name == theme.Clear && b.pressed:
		return theme.Color(theme.Selected)
	case name == theme.Clear && b.hovered:
		return theme.Color(theme.Hover)
	case name == theme.Clear:
		return color.Transparent
	case b.pressed:
		return theme.Blend(theme.Color(name), theme.Color(text), 0.18)
	case b.hovered:
		return theme.Blend(theme.Color(name), theme.Color(text), 0.09)
	default:
		return theme.Color(name)
	}
}
