package widget

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/ui/theme"
)

// bench is a light window of 400 × 400 with one thing in it, as a user has it before him.
type bench struct {
	t *testing.T
	fyne.Window
}

func newBench(t *testing.T, content fyne.CanvasObject) *bench {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	w := test.NewTempWindow(t, content)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(400, 400))
	return &bench{t, w}
}

// keys types keys into what has the focus.
func (b *bench) keys(names ...fyne.KeyName) {
	b.t.Helper()
	for _, name := range names {
		focused := b.Canvas().Focused()
		require.NotNil(b.t, focused, "something has the focus for %s", name)
		focused.TypedKey(&fyne.KeyEvent{Name: name})
	}
}

// typed types text into what has the focus.
func (b *bench) typed(text string) {
	b.t.Helper()
	for _, r := range text {
		require.NotNil(b.t, b.Canvas().Focused())
		b.Canvas().Focused().TypedRune(r)
	}
}

// click clicks at that place of the window.
func (b *bench) click(x, y float32) { test.TapCanvas(b.Canvas(), fyne.NewPos(x, y)) }

// clickSecondary clicks the other button there.
func (b *bench) clickSecondary(o fyne.SecondaryTappable, x, y float32) {
	o.TappedSecondary(&fyne.PointEvent{AbsolutePosition: fyne.NewPos(x, y)})
}

// point moves the pointer there.
func (b *bench) point(x, y float32) { test.MoveMouse(b.Canvas(), fyne.NewPos(x, y)) }

// at returns the colour of the window there.
func (b *bench) at(x, y int) color.NRGBA {
	return color.NRGBAModel.Convert(b.Canvas().Capture().At(x, y)).(color.NRGBA)
}

// has returns whether a pixel of nearly that colour of the theme is in the rectangle: thin strokes are blended.
func (b *bench) has(name fyne.ThemeColorName, x, y, width, height int) bool {
	want := color.NRGBAModel.Convert(theme.Color(name)).(color.NRGBA)
	img := b.Canvas().Capture()
	for py := y; py < y+height; py++ {
		for px := x; px < x+width; px++ {
			got := color.NRGBAModel.Convert(img.At(px, py)).(color.NRGBA)
			if near(got.R, want.R) && near(got.G, want.G) && near(got.B, want.B) {
				return true
			}
		}
	}
	return false
}

func near(a, b uint8) bool { return max(a, b)-min(a, b) <= 24 }

func (b *bench) requireColor(name fyne.ThemeColorName, x, y int) {
	b.t.Helper()
	want := color.NRGBAModel.Convert(theme.Color(name)).(color.NRGBA)
	require.Equal(b.t, want, b.at(x, y), "%s at %d,%d", name, x, y)
}

func primary() *desktop.MouseEvent { return &desktop.MouseEvent{Button: desktop.MouseButtonPrimary} }
