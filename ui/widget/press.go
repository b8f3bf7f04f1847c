package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// press is what all that can be pressed by the mouse shares. For Fyne's goroutine.
type press struct {
	widget.DisableableWidget
	// OnTapped is called for a click and, where the widget can have the focus, for Enter and Space.
	OnTapped func()
	// OnMenu, where set, is called for a click of the secondary button with its place in the window.
	OnMenu func(at fyne.Position)

	self    fyne.Widget         // the whole that this is part of
	ground  fyne.ThemeColorName // under the pointer; Hover when empty
	tip     string
	hovered bool
	pointer fyne.Position // where it was last seen, in the window
	pressed bool
	onHover func(in bool)
	anew    bool // does something else since the last click
	missed  bool // by the click that is under way, which was meant for what was there before
}

func (p *press) extend(whole fyne.Widget) {
	p.self = whole
	p.ExtendBaseWidget(whole)
}

// SetTip sets what is shown beside the pointer when it rests on the widget, also where it does so already.
func (p *press) SetTip(tip string) {
	late := p.hovered && p.tip == "" && tip != ""
	p.tip = tip
	if late {
		showTip(p, tip, p.pointer)
	}
}

// Tip returns what SetTip set.
func (p *press) Tip() string { return p.tip }

// MouseIn is for Fyne.
func (p *press) MouseIn(e *desktop.MouseEvent) {
	p.pointer = e.AbsolutePosition
	p.setHovered(true)
	if p.tip != "" {
		showTip(p, p.tip, e.AbsolutePosition)
	}
}

// MouseMoved is for Fyne. A window that comes back has it without MouseIn.
func (p *press) MouseMoved(e *desktop.MouseEvent) {
	p.pointer = e.AbsolutePosition
	if !p.hovered {
		p.setHovered(true)
	}
}

// MouseOut is for Fyne.
func (p *press) MouseOut() {
	hideTip()
	p.pressed = false
	p.setHovered(false)
}

func (p *press) setHovered(in bool) {
	p.hovered = in
	p.Refresh()
	if p.onHover != nil {
		p.onHover(in)
	}
}

// MouseDown is for Fyne.
func (p *press) MouseDown(e *desktop.MouseEvent) {
	hideTip()
	p.missed = e.Button == desktop.MouseButtonPrimary && p.second(e.AbsolutePosition)
	if e.Button == desktop.MouseButtonPrimary && !p.Disabled() {
		p.pressed = true
		p.Refresh()
	}
}

// MouseUp is for Fyne.
func (p *press) MouseUp(*desktop.MouseEvent) {
	p.pressed = false
	p.Refresh()
}

// Cursor is for Fyne.
func (p *press) Cursor() desktop.Cursor {
	if p.Disabled() || p.OnTapped == nil {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// Tapped is for Fyne.
func (p *press) Tapped(*fyne.PointEvent) {
	if !p.missed {
		p.act()
	}
	p.missed = false
}

// TappedSecondary is for Fyne.
func (p *press) TappedSecondary(e *fyne.PointEvent) {
	if p.OnMenu != nil && !p.Disabled() {
		p.OnMenu(e.AbsolutePosition)
	}
}

func (p *press) act() {
	hideTip()
	if p.OnTapped != nil && !p.Disabled() {
		p.OnTapped()
	}
}

// control is a press that can have the focus as well. For Fyne's goroutine.
type control struct {
	press
	// OnEscape is called for Escape; where it is nil the window has the key.
	OnEscape func()

	focused bool
}

// FocusGained is for Fyne.
func (c *control) FocusGained() { c.setFocused(true) }

// FocusLost is for Fyne.
func (c *control) FocusLost() { c.setFocused(false) }

func (c *control) setFocused(on bool) {
	c.focused = on
	c.Refresh()
}

// TypedRune is for Fyne.
func (c *control) TypedRune(r rune) { passRune(c.self, r) }

// TypedKey is for Fyne: Enter and Space do what a click does.
func (c *control) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		c.act()
	case fyne.KeyEscape:
		if c.OnEscape != nil {
			c.OnEscape()
		} else if on := windowOf(c.self); on != nil && on.OnTypedKey() != nil {
			on.OnTypedKey()(e)
		}
	}
}

// passRune hands a rune that a widget has no use for to its window, which Fyne tells of those alone that are typed
// while nothing has the focus.
func passRune(from fyne.CanvasObject, r rune) {
	if on := windowOf(from); on != nil && on.OnTypedRune() != nil {
		on.OnTypedRune()(r)
	}
}

// windowOf returns what a widget is on; nil where something lies over that, which then has the keys.
func windowOf(o fyne.CanvasObject) fyne.Canvas {
	on := fyne.CurrentApp().Driver().CanvasForObject(o)
	if on == nil || on.Overlays().Top() != nil {
		return nil
	}
	return on
}
