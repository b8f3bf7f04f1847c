// Package audio holds the words that all sound in Callward is spoken in:
// mono 16-bit samples, who gives them and who takes them. It knows neither
// calls nor the network.
package audio

// DeskRate is the rate in samples per second at which the desk, the sound
// devices and every Party exchange samples.
const DeskRate = 48000

// Format says how a run of samples is to be read. Sound is always mono,
// signed 16 bit.
type Format struct {
	// Rate is in samples per second: 8000, 16000 or 48000.
	Rate int
}

// Samples returns how many samples last ms milliseconds.
func (f Format) Samples(ms int) int { return f.Rate * ms / 1000 }

// Frame is a run of consecutive mono samples, full scale at ±32767.
type Frame []int16

// Silence sets every sample of f to zero.
func (f Frame) Silence() { clear(f) }

// Source gives samples. Pull fills the whole of f, with silence where it has
// nothing to say; it never blocks. One goroutine calls it at a time.
type Source interface{ Pull(f Frame) }

// Sink takes samples. Push copies what it keeps of f; it never blocks. One
// goroutine calls it at a time.
type Sink interface{ Push(f Frame) }

// Party is one side of a conversation as the desk sees it: what it says is
// pulled from it and what it shall hear is pushed to it, both at DeskRate, in
// runs of any length up to 20 ms. The caller of Pull and that of Push are the same
// goroutine; it may change during the Party's life, with a happens-before
// between the two.
type Party interface {
	Source
	Sink
}
