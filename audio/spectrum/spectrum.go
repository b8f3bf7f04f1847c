// Package spectrum says what is heard in samples: how loud they are and which
// tones they hold. Tests and labs judge with it what came through a call. Its
// functions are pure.
package spectrum

import (
	"math"
	"math/bits"
	"math/cmplx"

	"github.com/callward/callward/audio"
)

// Silence is the level in dBov of a frame with no sound at all: what a single
// step of 16 bits would have, and a little less.
const Silence = -100.0

// fullScale is the amplitude that stands for overload, 0 dBov as RMS.
const fullScale = 32768.0

// Power returns the mean power of f, in squared samples. It is 0 for an empty
// frame.
func Power(f audio.Frame) float64 {
	if len(f) == 0 {
		return 0
	}
	var sum float64
	for _, sample := range f {
		sum += float64(sample) * float64(sample)
	}
	return sum / float64(len(f))
}

// RMS returns the level of f in dBov, from Silence to 0: a sine wave at full
// scale has -3.01 (RFC 6464, section 3, calls a full-scale square wave 0).
func RMS(f audio.Frame) float64 {
	power := Power(f)
	if power == 0 {
		return Silence
	}
	return max(Silence, 10*math.Log10(power/(fullScale*fullScale)))
}

// Goertzel returns the power of the sine wave of hz in f, in the unit of
// Power, so that their quotient is the share of that tone in the sound: 1 for
// a pure tone. rate is in samples per second; hz may be any frequency above 0
// and below half the rate, not only a multiple of the frame's own resolution.
func Goertzel(f audio.Frame, rate int, hz float64) float64 {
	if len(f) == 0 {
		return 0
	}
	// The recurrence gives the projections on a cosine and a sine. The two
	// overlap when the frame holds no whole number of half periods, hence the
	// least-squares fit instead of the plain magnitude.
	w := 2 * math.Pi * hz / float64(rate)
	var c, s float64
	cosw, sinw := math.Cos(w), math.Sin(w)
	re, im := 1.0, 0.0
	for _, sample := range f {
		c += float64(sample) * re
		s += float64(sample) * im
		re, im = re*cosw-im*sinw, re*sinw+im*cosw
	}
	cc, ss, cs := overlaps(len(f), w)
	det := cc*ss - cs*cs
	if det <= 1e-9*float64(len(f)) {
		return 0
	}
	a := (c*ss - s*cs) / det
	b := (s*cc - c*cs) / det
	return max(0, (a*c+b*s)/float64(len(f)))
}

// overlaps returns the sums of cos², sin² and cos·sin of w·i for i below n.
func overlaps(n int, w float64) (cc, ss, cs float64) {
	// The sums of cos 2wi and sin 2wi have the closed form of Dirichlet's
	// kernel; where sin w vanishes every term is the first.
	count := float64(n)
	sumCos, sumSin := count, 0.0
	if d := math.Sin(w); math.Abs(d) > 1e-12 {
		k := math.Sin(count*w) / d
		sumCos, sumSin = k*math.Cos((count-1)*w), k*math.Sin((count-1)*w)
	}
	return (count + sumCos) / 2, (count - sumCos) / 2, sumSin / 2
}

// Dominant returns the frequency in Hz of the strongest tone in f, to about a
// tenth of the frame's resolution (5 Hz for 20 ms, 0.1 Hz for a second), and
// 0 for silence.
func Dominant(f audio.Frame, rate int) float64 {
	if Power(f) == 0 {
		return 0
	}
	// Zeros behind the frame put two bins at least into its resolution.
	bins := make([]complex128, 2<<bits.Len(uint(len(f))))
	for i, sample := range f {
		bins[i] = complex(float64(sample), 0)
	}
	transform(bins)
	highest := 1
	for i := 2; i < len(bins)/2; i++ {
		if cmplx.Abs(bins[i]) > cmplx.Abs(bins[highest]) {
			highest = i
		}
	}
	width := float64(rate) / float64(len(bins))
	best := float64(highest) * width
	for bestPower := Goertzel(f, rate, best); width > float64(rate)/float64(len(f))/20; {
		width /= 2
		for _, hz := range []float64{best - width, best + width} {
			if p := Goertzel(f, rate, hz); p > bestPower {
				best, bestPower = hz, p
			}
		}
	}
	return best
}

// transform is the discrete Fourier transform, in place. The length of x is a
// power of two.
func transform(x []complex128) {
	n := len(x)
	if n < 2 {
		return
	}
	even, odd := make([]complex128, n/2), make([]complex128, n/2)
	for i := range even {
		even[i], odd[i] = x[2*i], x[2*i+1]
	}
	transform(even)
	transform(odd)
	for i := range even {
		turned := odd[i] * cmplx.Rect(1, -2*math.Pi*float64(i)/float64(n))
		x[i], x[i+n/2] = even[i]+turned, even[i]-turned
	}
}

// LargestStep returns the largest difference between neighbouring samples of
// f: a click shows as a step that the sound itself has no reason for.
func LargestStep(f audio.Frame) int {
	largest := 0
	for i := 1; i < len(f); i++ {
		largest = max(largest, abs(int(f[i])-int(f[i-1])))
	}
	return largest
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
