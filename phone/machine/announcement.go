package machine

import (
	"time"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/mixer"
	"github.com/callward/callward/audio/tone"
	"github.com/callward/callward/phone"
)

const (
	// fade is how long a sound that is broken off takes to be silent.
	fade = 5 * time.Millisecond
	// flush is more than a Resampler holds back.
	flush = 5 * time.Millisecond
)

// announcement is the greeting and the beep. It is owned by whoever serves the machine.
type announcement struct {
	rate  int
	up    *mixer.Resampler // nil where there is no greeting
	rest  audio.Frame      // of the greeting, at its rate
	ready audio.Frame      // at the desk's rate, not yet said
	room  audio.Frame      // where ready begins when it is filled
	tone  *tone.Tone
}

func newAnnouncement(greeting phone.Samples) announcement {
	a := announcement{rate: greeting.Rate, tone: tone.Beep()}
	if greeting.Rate <= 0 || len(greeting.Data) == 0 {
		return a
	}
	a.up = mixer.NewResampler(greeting.Rate, audio.DeskRate)
	a.rest = greeting.Data[:min(len(greeting.Data), count(phone.MaxGreeting, greeting.Rate))]
	return a
}

// greet says the next of the greeting, and tells whether it is over. hurry breaks it off, without a click.
func (a *announcement) greet(f audio.Frame, hurry bool) (ended bool) {
	if a.up == nil {
		return true
	}
	for len(a.ready) < len(f) && a.rest != nil {
		a.more()
	}
	n := copy(f, a.ready)
	a.ready = a.ready[n:]
	if hurry {
		fadeOut(f[:min(n, count(fade, audio.DeskRate))])
		f[min(n, count(fade, audio.DeskRate)):].Silence()
	}
	return hurry || a.rest == nil && len(a.ready) == 0
}

// more resamples 20 ms of the greeting, or what the resampler still holds of it.
func (a *announcement) more() {
	a.room = append(a.room[:0], a.ready...)
	n := min(len(a.rest), count(20*time.Millisecond, a.rate))
	if n > 0 {
		a.room = a.up.Process(a.room, a.rest[:n])
		a.rest = a.rest[n:]
	} else {
		a.room = a.up.Process(a.room, make(audio.Frame, count(flush, a.rate)))
		a.rest = nil
	}
	a.ready = a.room
}

// beep says the next of the beep, and tells whether it is over.
func (a *announcement) beep(f audio.Frame) (ended bool) {
	a.tone.Pull(f)
	return a.tone.Done()
}

// fadeOut has f end in silence.
func fadeOut(f audio.Frame) {
	for i := range f {
		f[i] = int16(int(f[i]) * (len(f) - 1 - i) / len(f))
	}
}

// fadeIn has f begin in silence.
func fadeIn(f audio.Frame) {
	for i := range f {
		f[i] = int16(int(f[i]) * i / len(f))
	}
}

// count is how many samples last d.
func count(d time.Duration, rate int) int { return int(int64(d) * int64(rate) / int64(time.Second)) }

// lasting is how long samples last.
func lasting(samples int64, rate int) time.Duration {
	return time.Duration(samples) * time.Second / time.Duration(rate)
}
