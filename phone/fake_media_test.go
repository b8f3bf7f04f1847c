package phone_test

import (
	"fmt"
	"slices"
	"sync"

	"github.com/callward/callward/phone"
)

// fakeMedia stands for sound on the network.
type fakeMedia struct {
	mu       sync.Mutex // for tests that do not wait
	sessions []*fakeSession
	// reply is what comes of a request at once; nil where the test says it itself.
	reply func(usual phone.MediaEvent) phone.MediaEvent
}

// Check refuses the one offer that says so.
func (m *fakeMedia) Check(offer []byte) error {
	if string(offer) == "no codec" {
		return &phone.Error{Code: phone.CodeNoCodec, Op: "read offer"}
	}
	return nil
}

func (m *fakeMedia) Open(spec phone.MediaSpec, notify func(phone.MediaEvent)) phone.MediaSession {
	s := &fakeSession{spec: spec, tell: notify, reply: m.reply}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sessions = append(m.sessions, s)
	return s
}

// fakeSession keeps what the loop asked of it. The test says what comes of it.
type fakeSession struct {
	spec  phone.MediaSpec
	tell  func(phone.MediaEvent)
	reply func(usual phone.MediaEvent) phone.MediaEvent
	log   []string
	// answered is how often the loop told that the call is answered.
	answered int
	// machine is what the answering machine in it is to do.
	machine *phone.MachineSpec
}

func (s *fakeSession) note(format string, args ...any) {
	s.log = append(s.log, fmt.Sprintf(format, args...))
}

func (s *fakeSession) comes(usual phone.MediaEvent) {
	if s.reply != nil {
		s.tell(s.reply(usual))
	}
}

func (s *fakeSession) Offer(hold bool) {
	s.note("offer hold=%t", hold)
	s.comes(phone.MediaOffer{SDP: []byte("offer")})
}

func (s *fakeSession) Answer(offer []byte) {
	s.note("answer %s", offer)
	s.comes(phone.MediaAnswer{SDP: []byte("answer"), Agreed: phone.Agreed{Codec: "PCMU"}})
}

func (s *fakeSession) Accept(fork string, answer []byte) {
	s.note("accept %s %s", fork, answer)
	s.comes(phone.MediaAgreed{Agreed: phone.Agreed{Codec: "PCMA"}})
}

func (s *fakeSession) Answered() { s.answered++ }

func (s *fakeSession) Mute(on bool) { s.note("mute %t", on) }

func (s *fakeSession) SendDTMF(digits string) { s.note("dtmf %s", digits) }

// Machine keeps what the machine is to do.
func (s *fakeSession) Machine(spec phone.MachineSpec) {
	s.machine = &spec
	s.note("machine")
}

func (s *fakeSession) Greet() { s.note("greet") }

func (s *fakeSession) ListenIn(on bool) { s.note("listen in %t", on) }

func (s *fakeSession) PickUp(keep bool) { s.note("pick up keep=%t", keep) }

func (s *fakeSession) Close() { s.note("close") }

// all returns the sessions until now, oldest first.
func (m *fakeMedia) all() []*fakeSession {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.sessions)
}
