package widget

import (
	"image"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/ui/theme"
)

// speech is how loud somebody is who talks, in that many bars.
func speech(bars int) []byte {
	wave := make([]byte, bars)
	for i := range wave {
		wave[i] = byte(120 + 100*math.Sin(float64(i)/3)*math.Sin(float64(i)/17))
	}
	return wave
}

func TestWaveformSeeks(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	at := -1.0
	w := NewWaveform(func(to float64) { at = to })
	w.Set(speech(240), 0)
	win := test.NewTempWindow(t, w)
	win.SetPadded(false)
	win.Resize(fyne.NewSize(400, waveHeight))
	w.Tapped(&fyne.PointEvent{Position: fyne.NewPos(100, 20)})
	require.InDelta(t, 0.25, at, 0.001)
}

func TestWaveformShowsWhatWasHeard(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	w := NewWaveform(nil)
	w.raster.Resize(fyne.NewSize(400, 64))
	w.Set(speech(240), 0.5)
	img := w.draw(400, 64)
	require.Equal(t, solid(theme.Color(theme.Accent)), solid(img.At(0, 32)))
	require.Equal(t, solid(theme.Color(theme.FieldBorder)), solid(img.At(396, 32)))
	require.Same(t, img.(*image.RGBA), w.draw(400, 64).(*image.RGBA), "it is kept")
	w.Set(w.wave, 1)
	require.Equal(t, solid(theme.Color(theme.Accent)), solid(w.draw(400, 64).At(396, 32)))
}

// BenchmarkWaveform draws a message of any length: it has 240 bars at most.
func BenchmarkWaveform(b *testing.B) {
	test.NewTempApp(b).Settings().SetTheme(theme.New(theme.Light))
	w := NewWaveform(nil)
	w.raster.Resize(fyne.NewSize(1000, 64))
	for b.Loop() {
		w.Set(speech(240), 0.5)
		w.draw(2000, 128)
	}
}
