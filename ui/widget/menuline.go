package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/callward/callward/ui/theme"
)

// menuLine is a MenuItem as it is shown.
type menuLine struct {
	press
	of   *menu
	i    int
	item MenuItem
}

// MouseIn is for Fyne: pointer and keys share one mark.
func (l *menuLine) MouseIn(e *desktop.MouseEvent) {
	l.press.MouseIn(e)
	if l.item.Text != "" && !l.item.Disabled {
		l.of.mark(l.i)
	}
}

func (l *menuLine) colors() (icon, text fyne.ThemeColorName) {
	switch {
	case l.item.Disabled:
		return theme.Disabled, theme.Disabled
	case l.item.Danger:
		return theme.Danger, theme.Danger
	case l.item.Checked:
		return theme.Accent, theme.Text
	default:
		return theme.Secondary, theme.Text
	}
}

// CreateRenderer is for Fyne.
func (l *menuLine) CreateRenderer() fyne.WidgetRenderer {
	const height, rule = 36, 9
	fill, icon, line, hair := newFill(6), newIcon(), canvas.NewText("", color.Transparent), newFill(0)
	shown := l.item.Icon
	if l.item.Checked {
		shown = theme.IconCheck
	}
	left := float32(rowPad)
	for _, other := range l.of.lines { // all texts begin at one place
		if other.item.Icon != "" || other.item.Checked {
			left = rowPad + theme.IconSize + theme.Grid
		}
	}
	return rendered(l, &renderer{
		objects: []fyne.CanvasObject{fill, hair, icon, line},
		min: func() fyne.Size {
			if l.item.Text == "" {
				return fyne.NewSize(0, rule)
			}
			return fyne.NewSize(left+line.MinSize().Width+2*rowPad, height)
		},
		layout: func(size fyne.Size) {
			fill.Resize(size)
			place(hair, 0, middle(size.Height, 1), size.Width, 1)
			place(icon, rowPad, middle(size.Height, theme.IconSize), theme.IconSize, theme.IconSize)
			h := line.MinSize().Height
			place(line, left, middle(size.Height, h), size.Width-left, h)
		},
		redraw: func() {
			name, text := l.colors()
			fill.FillColor, hair.FillColor = color.Transparent, color.Transparent
			if l.of.current == l.i {
				fill.FillColor = theme.Color(theme.Hover)
			}
			if l.item.Text == "" {
				hair.FillColor = theme.Color(theme.Hairline)
			}
			line.Text, line.TextSize, line.Color = l.item.Text, theme.TextSize, theme.Color(text)
			setIcon(icon, shown, name)
		},
	})
}
