package widget

import (
	"image"
	"image/color"
	"image/draw"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/callward/callward/ui/theme"
)

// Waveform shows how loud a sound is from its begin to its end, and how much of it was heard; a click goes to a place.
// It is drawn once for what it shows, and kept. For Fyne's goroutine.
type Waveform struct {
	control
	// OnSeek is called with the place that was clicked, from 0 to 1.
	OnSeek func(at float64)
	// OnKey, where set, sees each key first; what it reports as done goes no further.
	OnKey func(key fyne.KeyName) (done bool)

	wave   []byte
	heard  float64
	raster *canvas.Raster
	kept   *image.RGBA // what was drawn last
	key    waveKey     // what it was drawn of
	turn   int         // counts the waves
}

// waveKey is all that a drawing depends on.
type waveKey struct {
	turn, heard, width, height int
	ahead, behind              color.NRGBA
}

const (
	waveHeight float32 = 64
	waveBar    float32 = 2 // of a bar
	waveStep   float32 = 4 // from one bar to the next
)

// NewWaveform returns one of silence.
func NewWaveform(onSeek func(at float64)) *Waveform {
	w := &Waveform{OnSeek: onSeek}
	w.raster = canvas.NewRaster(w.draw)
	w.extend(w)
	return w
}

// Set shows how loud a sound is, in bars that last equally long, from 0 to 255, and which part was heard, from 0 to 1.
// The bars are not to be changed afterwards.
func (w *Waveform) Set(wave []byte, heard float64) {
	heard = max(0, min(1, heard))
	same := len(wave) == len(w.wave) && (len(wave) == 0 || &wave[0] == &w.wave[0])
	if same && heard == w.heard {
		return
	}
	if !same {
		w.wave = wave
		w.turn++
	}
	w.heard = heard
	w.Refresh()
}

// Heard returns which part was heard, from 0 to 1.
func (w *Waveform) Heard() float64 { return w.heard }

// draw returns the picture in points of the screen.
func (w *Waveform) draw(width, height int) image.Image {
	scale := float32(1)
	if size := w.raster.Size(); size.Width > 0 {
		scale = float32(width) / size.Width
	}
	step, bar := max(2, int(waveStep*scale+0.5)), max(1, int(waveBar*scale+0.5))
	bars := max(1, width/step)
	key := waveKey{
		turn: w.turn, heard: int(w.heard * float64(bars)), width: width, height: height,
		ahead: solid(theme.Color(theme.FieldBorder)), behind: solid(theme.Color(theme.Accent)),
	}
	if w.kept != nil && key == w.key {
		return w.kept
	}
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	ahead, behind := image.NewUniform(key.ahead), image.NewUniform(key.behind)
	for i := range bars {
		ink := ahead
		if i < key.heard {
			ink = behind
		}
		high := max(bar, int(w.loudest(i, bars))*height/255)
		draw.Draw(img, image.Rect(i*step, (height-high)/2, i*step+bar, (height+high)/2), ink, image.Point{}, draw.Src)
	}
	w.kept, w.key = img, key
	return img
}

// loudest is how loud the sound is where bar i of all is drawn.
func (w *Waveform) loudest(i, bars int) byte {
	n := len(w.wave)
	if n == 0 {
		return 0
	}
	from := i * n / bars
	top := byte(0)
	for _, v := range w.wave[from:max(from+1, (i+1)*n/bars)] {
		top = max(top, v)
	}
	return top
}

func solid(c color.Color) color.NRGBA { return color.NRGBAModel.Convert(c).(color.NRGBA) }

// Tapped is for Fyne.
func (w *Waveform) Tapped(e *fyne.PointEvent) {
	hideTip()
	if width := w.Size().Width; w.OnSeek != nil && width > 0 && !w.Disabled() {
		w.OnSeek(float64(max(0, min(1, e.Position.X/width))))
	}
}

// TypedKey is for Fyne.
func (w *Waveform) TypedKey(e *fyne.KeyEvent) {
	if w.OnKey == nil || !w.OnKey(e.Name) {
		w.control.TypedKey(e)
	}
}

// CreateRenderer is for Fyne.
func (w *Waveform) CreateRenderer() fyne.WidgetRenderer {
	ring := newRing()
	return rendered(w, &renderer{
		objects: []fyne.CanvasObject{w.raster, ring},
		min:     func() fyne.Size { return fyne.NewSize(160, waveHeight) },
		layout: func(size fyne.Size) {
			place(w.raster, 0, 0, size.Width, size.Height)
			place(ring, -4, -4, size.Width+8, size.Height+8)
		},
		redraw: func() {
			showRing(ring, w.focused)
			w.raster.Refresh()
		},
	})
}
