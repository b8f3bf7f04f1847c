package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"github.com/callward/callward/ui/theme"
)

// Tone says what a Banner is about.
type Tone int

// The tones of banners.
const (
	Info    Tone = iota // good to know
	Caution             // something is not as it should be
	Trouble             // something does not work
)

func (t Tone) look() (icon theme.Icon, text, ground fyne.ThemeColorName) {
	switch t {
	case Caution:
		return theme.IconWarning, theme.Warning, theme.WarningGround
	case Trouble:
		return theme.IconWarning, theme.Danger, theme.Surface
	default:
		return theme.IconInfo, theme.Accent, theme.Selected
	}
}

// Banner is a sentence across a page with, at its right, what can be done about it. For Fyne's goroutine.
type Banner struct {
	widget.BaseWidget
	tone    Tone
	icon    *Icon
	text    *Paragraph
	actions *fyne.Container
	// OnClose, where set before the banner is shown, puts a close button at its right.
	OnClose func()
}

// NewBanner returns a banner with buttons that may be none; they are best of the kind Plain.
func NewBanner(tone Tone, text string, actions ...*Button) *Banner {
	icon, name, _ := tone.look()
	b := &Banner{
		tone:    tone,
		icon:    NewIcon(icon, name, theme.IconSize),
		text:    NewParagraph(text, Body),
		actions: container.New(layout.NewCustomPaddedHBoxLayout(0)),
	}
	for _, a := range actions {
		b.actions.Add(a)
	}
	b.ExtendBaseWidget(b)
	return b
}

// Set shows another sentence in another tone.
func (b *Banner) Set(tone Tone, text string) {
	b.tone = tone
	icon, name, _ := tone.look()
	b.icon.Set(icon, name)
	b.text.SetText(text)
	b.Refresh()
}

// CreateRenderer is for Fyne.
func (b *Banner) CreateRenderer() fyne.WidgetRenderer {
	const pad, least = 1.5 * theme.Grid, 44
	ground := newFill(theme.Radius)
	if b.OnClose != nil {
		b.actions.Add(NewIconButton(theme.IconClose, "", func() { b.OnClose() }))
	}
	return rendered(b, &renderer{
		objects: []fyne.CanvasObject{ground, b.icon, b.text, b.actions},
		min: func() fyne.Size {
			inner := max(b.text.MinSize().Height+2*theme.Grid, b.actions.MinSize().Height+theme.Grid)
			return fyne.NewSize(160+b.actions.MinSize().Width, max(least, inner))
		},
		layout: func(size fyne.Size) {
			ground.Resize(size)
			left, acts := 2*pad+theme.IconSize, b.actions.MinSize()
			place(b.icon, pad, middle(size.Height, theme.IconSize), theme.IconSize, theme.IconSize)
			right := size.Width - acts.Width - theme.Grid/2
			place(b.actions, right, middle(size.Height, acts.Height), acts.Width, acts.Height)
			b.text.Resize(fyne.NewSize(right-left-theme.Grid, b.text.Size().Height))
			h := b.text.MinSize().Height
			place(b.text, left, middle(size.Height, h), right-left-theme.Grid, h)
		},
		redraw: func() {
			_, name, fill := b.tone.look()
			ground.FillColor, ground.StrokeColor, ground.StrokeWidth = theme.Color(fill), nil, 0
			if b.tone == Trouble {
				ground.StrokeColor, ground.StrokeWidth = theme.Color(theme.Danger), 1
			}
			if b.tone == Info {
				name = theme.Text
			}
			b.text.SetColor(name)
		},
	})
}
