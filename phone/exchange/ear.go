package exchange

import (
	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/spectrum"
)

const (
	// window is how much of what a robot hears is judged at a time: 20 ms.
	window = audio.DeskRate / 50
	// beepHz is the tone by which an answering machine asks for a message, and beepWindows how long it lasts at least.
	beepHz, beepWindows = 1000, 10
	// calmWindows are how long a silence is that ends what the other side says.
	calmWindows = 50
	// loud is above which a sound is one, in dBov.
	loud = -45
)

// heard is what an ear tells.
type heard int

const (
	// beeped tells that an answering machine wants a message.
	beeped heard = iota + 1
	// calm tells, each second, that the other side says nothing.
	calm
)

// ear listens to the other side. The media clock's goroutine owns it.
type ear struct {
	tell   func(heard)
	frame  audio.Frame // not judged yet
	tone   int         // windows of the beep until now
	silent int         // windows of silence until now
}

// hear takes what the other side says.
func (e *ear) hear(f audio.Frame) {
	e.frame = append(e.frame, f...)
	for len(e.frame) >= window {
		e.judge(e.frame[:window])
		e.frame = append(e.frame[:0], e.frame[window:]...)
	}
}

func (e *ear) judge(f audio.Frame) {
	sounds := spectrum.RMS(f) > loud
	if sounds && spectrum.Goertzel(f, audio.DeskRate, beepHz) > 0.9*spectrum.Power(f) {
		e.tone++
	} else {
		if e.tone >= beepWindows {
			e.tell(beeped)
		}
		e.tone = 0
	}
	if e.silent++; sounds {
		e.silent = 0
	}
	if e.silent == calmWindows {
		e.silent = 0
		e.tell(calm)
	}
}
