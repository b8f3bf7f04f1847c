// Package machine answers calls in the agent's place: it greets, beeps and records what the caller says. Its Files
// keep the messages and the greetings as WAV files in the data folder; they satisfy phone.Recordings.
package machine

import (
	"sync/atomic"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/phone"
)

// Machine is the answering machine in one call. Two goroutines meet in it: whoever serves the call calls Pull and
// Hear, which never block; the machine's own writes what was heard and tells of it. The other methods are for any.
//
//	                  whoever serves                      the machine's own
//	greeting ─► beep ─────────────────► Pull
//	                                    Hear ─► ring ─► voice, loudness ─► file
type Machine struct {
	spec  phone.MachineSpec
	files *Files
	tell  func(phone.MediaEvent)

	says  announcement // of whoever serves
	hears *ear         // made by Greet, before phase says so

	phase atomic.Int32
	hash  atomic.Bool // # was pressed
	fate  atomic.Int32
	wake  chan struct{}
	done  chan struct{} // closed when all is told
}

// The phases, each of which follows on the one before; over may follow on any.
const (
	waits int32 = iota
	ready       // to greet
	greets
	beeps
	records
	over
)

// The fates of what is recorded, once it is ended from outside.
const (
	keeps int32 = 1 + iota
	drops
)

// Machine makes one that waits for Greet. tell gets MediaMachine events and at last MediaRecorded, from the machine's
// goroutine; it must not block. Whoever makes it must Close it.
func (f *Files) Machine(spec phone.MachineSpec, tell func(phone.MediaEvent)) *Machine {
	m := &Machine{
		spec: spec, files: f, tell: tell, says: newAnnouncement(spec.Greeting),
		wake: make(chan struct{}, 1), done: make(chan struct{}),
	}
	f.begin(spec.Message.ID)
	go m.run() // Close waits for it
	return m
}

// Greet begins with the greeting: the call is up. What is recorded then has rate samples per second. Called again it
// does nothing.
func (m *Machine) Greet(rate int) {
	if m.phase.Load() == waits {
		m.hears = newEar(rate)
		m.enter(waits, ready)
	}
}

// Digit takes a digit that the caller pressed: # skips the greeting, and ends the message.
func (m *Machine) Digit(digit byte) {
	if digit == '#' {
		m.hash.Store(true)
		m.rouse()
	}
}

// End ends it as if the caller had hung up, or, where keep is not set, has it throw away what it has. It does not
// wait. What is heard after it is not recorded.
func (m *Machine) End(keep bool) {
	fate := drops
	if keep {
		fate = keeps
	}
	m.fate.CompareAndSwap(0, fate)
	m.rouse()
}

// Close ends it if nobody has, and waits until the file is on the disk and all is told.
func (m *Machine) Close() {
	m.End(true)
	<-m.done
}

// Pull implements audio.Source: what the caller hears.
func (m *Machine) Pull(f audio.Frame) {
	f.Silence()
	if m.enter(ready, greets) {
		m.hash.Store(false) // of before the call was up
	}
	switch m.phase.Load() {
	case greets:
		hurry := m.hash.Swap(false)
		if m.says.greet(f, hurry) {
			m.enter(greets, beeps)
		}
	case beeps:
		if m.says.beep(f) {
			m.hash.Store(false)
			m.enter(beeps, records)
		}
	}
}

// Hear takes what the caller says, at the rate that Greet was given. The last made samples of it were made up, since nothing has come.
func (m *Machine) Hear(f audio.Frame, made int) {
	if m.phase.Load() == records && m.hears.take(f, made) {
		m.rouse()
	}
}

// enter goes from one phase to the next, unless it is over meanwhile.
func (m *Machine) enter(from, to int32) bool {
	ok := m.phase.CompareAndSwap(from, to)
	if ok {
		m.rouse()
	}
	return ok
}

// rouse has the machine's goroutine look.
func (m *Machine) rouse() {
	select {
	case m.wake <- struct{}{}:
	default:
	}
}
