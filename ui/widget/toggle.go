package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/callward/callward/ui/theme"
)

// Toggle is an icon over a word, on or off: Mute, Hold, Keypad of a call. 56 high. For Fyne's goroutine.
type Toggle struct {
	control
	icon theme.Icon
	text string
	on   bool
}

// NewToggle returns one that is off. A tap does not turn it: what is told of the tap does, by [Toggle.Set].
func NewToggle(icon theme.Icon, text string, tapped func()) *Toggle {
	t := &Toggle{icon: icon, text: text}
	t.OnTapped = tapped
	t.extend(t)
	return t
}

// On reports whether it is on.
func (t *Toggle) On() bool { return t.on }

// Set shows icon, word and state, each of which may change: Mute becomes Unmute.
func (t *Toggle) Set(icon theme.Icon, text string, on bool) {
	if icon == t.icon && text == t.text && on == t.on {
		return
	}
	t.icon, t.text, t.on = icon, text, on
	t.Refresh()
}

// CreateRenderer is for Fyne.
func (t *Toggle) CreateRenderer() fyne.WidgetRenderer {
	const height, top = 56, 9
	fill, ring, icon, line := newFill(theme.Radius), newRing(), newIcon(), canvas.NewText("", color.Transparent)
	return rendered(t, &renderer{
		objects: []fyne.CanvasObject{fill, ring, icon, line},
		min:     func() fyne.Size { return fyne.NewSize(max(72, line.MinSize().Width+theme.Grid), height) },
		layout: func(size fyne.Size) {
			fill.Resize(size)
			ring.Resize(size)
			place(icon, middle(size.Width, theme.IconSize), top, theme.IconSize, theme.IconSize)
			line.Resize(fyne.NewSize(size.Width, line.MinSize().Height))
			line.Move(fyne.NewPos(0, top+theme.IconSize+2))
		},
		redraw: func() {
			name, ground := theme.Text, theme.Hover
			if t.on {
				name, ground = theme.OnFill, theme.Accent
			}
			if t.Disabled() {
				name, ground = theme.Disabled, theme.Hover
			}
			fill.FillColor = theme.Color(ground)
			if part := 0.06; !t.Disabled() && (t.hovered || t.pressed) {
				if t.pressed {
					part *= 2
				}
				fill.FillColor = theme.Blend(fill.FillColor, theme.Color(name), part)
			}
			line.Text, line.TextSize, line.Alignment = t.text, theme.SmallSize, fyne.TextAlignCenter
			line.Color = theme.Color(name)
			setIcon(icon, t.icon, name)
			showRing(ring, t.focused)
			if t.on {
				ring.StrokeColor = color.Transparent
				if t.focused {
					ring.StrokeColor = theme.Color(theme.Text)
				}
			}
		},
	})
}
