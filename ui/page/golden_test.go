package page

import (
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/ui/theme"
	"github.com/callward/callward/ui/widget"
)

// golden compares what build makes, in a window of that size, with testdata/NAME-MODE-SCALEx.png: light and dark, at
// scale 1 and, where it is much of what there is to see, at 2. With CALLWARD_GOLDEN=write it writes them instead.
func golden(t *testing.T, name string, size fyne.Size, build func(w fyne.Window) fyne.CanvasObject) {
	t.Helper()
	scales := []float32{1}
	if twice[name] {
		scales = append(scales, 2)
	}
	for mode, word := range map[theme.Mode]string{theme.Light: "light", theme.Dark: "dark"} {
		app := test.NewTempApp(t)
		app.Settings().SetTheme(theme.New(mode))
		for _, scale := range scales {
			w := test.NewTempWindow(t, widget.NewGround(theme.Background))
			w.SetPadded(false)
			w.Canvas().(test.WindowlessCanvas).SetScale(scale)
			w.Resize(size)
			w.SetContent(container.NewStack(widget.NewGround(theme.Background), build(w)))
			w.Resize(size)
			w.Resize(size)
			match(t, fmt.Sprintf("%s-%s-%gx.png", name, word, scale), w.Canvas().Capture())
		}
	}
}

// twice are those that are looked at in scale 2 as well.
var twice = map[string]bool{
	"calls": true, "calls-details": true, "settings-accounts": true, "settings-account-edit": true, "settings-audio": true,
	"home-narrow": true, "stacked-narrow": true, "failed-narrow": true, "keys-narrow": true, "practice-narrow": true, "ringing": true,
	"voicemails-narrow": true, "voicemail-player-narrow": true, "voicemail-home-narrow": true, "settings-voicemail": true,
}

// match compares a picture with a file of testdata. Few points may differ a little: fonts are drawn a hair otherwise
// from one processor to another.
func match(t *testing.T, name string, got image.Image) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if os.Getenv("CALLWARD_GOLDEN") == "write" {
		write(t, file, got)
		return
	}
	f, err := os.Open(file)
	require.NoError(t, err, "CALLWARD_GOLDEN=write makes it")
	defer f.Close()
	want, err := png.Decode(f)
	require.NoError(t, err)
	require.Equal(t, want.Bounds(), got.Bounds())
	if off := differing(want, got); off > 0.0005 {
		bad := filepath.Join(os.TempDir(), name)
		write(t, bad, got)
		t.Errorf("%.2f %% of %s differ: see %s", 100*off, file, bad)
	}
}

// differing is the part of the points of two pictures of one size that anybody would see to differ.
func differing(a, b image.Image) float64 {
	p, q, off := points(a), points(b), 0
	for i := 0; i < len(p); i += 4 {
		if apart(p[i], q[i]) || apart(p[i+1], q[i+1]) || apart(p[i+2], q[i+2]) {
			off++
		}
	}
	return float64(off) / float64(len(p)/4)
}

func apart(a, b uint8) bool { return max(a, b)-min(a, b) > 24 }

// points are red, green, blue and alpha of all points.
func points(img image.Image) []uint8 {
	flat := image.NewRGBA(img.Bounds())
	draw.Draw(flat, flat.Bounds(), img, img.Bounds().Min, draw.Src)
	return flat.Pix
}

func write(t *testing.T, file string, img image.Image) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
	f, err := os.Create(file)
	require.NoError(t, err)
	defer f.Close()
	require.NoError(t, png.Encode(f, img))
}
