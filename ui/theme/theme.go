// Package theme is how Callward looks: colours, sizes, type and icons, light and dark.
package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Mode says whether the window is light or dark.
type Mode int

// The modes that a user can choose.
const (
	System Mode = iota // as the desktop is
	Light
	Dark
)

// Theme is Callward's fyne.Theme. It never changes; any goroutine may read it.
type Theme struct{ mode Mode }

var _ fyne.Theme = (*Theme)(nil)

// New returns the theme of the mode, to be given to fyne.Settings.SetTheme.
func New(mode Mode) *Theme { return &Theme{mode: mode} }

// Color returns the colour of the name. The variant, the desktop's wish, counts in the mode [System] alone.
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	p := light
	if t.mode == Dark || t.mode == System && variant == fynetheme.VariantDark {
		p = dark
	}
	if c, ok := p.color(name); ok {
		return c
	}
	return color.Transparent
}

// Font returns Fyne's own fonts: Noto Sans, whose figures are all of one width.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource { return fynetheme.DefaultTheme().Font(style) }

// Icon returns what Fyne's own widgets draw.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	if icon, ok := fyneIcons[name]; ok {
		return icon.In(Text)
	}
	return fynetheme.DefaultTheme().Icon(name)
}

// Size returns the size of the name, in dp.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	if size, ok := sizes[name]; ok {
		return size
	}
	return fynetheme.DefaultTheme().Size(name)
}
