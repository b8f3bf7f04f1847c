package media

import (
	"github.com/callward/callward/audio"
	"github.com/callward/callward/phone"
)

// Machine is an answering machine in a call, served by the media clock. The clock's goroutine calls Pull and Hear,
// which never block; the session's the other methods, of which Close alone waits. It tells of itself as
// phone.MediaSession says of Machine.
type Machine interface {
	// Source is what the peer hears.
	audio.Source
	// Hear takes what the peer says, at the rate of Greet. The last made samples of it were made up, since no packet
	// has come.
	Hear(f audio.Frame, made int)
	// Greet begins with the greeting; what is heard and recorded then has rate samples per second.
	Greet(rate int)
	// Digit takes a digit that the peer sent.
	Digit(digit byte)
	// End ends it, with what it has recorded kept or not. Once it has ended, more does nothing.
	End(keep bool)
	// Close ends it, and returns when the last was told.
	Close()
}

// attended is a stream that has a machine at its other side, as one party of the clock, whose goroutine owns it: the
// clock's silence goes nowhere.
type attended struct {
	stream  *Stream
	machine Machine
	ear     *ear
	room    audio.Frame
}

// Pull lets the machine hear the peer, at its own rate: what is recorded needs no other.
func (a *attended) Pull(f audio.Frame) {
	n := len(f) * a.stream.pulling.rate / audio.DeskRate
	a.room = append(a.room[:0], make(audio.Frame, n)...)
	made := a.stream.listen(a.room)
	a.machine.Hear(a.room, made)
	a.ear.hear(a.room, a.stream.pulling.rate)
}

// Push lets the peer hear the machine.
func (a *attended) Push(f audio.Frame) {
	a.machine.Pull(f)
	a.stream.Push(f)
}

var _ phone.MediaSession = (*session)(nil)
