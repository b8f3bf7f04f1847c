package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/callward/callward/ui/theme"
)

// MenuItem is a line of a menu. One without Text is a hairline.
type MenuItem struct {
	Icon     theme.Icon
	Text     string
	Checked  bool
	Danger   bool
	Disabled bool
	Tapped   func()
}

// ShowMenu opens a menu with its top left corner at that place of the window, or as near as it fits. It has the
// focus: Up and Down walk, Enter and Space choose, Escape and a click beside it close.
func ShowMenu(over fyne.Canvas, at fyne.Position, items ...MenuItem) {
	openMenu(over, items, 0, func(window, card fyne.Size) fyne.Position {
		return fyne.NewPos(min(at.X, window.Width-card.Width-theme.Grid), min(at.Y, window.Height-card.Height-theme.Grid))
	})
}

// ShowMenuUnder opens a menu below the object, or above it where there is no room, and at least as wide.
func ShowMenuUnder(o fyne.CanvasObject, items ...MenuItem) {
	drv := fyne.CurrentApp().Driver()
	over := drv.CanvasForObject(o)
	if over == nil {
		return
	}
	at, size := drv.AbsolutePositionForObject(o), o.Size()
	openMenu(over, items, size.Width, func(window, card fyne.Size) fyne.Position {
		x, y := min(at.X, window.Width-card.Width-theme.Grid), at.Y+size.Height+theme.Grid/2
		if y+card.Height > window.Height {
			y = at.Y - card.Height - theme.Grid/2
		}
		return fyne.NewPos(x, y)
	})
}

func openMenu(over fyne.Canvas, items []MenuItem, wide float32, place func(window, card fyne.Size) fyne.Position) {
	m := &menu{wide: wide, current: -1}
	for i, item := range items {
		line := &menuLine{of: m, i: i, item: item}
		line.OnTapped = func() { m.choose(i) }
		line.extend(line)
		m.lines = append(m.lines, line)
		if item.Checked {
			m.current = i
		}
	}
	m.ExtendBaseWidget(m)
	m.on = &overlay{over: over, content: m, first: m, place: place}
	m.on.open()
}

// menu is what ShowMenu shows.
type menu struct {
	widget.BaseWidget
	on      *overlay
	lines   []*menuLine
	wide    float32
	current int // the line that the keys are on, or -1
}

func (m *menu) choose(i int) {
	item := m.lines[i].item
	if item.Text == "" || item.Disabled {
		return
	}
	m.on.close()
	if item.Tapped != nil {
		item.Tapped()
	}
}

func (m *menu) walk(by int) {
	for i := m.current + by; i >= 0 && i < len(m.lines); i += by {
		if item := m.lines[i].item; item.Text != "" && !item.Disabled {
			m.mark(i)
			return
		}
	}
}

func (m *menu) mark(i int) {
	m.current = i
	for _, line := range m.lines {
		line.Refresh()
	}
}

// FocusGained is for Fyne.
func (m *menu) FocusGained() {}

// FocusLost is for Fyne.
func (m *menu) FocusLost() {}

// AcceptsTab is for Fyne: a menu is left by Escape.
func (m *menu) AcceptsTab() bool { return true }

// TypedRune is for Fyne.
func (m *menu) TypedRune(rune) {}

// TypedKey is for Fyne.
func (m *menu) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp:
		m.walk(-1)
	case fyne.KeyDown, fyne.KeyTab:
		m.walk(1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if m.current >= 0 {
			m.choose(m.current)
		}
	case fyne.KeyEscape:
		m.on.close()
	}
}

// CreateRenderer is for Fyne.
func (m *menu) CreateRenderer() fyne.WidgetRenderer {
	const pad = theme.Grid / 2
	objects := make([]fyne.CanvasObject, len(m.lines))
	for i, line := range m.lines {
		objects[i] = line
	}
	return rendered(m, &renderer{
		objects: objects,
		min: func() fyne.Size {
			size := fyne.NewSize(max(160, m.wide-2*pad), 0)
			for _, o := range objects {
				least := o.MinSize()
				size = fyne.NewSize(max(size.Width, least.Width), size.Height+least.Height)
			}
			return size.AddWidthHeight(2*pad, 2*pad)
		},
		layout: func(size fyne.Size) {
			y := float32(pad)
			for _, o := range objects {
				h := o.MinSize().Height
				place(o, pad, y, size.Width-2*pad, h)
				y += h
			}
		},
		redraw: func() {},
	})
}
