package media

import (
	"errors"
	"time"

	"github.com/callward/callward/phone"
)

const (
	// drainMost is how long what is on its way is waited for at the end of a recording, and drainIdle how long nothing
	// more has come then.
	drainMost = 300 * time.Millisecond
	drainIdle = 60 * time.Millisecond
)

// attendance is what a session knows of its answering machine. The session's goroutine owns it.
type attendance struct {
	clock    *Clock
	make     func(phone.MachineSpec, func(phone.MediaEvent)) Machine
	news     *phone.Mailbox[phone.MediaEvent] // what machines tell
	machine  Machine                          // nil where the agent has the call
	former   []Machine                        // those that may still write
	up       bool                             // Greet was called
	ear      ear                              // of the agent
	listener *listener                        // nil while the agent does not listen
}

// Machine implements phone.MediaSession. Where there is one already it does nothing.
func (s *session) Machine(spec phone.MachineSpec) {
	s.inbox.Put(func() {
		if s.machine != nil {
			return
		}
		if s.make == nil {
			s.notify(phone.MediaRecorded{Message: spec.Message, Err: &phone.Error{Code: phone.CodeInternal, Op: "answer", Err: errors.New("there is no answering machine here")}})
			return
		}
		s.machine, s.up = s.make(spec, func(e phone.MediaEvent) { s.news.Put(e) }), false
		s.move()
	})
}

// Greet implements phone.MediaSession.
func (s *session) Greet() {
	s.inbox.Put(func() {
		s.up = true
		s.greet()
	})
}

// ListenIn implements phone.MediaSession.
func (s *session) ListenIn(on bool) {
	s.inbox.Put(func() {
		if s.machine != nil {
			s.listenIn(on)
		}
	})
}

// PickUp implements phone.MediaSession.
func (s *session) PickUp(keep bool) {
	s.inbox.Put(func() {
		if s.machine == nil {
			return
		}
		s.listenIn(false)
		machine := s.machine
		s.machine, s.former = nil, append(s.former, machine)
		s.move()
		machine.End(keep) // the clock has let go of it: all is there that it heard
	})
}

// greet begins with the greeting once the call is up and there is a stream.
func (s *session) greet() {
	if s.machine != nil && s.up && s.stream != nil {
		s.machine.Greet(s.stream.rate())
	}
}

// move takes the stream from where it is served to where it is to be.
func (s *session) move() {
	s.quieten()
	if s.stream != nil {
		s.at.Detach(s.attached)
		s.place()
	}
}

func (s *session) listenIn(on bool) {
	switch {
	case on && s.listener == nil:
		s.listener = newListener()
		s.desk.Attach(s.listener)
		s.ear.at.Store(s.listener)
	case !on && s.listener != nil:
		s.ear.at.Store(nil)
		s.desk.Detach(s.listener)
		s.listener = nil
	}
}

// tellNews passes on what machines tell.
func (s *session) tellNews() {
	for _, e := range s.news.Take() {
		s.notify(e)
	}
}

// drain lets the machine hear what has come and was not pulled yet, and what is just behind it.
func (s *session) drain() {
	if s.machine == nil || s.stream == nil {
		return
	}
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	for began := time.Now(); ; {
		now := <-ticker.C
		idle := s.stream.drained() && now.Sub(s.stream.lastHeard()) >= drainIdle
		if idle || now.Sub(began) >= drainMost {
			return
		}
	}
}

// dismiss ends the machines, waits for their files, and tells of them.
func (s *session) dismiss() {
	s.listenIn(false)
	if s.machine != nil {
		s.former = append(s.former, s.machine)
	}
	for _, m := range s.former {
		m.Close()
	}
	s.tellNews()
}
