package widget

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
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
	} else {
		passRune(k, r)
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
