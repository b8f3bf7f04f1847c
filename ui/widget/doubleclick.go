package widget

import (
	"time"

	"fyne.io/fyne/v2"
)

const (
	// doubleClick is within what time a second click at a place is of the same hand.
	doubleClick = 500 * time.Millisecond
	// samePlace is how far apart, in dp, the two may be.
	samePlace = 8
)

// clicks is the last click that was for something. For Fyne's goroutine.
var clicks struct {
	on   *press
	in   fyne.Canvas
	at   fyne.Position
	when time.Time
}

// Anew tells that the widget does something else from here on. The second click of a double click is not for that.
func (p *press) Anew() { p.anew = true }

// second tells whether a click at that place is the second of a double click whose first was for something else: it
// was what lay there, or the window above, and went with the first.
func (p *press) second(at fyne.Position) bool {
	in, apart := fyne.CurrentApp().Driver().CanvasForObject(p.self), at.Subtract(clicks.at)
	quick := time.Since(clicks.when) < doubleClick
	near := in != clicks.in || apart.X*apart.X+apart.Y*apart.Y <= samePlace*samePlace
	if quick && near && (clicks.on != p || p.anew) {
		return true
	}
	p.anew = false
	clicks.on, clicks.in, clicks.at, clicks.when = p, in, at, time.Now()
	return false
}
