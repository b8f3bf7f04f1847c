package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/callward/callward/ui/theme"
)

// Segmented is a choice of one among a few words in a line: All, Missed. It takes the focus as one; Left and
// Right choose. For Fyne's goroutine.
type Segmented struct {
	widget.BaseWidget
	// OnChanged is called with the index that the user has chosen.
	OnChanged func(i int)

	parts    []*segment
	selected int
	focused  bool
}

// NewSegmented returns a choice among the words; the first is chosen.
func NewSegmented(words []string, onChanged func(i int)) *Segmented {
	s := &Segmented{OnChanged: onChanged}
	for i, word := range words {
		s.parts = append(s.parts, newSegment(s, i, word))
	}
	s.ExtendBaseWidget(s)
	return s
}

// Selected returns the index that is chosen.
func (s *Segmented) Selected() int { return s.selected }

// SetSelected chooses, without telling OnChanged.
func (s *Segmented) SetSelected(i int) {
	if i != s.selected {
		s.selected = i
		s.Refresh()
	}
}

// SetText puts another word in the place of one.
func (s *Segmented) SetText(i int, word string) {
	s.parts[i].text = word
	s.Refresh()
}

func (s *Segmented) choose(i int) {
	if i < 0 || i >= len(s.parts) || i == s.selected {
		return
	}
	s.SetSelected(i)
	if s.OnChanged != nil {
		s.OnChanged(i)
	}
}

// FocusGained is for Fyne.
func (s *Segmented) FocusGained() { s.setFocused(true) }

// FocusLost is for Fyne.
func (s *Segmented) FocusLost() { s.setFocused(false) }

func (s *Segmented) setFocused(on bool) {
	s.focused = on
	s.Refresh()
}

// TypedRune is for Fyne.
func (s *Segmented) TypedRune(r rune) { passRune(s, r) }

// TypedKey is for Fyne.
func (s *Segmented) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		s.choose(s.selected - 1)
	case fyne.KeyRight:
		s.choose(s.selected + 1)
	}
}

// CreateRenderer is for Fyne.
func (s *Segmented) CreateRenderer() fyne.WidgetRenderer {
	const inset = 2
	ground, ring := newFill(theme.Radius), newRing()
	objects := []fyne.CanvasObject{ground}
	for _, part := range s.parts {
		objects = append(objects, part)
	}
	return rendered(s, &renderer{
		objects: append(objects, ring),
		min: func() fyne.Size {
			w := float32(2 * inset)
			for _, part := range s.parts {
				w += part.MinSize().Width
			}
			return fyne.NewSize(w, theme.ButtonHeight)
		},
		layout: func(size fyne.Size) {
			x := float32(inset)
			for _, part := range s.parts {
				w := part.MinSize().Width
				place(part, x, inset, w, size.Height-2*inset)
				x += w
			}
			ground.Resize(fyne.NewSize(x+inset, size.Height))
			ring.Resize(ground.Size())
		},
		redraw: func() {
			ground.FillColor, ground.StrokeColor, ground.StrokeWidth = theme.Color(theme.Surface), theme.Color(theme.Hairline), 1
			showRing(ring, s.focused)
		},
	})
}
