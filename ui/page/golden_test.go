package page

import (
	"fmt"
	"image"
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

// golden compares what build makes, in a window of that size, with testdata/NAME-MODE-SCALEx.png: light and dark,
// at scales 1 and 2. With CALLWARD_GOLDEN=write it writes them instead.
func golden(t *testing.T, name string, size fyne.Size, build func(w fyne.Window) fyne.CanvasObject) {
	t.Helper()
	for mode, word := range map[theme.Mode]string{theme.Light: "light", theme.Dark: "dark"} {
		app := test.NewTempApp(t)
		app.Settings().SetTheme(theme.New(mode))
		for _, scale := range []float32{1, 2} {
			w := test.NewTempWindow(t, widget.NewGround(theme.Background))
			w.SetPadded(false)
			w.Canvas().(test.WindowlessCanvas).SetScale(scale)
			w.Resize(size)
			w.SetContent(container.NewStack(widget.NewGround(theme.Background), build(w)))
			w.Resize(size)
			w.Canvas().Capture() // what wraps has its height after this
			w.Resize(size)
			match(t, fmt.Sprintf("%s-%s-%gx.png", name, word, scale), w.Canvas().Capture())
		}
	}
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
	bounds, off := a.Bounds(), 0
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			ar, ag, ab, _ := a.At(x, y).RGBA()
			br, bg, bb, _ := b.At(x, y).RGBA()
			if apart(ar, br) || apart(ag, bg) || apart(ab, bb) {
				off++
			}
		}
	}
	return float64(off) / float64(bounds.Dx()*bounds.Dy())
}

func apart(a, b uint32) bool { return max(a, b)-min(a, b) > 0x1800 }

func write(t *testing.T, file string, img image.Image) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
	f, err := os.Create(file)
	require.NoError(t, err)
	defer f.Close()
	require.NoError(t, png.Encode(f, img))
}
