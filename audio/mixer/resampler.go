package mixer

import "github.com/callward/callward/audio"

// Resampler turns sound of one rate into sound of another: a windowed-sinc
// filter, cut into one short filter per position of an output sample between two
// input samples (polyphase). What lies above half the lower of the two rates,
// alias or image, is at least 60 dB down; below 0.425 of the lower rate, 3.4 kHz
// at 8 kHz, the response is flat within 1 dB. Sound comes out less than 3 ms later
// than it went in, the same at all frequencies.
//
// It is owned by the goroutine that feeds it. It keeps what it needs of the sound
// so far, so that runs of any length join without a seam.
type Resampler struct {
	filter *filter
	past   []float32 // the last filter.taps-1 input samples before those at hand, then room for those
	phase  int       // of the next output sample, below filter.up, and more when inputs are to be skipped
	zeros  int       // how many input samples at the end were zero
}

// block is how many input samples are filtered at a time.
const block = 256

// NewResampler makes a Resampler from one rate to the other, in samples per
// second, both above 0. Meant are 8000, 16000, 44100 and 48000; any others work
// too, at the price of a large filter where they have little in common.
func NewResampler(from, to int) *Resampler {
	f := filterFor(from, to)
	return &Resampler{filter: f, past: make([]float32, f.taps-1, f.taps-1+block)}
}

// Process appends to dst what src becomes and returns the extended dst. It
// allocates only where dst has no room: in the long run there are to/from
// samples for each one in src, at any one time one more or less.
func (r *Resampler) Process(dst, src audio.Frame) audio.Frame {
	if r.filter.up == r.filter.down {
		return append(dst, src...)
	}
	for len(src) > 0 {
		n := min(len(src), block)
		for _, x := range src[:n] {
			r.past = append(r.past, float32(x))
			if r.zeros++; x != 0 {
				r.zeros = 0
			}
		}
		dst = r.run(dst, n)
		r.past = r.past[:copy(r.past, r.past[n:])]
		src = src[n:]
	}
	return dst
}

// run appends the output that the n newest samples of past give.
func (r *Resampler) run(dst audio.Frame, n int) audio.Frame {
	f := r.filter
	at, phase := 0, r.phase
	silent := r.zeros >= len(r.past) // then so is what comes of it, with no work
	for {
		for phase >= f.up {
			phase -= f.up
			at++
		}
		if at >= n {
			r.phase = phase + (at-n)*f.up
			return dst
		}
		if silent {
			dst = append(dst, 0)
		} else {
			dst = append(dst, round(dot(f.phases[phase], r.past[at:at+f.taps])))
		}
		phase += f.down
	}
}

// dot returns the sum of the products of a and b, which are equally long, a
// multiple of four. Four sums run side by side so that none waits for another.
func dot(a, b []float32) float32 {
	var s0, s1, s2, s3 float32
	for len(a) >= 4 && len(b) >= 4 {
		s0 += a[0] * b[0]
		s1 += a[1] * b[1]
		s2 += a[2] * b[2]
		s3 += a[3] * b[3]
		a, b = a[4:], b[4:]
	}
	return (s0 + s1) + (s2 + s3)
}

// round returns x as a sample: the nearest, within full scale.
func round(x float32) int16 {
	switch {
	case x >= 32767:
		return 32767
	case x <= -32768:
		return -32768
	case x < 0:
		return int16(x - 0.5)
	}
	return int16(x + 0.5)
}
