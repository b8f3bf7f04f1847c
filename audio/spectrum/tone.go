package spectrum

import (
	"math"

	"github.com/callward/callward/audio"
)

// Tone returns a frame of n samples of a sine wave of hz at rate, with the
// given amplitude (32767 is full scale), beginning at sample number from of
// the wave, so that frames can follow each other without a seam.
func Tone(n, rate int, hz, amplitude float64, from int) audio.Frame {
	f := make(audio.Frame, n)
	for i := range f {
		f[i] = int16(math.Round(amplitude * math.Sin(2*math.Pi*hz*float64(from+i)/float64(rate))))
	}
	return f
}
