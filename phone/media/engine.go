// Package media carries the sound of calls over the network: sockets
// (Transport), the stream of a leg (Stream), and offer and answer between the
// two (RFC 3264, 3550, 4733). Engine is what the rest of the program sees of it.
package media

import (
	"net/netip"
	"sync"
	"time"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/sdp"
)

// Desk is where streams are heard and spoken to: the agent's devices, or the
// media clock. Once Detach has returned the party is touched no more.
type Desk interface {
	Attach(p audio.Party)
	Detach(p audio.Party)
}

// Defaults of Config.
const (
	DefaultStall = 15 * time.Second
	DefaultDead  = 60 * time.Second
)

// Config is what an Engine is made with.
type Config struct {
	// Desk plays the sessions of Open.
	Desk Desk
	// Clock plays those of Join, and those that an answering machine has. Its Run is its owner's affair.
	Clock *Clock
	// Machines makes the answering machine of a session, which tells what it does. nil means that there is none.
	Machines func(spec phone.MachineSpec, tell func(phone.MediaEvent)) Machine
	// Stall and Dead are how long no media comes until phone.MediaStalled is
	// sent, and until it is sent as Final. 0 means the default.
	Stall, Dead time.Duration
}

// Engine makes sessions; it satisfies phone.Media. Its methods may be called
// from any goroutine.
type Engine struct {
	cfg Config

	mu       sync.Mutex
	closed   bool
	sessions map[*session]struct{} // those whose goroutine runs
	running  sync.WaitGroup
}

var _ phone.Media = (*Engine)(nil)

// NewEngine makes an engine with no session.
func NewEngine(cfg Config) *Engine {
	if cfg.Stall == 0 {
		cfg.Stall = DefaultStall
	}
	if cfg.Dead == 0 {
		cfg.Dead = DefaultDead
	}
	return &Engine{cfg: cfg, sessions: make(map[*session]struct{})}
}

// Open makes a session that plays at the desk. After Close it makes one that
// does nothing and tells nothing.
func (e *Engine) Open(spec phone.MediaSpec, notify func(phone.MediaEvent)) phone.MediaSession {
	return e.open(spec, notify, e.cfg.Desk, func(s *Stream) audio.Party { return s })
}

// Join makes a session with a party in the desk's place, on the media clock:
// the party hears the peer and the peer hears it.
func (e *Engine) Join(spec phone.MediaSpec, p audio.Party, notify func(phone.MediaEvent)) phone.MediaSession {
	return e.open(spec, notify, e.cfg.Clock, func(s *Stream) audio.Party { return &joint{stream: s, party: p} })
}

func (e *Engine) open(spec phone.MediaSpec, notify func(phone.MediaEvent), desk Desk, party func(*Stream) audio.Party) *session {
	s := newSession(spec, notify, desk, party, e.cfg)
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		s.inbox.Close()
		return s
	}
	e.sessions[s] = struct{}{}
	e.running.Go(func() {
		s.run()
		e.mu.Lock()
		defer e.mu.Unlock()
		delete(e.sessions, s)
	})
	return s
}

// Check tells why an offer could not be answered; nil where it can.
func (e *Engine) Check(offer []byte) error {
	local := sdp.Local{Addr: netip.IPv4Unspecified(), Formats: formats(), Direction: sdp.SendRecv}
	_, _, err := sdp.NewNegotiation(1).Answer(offer, local)
	return err
}

// Close ends all sessions and waits for them.
func (e *Engine) Close() error {
	e.mu.Lock()
	e.closed = true
	for s := range e.sessions {
		s.Close()
	}
	e.mu.Unlock()
	e.running.Wait()
	return nil
}

// joint is a stream and a party that talk to each other, as one party of the
// clock, whose goroutine owns it: the clock's silence goes nowhere.
type joint struct {
	stream *Stream
	party  audio.Party
}

// Pull lets the party hear the peer.
func (j *joint) Pull(f audio.Frame) {
	j.stream.Pull(f)
	j.party.Push(f)
}

// Push lets the peer hear the party.
func (j *joint) Push(f audio.Frame) {
	j.party.Pull(f)
	j.stream.Push(f)
}
