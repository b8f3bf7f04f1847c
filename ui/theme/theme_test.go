package theme

import (
	"bytes"
	"image/color"
	"image/png"
	"io/fs"
	"math"
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/assets"
)

// contrast is the ratio that WCAG 2.2 defines, 1 to 21.
func contrast(a, b color.NRGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c color.NRGBA) float64 {
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

func TestContrast(t *testing.T) {
	grounds := []fyne.ThemeColorName{Background, Surface, Hover, Selected}
	for name, p := range map[string]palette{"light": light, "dark": dark} {
		least := func(want float64, front fyne.ThemeColorName, behind ...fyne.ThemeColorName) {
			for _, ground := range behind {
				require.GreaterOrEqual(t, contrast(p[front], p[ground]), want, "%s: %s on %s", name, front, ground)
			}
		}
		least(4.5, Text, grounds...)
		least(4.5, Secondary, grounds...)
		least(4.5, Accent, grounds...)
		least(4.5, Danger, Background, Surface, Hover)
		least(4.5, Answer, Background, Surface, Hover)
		least(4.5, Warning, Background, Surface, Hover, WarningGround)
		least(4.5, OnFill, Accent, Answer, Danger)
		least(3, FieldBorder, Background, Surface)
	}
}

func TestContrastOfKnownPairs(t *testing.T) {
	black, white := rgb(0), rgb(0xFFFFFF)
	require.InDelta(t, 21, contrast(black, white), 0.001)
	require.InDelta(t, 1, contrast(white, white), 0.001)
	require.InDelta(t, 4.54, contrast(rgb(0x767676), white), 0.01)
}

func TestPalettesNameTheSameColors(t *testing.T) {
	for name := range light {
		require.Contains(t, dark, name)
	}
	require.Len(t, dark, len(light))
}

func TestMode(t *testing.T) {
	for _, tc := range []struct {
		mode    Mode
		desktop fyne.ThemeVariant
		want    palette
	}{
		{System, fynetheme.VariantLight, light},
		{System, fynetheme.VariantDark, dark},
		{Light, fynetheme.VariantDark, light},
		{Dark, fynetheme.VariantLight, dark},
	} {
		require.Equal(t, color.Color(tc.want[Surface]), New(tc.mode).Color(Surface, tc.desktop))
		require.Equal(t, color.Color(tc.want[Accent]), New(tc.mode).Color(fynetheme.ColorNameHyperlink, tc.desktop))
	}
	require.Equal(t, color.Transparent, New(Light).Color(Clear, fynetheme.VariantLight))
}

func TestSizes(t *testing.T) {
	th := New(System)
	require.EqualValues(t, 14, th.Size(fynetheme.SizeNameText))
	require.EqualValues(t, 12, th.Size(fynetheme.SizeNameCaptionText))
	require.EqualValues(t, 22, th.Size(fynetheme.SizeNameHeadingText))
	require.EqualValues(t, 1, th.Size(fynetheme.SizeNameSeparatorThickness), "what is not ours is Fyne's")
}

// Timers and columns of figures stand still because all figures have one width; the font must keep that.
func TestFiguresAreTabular(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(New(Light))
	for _, size := range []float32{SmallSize, TextSize, TitleSize} {
		for _, style := range []fyne.TextStyle{{}, {Bold: true}} {
			want := fyne.MeasureText("00:00:00", size, style).Width
			for _, figures := range []string{"11:11:11", "14:57:39", "88:26:41"} {
				require.InDelta(t, want, fyne.MeasureText(figures, size, style).Width, 0.01, "%s at %g", figures, size)
			}
		}
	}
}

func TestIcons(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(New(Light))
	files, err := fs.Glob(assets.Icons, "icon/*.svg")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		name := strings.TrimSuffix(strings.TrimPrefix(file, "icon/"), ".svg")
		img := &canvas.Image{}
		img.Resize(fyne.NewSquareSize(IconSize))
		Icon(name).Show(img, Accent)
		require.NotContains(t, string(img.Resource.Content()), "currentColor")
		require.NotNil(t, img.Image, "%s is drawn", name)
		require.True(t, inked(img), "%s is not empty", name)
	}
	for _, icon := range fyneIcons {
		require.Contains(t, files, "icon/"+string(icon)+".svg")
	}
}

func TestTheAppIconIsItsDrawing(t *testing.T) {
	test.NewTempApp(t)
	c := software.NewTransparentCanvas()
	c.SetPadded(false)
	c.SetContent(canvas.NewImageFromResource(fyne.NewStaticResource("callward.svg", AppDrawing())))
	c.Resize(fyne.NewSquareSize(128))
	drawn := c.Capture()
	if os.Getenv("CALLWARD_GOLDEN") == "write" {
		var file bytes.Buffer
		require.NoError(t, png.Encode(&file, drawn))
		require.NoError(t, os.WriteFile("../../assets/icon/callward.png", file.Bytes(), 0o600))
		return
	}
	kept, err := png.Decode(bytes.NewReader(AppIcon().Content()))
	require.NoError(t, err)
	require.Equal(t, drawn.Bounds(), kept.Bounds())
	for y := range 128 {
		for x := range 128 {
			r, g, b, a := drawn.At(x, y).RGBA()
			kr, kg, kb, ka := kept.At(x, y).RGBA()
			for i, want := range []uint32{r, g, b, a} {
				require.InDelta(t, want, []uint32{kr, kg, kb, ka}[i], 0x300, "%d, %d", x, y)
			}
		}
	}
}

func inked(img *canvas.Image) bool {
	b := img.Image.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if _, _, _, a := img.Image.At(x, y).RGBA(); a > 0 {
				return true
			}
		}
	}
	return false
}

func TestIconFollowsTheTheme(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(New(Light))
	icon := IconPhone.In(Accent)
	name := icon.Name()
	require.Contains(t, string(icon.Content()), "#0b6e66")
	app.Settings().SetTheme(New(Dark))
	require.Contains(t, string(icon.Content()), "#4cc2b5")
	require.NotEqual(t, name, icon.Name(), "Fyne keeps drawings by name")
}
