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

// Banner is a sentence across a page with, at its right or under it, what can be done about it. For Fyne's goroutine.
type Banner struct {
	widget.BaseWidget
	tone    Tone
	icon    *Icon
	text    *Paragraph
	actions *fyne.Container
	closer  *IconButton
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

// SetIcon shows another icon than that of the tone, until Set.
func (b *Banner) SetIcon(icon theme.Icon) {
	_, name, _ := b.tone.look()
	b.icon.Set(icon, name)
}

const (
	bannerPad  = 1.5 * theme.Grid
	bannerText = 2*bannerPad + theme.IconSize // where the text begins
	// readable is the least part of the width that a text has beside buttons: where there is less, they are under it.
	readable = 0.6
)

// under tells whether the buttons are under the text. They are not while the width is not known.
func (b *Banner) under(width float32) bool {
	acts := b.actions.MinSize().Width
	return acts > 0 && width-bannerText-acts < readable*width && width > 0
}

func (b *Banner) min() fyne.Size {
	const least = 44
	text, acts := b.text.MinSize(), b.actions.MinSize()
	if b.under(b.Size().Width) {
		return fyne.NewSize(acts.Width+2*bannerPad, text.Height+acts.Height+2.5*theme.Grid)
	}
	return fyne.NewSize(160+acts.Width, max(least, text.Height+2*theme.Grid, acts.Height+theme.Grid))
}

func (b *Banner) place(size fyne.Size) {
	acts := b.actions.MinSize()
	right := size.Width - acts.Width - theme.Grid/2
	width, room := right-bannerText-theme.Grid, size.Height
	if b.under(size.Width) {
		width, room = size.Width-bannerText-bannerPad, size.Height-acts.Height
		place(b.actions, right, room-theme.Grid/2, acts.Width, acts.Height)
	} else {
		place(b.actions, right, middle(size.Height, acts.Height), acts.Width, acts.Height)
	}
	place(b.icon, bannerPad, middle(room, theme.IconSize), theme.IconSize, theme.IconSize)
	b.text.Resize(fyne.NewSize(width, b.text.Size().Height))
	h := b.text.MinSize().Height
	place(b.text, bannerText, middle(room, h), width, h)
}

// CreateRenderer is for Fyne.
func (b *Banner) CreateRenderer() fyne.WidgetRenderer {
	ground := newFill(theme.Radius)
	if b.OnClose != nil && b.closer == nil { // Fyne makes a renderer anew for what was not seen for a while
		b.closer = NewIconButton(theme.IconClose, "", func() { b.OnClose() })
		b.actions.Add(b.closer)
	}
	return rendered(b, &renderer{
		objects: []fyne.CanvasObject{ground, b.icon, b.text, b.actions},
		min:     b.min,
		layout: func(size fyne.Size) {
			ground.Resize(size)
			b.place(size)
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
