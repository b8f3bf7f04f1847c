package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/callward/callward/ui/theme"
)

const (
	barTrack float32 = 12
	barLeast float32 = 32 // what can still be taken hold of
)

// transcriptBar is the thin bar at the right of a Transcript. For Fyne's goroutine.
type transcriptBar struct {
	widget.BaseWidget
	of      *Transcript
	y, long float32 // of the thumb; no length: all is in sight
	hovered bool
	held    bool
	at      float32 // where in the thumb it is held
}

func newTranscriptBar(of *Transcript) *transcriptBar {
	b := &transcriptBar{of: of}
	b.ExtendBaseWidget(b)
	return b
}

// follow shows what part of the rows is in sight.
func (b *transcriptBar) follow() {
	size := b.of.Size()
	above, all := b.of.extent()
	y, long := float32(0), float32(0)
	if room := b.of.room(); all > room+1 && !(b.of.stuck && b.of.top == 0 && b.of.off <= 0) {
		long = max(barLeast, size.Height*room/all)
		y = (size.Height - long) * min(1, above/(all-room))
		if b.of.stuck {
			y = size.Height - long
		}
	}
	if want := fyne.NewSize(barTrack, size.Height); b.Size() != want {
		b.Resize(want)
	}
	b.Move(fyne.NewPos(size.Width-barTrack, 0))
	if b.held || y == b.y && long == b.long {
		return
	}
	b.y, b.long = y, long
	b.Refresh()
}

// drag moves the thumb so that its upper end is there.
func (b *transcriptBar) drag(y float32) {
	_, all := b.of.extent()
	span := b.Size().Height - b.long
	if b.long == 0 || span <= 0 {
		return
	}
	b.y = min(max(0, y), span)
	if b.y == span {
		b.of.ScrollToEnd()
	} else {
		b.of.scrollTo(b.y / span * (all - b.of.room()))
	}
	b.Refresh()
}

// MouseDown is for Fyne: beside the thumb it is a page.
func (b *transcriptBar) MouseDown(e *desktop.MouseEvent) {
	switch y := e.Position.Y; {
	case b.long == 0:
	case y < b.y:
		b.of.scroll(-b.of.room())
	case y > b.y+b.long:
		b.of.scroll(b.of.room())
	default:
		b.held, b.at = true, y-b.y
	}
}

// MouseUp is for Fyne.
func (b *transcriptBar) MouseUp(*desktop.MouseEvent) { b.let() }

// Dragged is for Fyne.
func (b *transcriptBar) Dragged(e *fyne.DragEvent) {
	if b.held {
		b.drag(e.Position.Y - b.at)
	}
}

// DragEnd is for Fyne.
func (b *transcriptBar) DragEnd() { b.let() }

func (b *transcriptBar) let() {
	b.held = false
	b.of.bar.follow()
	b.Refresh()
}

// MouseIn is for Fyne.
func (b *transcriptBar) MouseIn(*desktop.MouseEvent) {
	b.hovered = true
	b.Refresh()
}

// MouseMoved is for Fyne.
func (b *transcriptBar) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for Fyne.
func (b *transcriptBar) MouseOut() {
	b.hovered = false
	b.Refresh()
}

// CreateRenderer is for Fyne.
func (b *transcriptBar) CreateRenderer() fyne.WidgetRenderer {
	thumb := newFill(0)
	return rendered(b, &renderer{
		objects: []fyne.CanvasObject{thumb},
		min:     func() fyne.Size { return fyne.NewSize(barTrack, 0) },
		layout: func(size fyne.Size) {
			wide := float32(4)
			if b.hovered || b.held {
				wide = 8
			}
			thumb.CornerRadius = wide / 2
			place(thumb, size.Width-wide-2, b.y+2, wide, max(0, b.long-4))
		},
		redraw: func() {
			thumb.FillColor = theme.Color(fynetheme.ColorNameScrollBar)
			if b.long == 0 {
				thumb.FillColor = theme.Color(theme.Clear)
			}
		},
	})
}
