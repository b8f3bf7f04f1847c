package widget

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/callward/callward/ui/theme"
)

// keypadKey is one of the twelve.
type keypadKey struct {
	press
	pad     *Keypad
	key     rune
	letters string
	down    time.Time
}

func newKeypadKey(pad *Keypad, key rune, letters string) *keypadKey {
	k := &keypadKey{pad: pad, key: key, letters: letters}
	k.OnTapped = func() { pad.press(k.held()) }
	k.extend(k)
	return k
}

// held returns what the tap means that has just ended.
func (k *keypadKey) held() rune {
	if k.key == '0' && !k.down.IsZero() && time.Since(k.down) >= holdFor {
		return '+'
	}
	return k.key
}

// MouseDown is for Fyne.
func (k *keypadKey) MouseDown(e *desktop.MouseEvent) {
	k.down = time.Now()
	k.press.MouseDown(e)
}

// CreateRenderer is for Fyne.
func (k *keypadKey) CreateRenderer() fyne.WidgetRenderer {
	fill, ring := newFill(theme.Radius), newRing()
	digit, letters := canvas.NewText(string(k.key), color.Transparent), canvas.NewText(k.letters, color.Transparent)
	digit.TextSize, digit.Alignment = 20, fyne.TextAlignCenter
	letters.TextSize, letters.Alignment = 10, fyne.TextAlignCenter
	return rendered(k, &renderer{
		objects: []fyne.CanvasObject{fill, ring, digit, letters},
		min:     func() fyne.Size { return fyne.NewSize(40, keyHeight) },
		layout: func(size fyne.Size) {
			fill.Resize(size)
			ring.Resize(size)
			dh, lh := digit.MinSize().Height, letters.MinSize().Height
			if k.letters == "" {
				lh = 0
			}
			const overlap = 4 // the fonts leave more air than two lines of a key bear
			y := middle(size.Height, dh+lh-overlap)
			place(digit, 0, y, size.Width, dh)
			place(letters, 0, y+dh-overlap, size.Width, lh)
		},
		redraw: func() {
			fill.FillColor = theme.Color(theme.Hover)
			switch {
			case k.pressed:
				fill.FillColor = theme.Color(theme.Selected)
			case k.hovered:
				fill.FillColor = theme.Blend(fill.FillColor, theme.Color(theme.Text), 0.06)
			}
			digit.Color, letters.Color = theme.Color(theme.Text), theme.Color(theme.Secondary)
			showRing(ring, k.pad.focused && k.pad.keys[k.pad.current] == k)
		},
	})
}
