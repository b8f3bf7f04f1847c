package mixer

import (
	"math"
	"sync"
)

// filter is the part of a Resampler that only depends on the rates: immutable,
// shared by all goroutines.
type filter struct {
	// up and down are the rates in lowest terms: up output samples for down input samples.
	up, down int
	// taps is the length of each phase, a multiple of four.
	taps int
	// phases holds for each of the up positions between two input samples the
	// weights of the taps newest of them, oldest first.
	phases [][]float32
}

// The low-pass of every filter, in terms of the lower of its two rates: what lies
// above stop is gone, and the cut-off (-6 dB) is where the transition of a Kaiser
// window of span samples just ends at stop.
const (
	stop        = 0.5
	attenuation = 64.0 // dB; rounding to 16 bits and the cut of the window take some
	span        = 44.0
)

// filters keeps those made, by their rates: there are few, and all calls share them.
var filters sync.Map // [2]int → *filter

// filterFor returns the filter between two rates.
func filterFor(from, to int) *filter {
	d := gcd(from, to)
	key := [2]int{from / d, to / d}
	if f, ok := filters.Load(key); ok {
		return f.(*filter)
	}
	f, _ := filters.LoadOrStore(key, design(from/d, to/d))
	return f.(*filter)
}

// design makes the filter for down input samples to up output samples.
func design(down, up int) *filter {
	f := &filter{up: up, down: down}
	// The filter runs at up times the input rate, which is wide times the lower rate.
	wide := float64(max(up, down))
	f.taps = (int(math.Ceil(span*wide/float64(up))) + 3) / 4 * 4
	n := f.taps * up // the length of the whole filter, at up times the input rate

	transition := (attenuation - 8) / (2.285 * 2 * math.Pi * float64(n) / wide) // Kaiser's estimate
	cut := (stop - transition/2) / wide                                         // in cycles per sample
	beta := 0.1102 * (attenuation - 8.7)

	f.phases = make([][]float32, up)
	for p := range f.phases {
		f.phases[p] = make([]float32, f.taps)
		var sum float64
		weights := make([]float64, f.taps)
		for k := range weights {
			i := p + k*up // k inputs back from the newest
			weights[f.taps-1-k] = sinc(cut, i, n) * kaiser(beta, i, n)
			sum += weights[f.taps-1-k]
		}
		for k, w := range weights {
			f.phases[p][k] = float32(w / sum) // unity for a constant in each phase: no hum of the phases
		}
	}
	return f
}

// sinc is sample i of n of the impulse response of an ideal low-pass.
func sinc(cut float64, i, n int) float64 {
	x := 2 * cut * (float64(i) - float64(n-1)/2)
	if x == 0 {
		return 1
	}
	return math.Sin(math.Pi*x) / (math.Pi * x)
}

// kaiser is sample i of n of the Kaiser window.
func kaiser(beta float64, i, n int) float64 {
	x := 2*float64(i)/float64(n-1) - 1
	return bessel(beta*math.Sqrt(max(0, 1-x*x))) / bessel(beta)
}

// bessel is the modified Bessel function of the first kind and order zero.
func bessel(x float64) float64 {
	sum, term := 1.0, 1.0
	for k := 1.0; term > sum*1e-12; k++ {
		term *= x / 2 / k
		term *= x / 2 / k
		sum += term
	}
	return sum
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
