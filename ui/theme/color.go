package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Names of the colours. Those that Fyne has a name for carry it, so that Fyne's own widgets fit in.
const (
	Background    = fynetheme.ColorNameBackground          // behind everything
	Surface       = fynetheme.ColorNameOverlayBackground   // cards, panels, fields, menus
	Hover         = fynetheme.ColorNameHover               // what the pointer is on
	Selected      = fynetheme.ColorNameSelection           // what is chosen, and text that is marked
	Hairline      = fynetheme.ColorNameSeparator           // lines between panels, edges of cards
	FieldBorder   = fynetheme.ColorNameInputBorder         // edges of what can be filled in
	Text          = fynetheme.ColorNameForeground          // text and icons
	Secondary     = fynetheme.ColorNamePlaceHolder         // text and icons that stand back
	Disabled      = fynetheme.ColorNameDisabled            // text and icons of what cannot be used now
	Accent        = fynetheme.ColorNamePrimary             // the one filled button, links, focus
	OnFill        = fynetheme.ColorNameForegroundOnPrimary // text and icons on accent, answer and danger
	Answer        = fynetheme.ColorNameSuccess             // take a call; all is well
	Danger        = fynetheme.ColorNameError               // hang up, delete; errors
	Warning       = fynetheme.ColorNameWarning             // text and icons of a warning
	WarningGround = fyne.ThemeColorName("warningGround")   // behind a warning
	Clear         = fyne.ThemeColorName("clear")           // nothing at all
)

type palette map[fyne.ThemeColorName]color.NRGBA

var light = palette{
	Background:    rgb(0xF6F7F9),
	Surface:       rgb(0xFFFFFF),
	Hover:         rgb(0xECEFF3),
	Selected:      rgb(0xDFF1EE),
	Hairline:      rgb(0xDDE2E8),
	FieldBorder:   rgb(0x7A8794),
	Text:          rgb(0x16202A),
	Secondary:     rgb(0x556270),
	Disabled:      rgb(0x98A3AE),
	Accent:        rgb(0x0B6E66),
	OnFill:        rgb(0xFFFFFF),
	Answer:        rgb(0x17713A),
	Danger:        rgb(0xB3261E),
	Warning:       rgb(0x8A4B00),
	WarningGround: rgb(0xFFF3DC),

	fynetheme.ColorNameShadow:    {A: 0x14},
	fynetheme.ColorNamePressed:   {A: 0x14},
	fynetheme.ColorNameScrollBar: {R: 0x55, G: 0x62, B: 0x70, A: 0x66},
}

var dark = palette{
	Background:    rgb(0x12171C),
	Surface:       rgb(0x1A2128),
	Hover:         rgb(0x232C35),
	Selected:      rgb(0x17393A),
	Hairline:      rgb(0x2E3944),
	FieldBorder:   rgb(0x75838F),
	Text:          rgb(0xE8EDF2),
	Secondary:     rgb(0xA3B0BD),
	Disabled:      rgb(0x5F6C78),
	Accent:        rgb(0x4CC2B5),
	OnFill:        rgb(0x06231F),
	Answer:        rgb(0x5CCB86),
	Danger:        rgb(0xFF8A80),
	Warning:       rgb(0xFFC46B),
	WarningGround: rgb(0x3A2C12),

	fynetheme.ColorNameShadow:    {A: 0x50},
	fynetheme.ColorNamePressed:   {R: 0xFF, G: 0xFF, B: 0xFF, A: 0x14},
	fynetheme.ColorNameScrollBar: {R: 0xA3, G: 0xB0, B: 0xBD, A: 0x66},
}

// alias says which of our colours a part of Fyne's own widgets takes.
var alias = map[fyne.ThemeColorName]fyne.ThemeColorName{
	fynetheme.ColorNameButton:              Hover,
	fynetheme.ColorNameDisabledButton:      Hover,
	fynetheme.ColorNameFocus:               Selected,
	fynetheme.ColorNameForegroundOnError:   OnFill,
	fynetheme.ColorNameForegroundOnSuccess: OnFill,
	fynetheme.ColorNameForegroundOnWarning: OnFill,
	fynetheme.ColorNameHeaderBackground:    Surface,
	fynetheme.ColorNameHyperlink:           Accent,
	fynetheme.ColorNameInputBackground:     Surface,
	fynetheme.ColorNameMenuBackground:      Surface,
}

func (p palette) color(name fyne.ThemeColorName) (color.NRGBA, bool) {
	if ours, ok := alias[name]; ok {
		name = ours
	}
	c, ok := p[name]
	return c, ok
}

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xFF}
}

// Color returns the colour of that name as it is shown now. For Fyne's goroutine.
func Color(name fyne.ThemeColorName) color.Color {
	if name == Clear {
		return color.Transparent
	}
	return fynetheme.Color(name)
}

// Blend returns the colour that lies at part (0 to 1) of the way from one opaque colour to another.
func Blend(from, to color.Color, part float64) color.Color {
	mix := func(a, b uint32) uint8 { return uint8((float64(a)*(1-part) + float64(b)*part) / 0x101) }
	ar, ag, ab, _ := from.RGBA()
	br, bg, bb, _ := to.RGBA()
	return color.NRGBA{R: mix(ar, br), G: mix(ag, bg), B: mix(ab, bb), A: 0xFF}
}
