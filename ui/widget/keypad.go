package widget

import (
	"image/color"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/callward/callward/ui/theme"
)

// Keypad is the twelve keys of a telephone. It takes the focus as one: digits press their key, the arrows
// walk, Enter and Space press. For Fyne's goroutine.
type Keypad struct {
	widget.BaseWidget
	// OnKey is called with 0 to 9, *, # and, for a 0 that is held or a + that is typed, +.
	OnKey func(key rune)

	keys    []*keypadKey
	current int
	focused bool
}

const (
	keypadKeys    = "123456789*0#"
	keypadColumns = 3
	keyHeight     = 52
	holdFor       = 500 * time.Millisecond
)

var keypadLetters = [...]string{"", "ABC", "DEF", "GHI", "JKL", "MNO", "PQRS", "TUV", "WXYZ", "", "+", ""}

// NewKeypad returns a keypad. OnKey may be nil.
func NewKeypad(onKey func(key rune)) *Keypad {
	k := &Keypad{OnKey: onKey}
	for i, key := range keypadKeys {
		k.keys = append(k.keys, newKeypadKey(k, key, keypadLetters[i]))
	}
	k.ExtendBaseWidget(k)
	return k
}

func (k *Keypad) press(key rune) {
	if k.OnKey != nil {
		k.OnKey(key)
	}
}

// FocusGained is for Fyne.
func (k *Keypad) FocusGained() { k.setFocused(true) }

// FocusLost is for Fyne.
func (k *Keypad) FocusLost() { k.setFocused(false) }

func (k *Keypad) setFocused(on bool) {
	k.focused = on
	k.keys[k.current].Refresh()
}

// TypedRune is for Fyne.
func (k *Keypad) TypedRune(r rune) {
	if strings.ContainsRune(keypadKeys+"+", r) {
		k.press(r)
	}
}

// TypedKey is for Fyne.
func (k *Keypad) TypedKey(e *fyne.KeyEvent) {
	step := map[fyne.KeyName]int{fyne.KeyLeft: -1, fyne.KeyRight: 1, fyne.KeyUp: -keypadColumns, fyne.KeyDown: keypadColumns}[e.Name]
	if to := k.current + step; step != 0 && to >= 0 && to < len(k.keys) {
		before := k.keys[k.current]
		k.current = to
		before.Refresh()
		k.keys[to].Refresh()
	}
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		k.press(k.keys[k.current].key)
	}
}

// CreateRenderer is for Fyne.
func (k *Keypad) CreateRenderer() fyne.WidgetRenderer {
	const gap, least = theme.Grid, 64
	objects := make([]fyne.CanvasObject, len(k.keys))
	for i, key := range k.keys {
		objects[i] = key
	}
	rows := float32(len(k.keys) / keypadColumns)
	return rendered(k, &renderer{
		objects: objects,
		min: func() fyne.Size {
			return fyne.NewSize(keypadColumns*(least+gap)-gap, rows*(keyHeight+gap)-gap)
		},
		layout: func(size fyne.Size) {
			w := (size.Width + gap) / keypadColumns
			h := min((size.Height+gap)/rows, keyHeight+gap)
			for i, key := range k.keys {
				place(key, float32(i%keypadColumns)*w, float32(i/keypadColumns)*h, w-gap, h-gap)
			}
		},
		redraw: func() {},
	})
}

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
