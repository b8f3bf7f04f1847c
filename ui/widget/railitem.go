package widget

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/callward/callward/ui/theme"
)

// RailItem is a place of the left rail: an icon over its name, which may have two lines, with a count of what is new there. For Fyne's goroutine.
type RailItem struct {
	control
	icon     theme.Icon
	text     string
	selected bool
	badge    *Badge
}

// NewRailItem returns one that is not selected and counts nothing.
func NewRailItem(icon theme.Icon, text string, tapped func()) *RailItem {
	r := &RailItem{icon: icon, text: text, badge: NewBadge(0)}
	r.OnTapped = tapped
	r.extend(r)
	return r
}

// SetSelected shows whether the window is at this place.
func (r *RailItem) SetSelected(selected bool) {
	if selected != r.selected {
		r.selected = selected
		r.Refresh()
	}
}

// Count returns how much is new.
func (r *RailItem) Count() int { return r.badge.count }

// SetCount shows how much is new; 0 shows nothing.
func (r *RailItem) SetCount(count int) {
	r.badge.SetCount(count)
	r.Refresh()
}

// railLine is from one line of a name to the next.
const railLine float32 = 14

// CreateRenderer is for Fyne.
func (r *RailItem) CreateRenderer() fyne.WidgetRenderer {
	const height, inset, top = 60, 6, 10
	fill, ring, bar, icon := newFill(theme.Radius), newRing(), newFill(1.5), newIcon()
	line, second := canvas.NewText("", color.Transparent), canvas.NewText("", color.Transparent)
	upper, lower, _ := strings.Cut(r.text, "\n")
	tall := float32(height)
	if lower != "" {
		tall += railLine
	}
	return rendered(r, &renderer{
		objects: []fyne.CanvasObject{fill, ring, bar, icon, line, second, r.badge},
		min:     func() fyne.Size { return fyne.NewSize(theme.RailWidth, tall) },
		layout: func(size fyne.Size) {
			place(fill, inset, 1, size.Width-2*inset, size.Height-2)
			place(ring, inset, 1, size.Width-2*inset, size.Height-2)
			place(bar, 0, size.Height/4, 3, size.Height/2)
			x := middle(size.Width, theme.IconSize)
			place(icon, x, top, theme.IconSize, theme.IconSize)
			place(line, 0, top+theme.IconSize+2, size.Width, line.MinSize().Height)
			place(second, 0, top+theme.IconSize+2+railLine, size.Width, line.MinSize().Height)
			w := r.badge.MinSize().Width
			place(r.badge, min(x+theme.IconSize-5, size.Width-w-2), top-7, w, badgeHeight)
		},
		redraw: func() {
			name := theme.Secondary
			fill.FillColor, bar.FillColor = theme.Color(groundOf(&r.press)), color.Transparent
			if r.selected {
				name = theme.Accent
				fill.FillColor, bar.FillColor = theme.Color(theme.Selected), theme.Color(theme.Accent)
			} else if r.hovered {
				name = theme.Text
			}
			for text, on := range map[string]*canvas.Text{upper: line, lower: second} {
				on.Text, on.TextSize, on.Alignment = text, theme.SmallSize, fyne.TextAlignCenter
				on.TextStyle.Bold, on.Color = r.selected, theme.Color(name)
			}
			setIcon(icon, r.icon, name)
			showRing(ring, r.focused)
		},
	})
}
