package exchange

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"sync"
	"time"

	"github.com/emiago/sipgo/sip"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/media"
	"github.com/callward/callward/phone/sipua"
)

const (
	// host is the one address that the exchange is at, and that it serves.
	host = "127.0.0.1"
	// domain is never looked up: the account names its server (RFC 2606).
	domain = phone.PracticeDomain
	// agent is the user that a phone registers as.
	agent = "1001"
	// closing is how long ending all calls may take.
	closing = 2 * time.Second
)

// service is what lives from Start to Stop. Its methods may be called from any
// goroutine; mu guards closed.
type service struct {
	log       *slog.Logger
	endpoint  *sipua.Endpoint
	dialogs   *sipua.Dialogs
	engine    *media.Engine
	registrar *registrar
	speeches  speeches
	patience  time.Duration // of the robots that call: longer than until the answering machine takes them

	ctx   context.Context // done once it is to stop
	stop  context.CancelFunc
	clock sync.WaitGroup

	mu      sync.Mutex
	closed  bool
	calling sync.WaitGroup // the calls; none is added once closed is set
}

func startService(log *slog.Logger) (*service, error) {
	speeches, err := readSpeeches()
	if err != nil {
		return nil, fmt.Errorf("start practice exchange: %w", err)
	}
	endpoint, err := sipua.NewEndpoint(sipua.EndpointConfig{
		Account: phone.Account{Address: "exchange@" + domain, Transport: phone.UDP},
		Listen:  host + ":0",
		Log:     log,
	})
	if err != nil {
		return nil, fmt.Errorf("start practice exchange: %w", err)
	}
	ctx, stop := context.WithCancel(context.Background())
	clock := media.NewClock()
	s := &service{
		log: log, endpoint: endpoint, ctx: ctx, stop: stop, speeches: speeches, patience: 45 * time.Second,
		engine:    media.NewEngine(media.Config{Desk: clock, Clock: clock}),
		registrar: newRegistrar(),
	}
	s.clock.Go(func() { _ = clock.Run(ctx) })
	s.dialogs = sipua.NewDialogs(endpoint, s.invited)
	endpoint.OnRequest(s.receive)
	return s, nil
}

// account is what a phone uses the exchange with.
func (s *service) account() phone.Account {
	return phone.Account{
		ID: phone.PracticeAccount, Address: agent + "@" + domain, Server: host, Port: int(s.endpoint.Addr().Port()),
		DisplayName: "Practice", Transport: phone.UDP, Country: "GB",
		Voicemail: phone.AccountVoicemail{After: phone.UsualAfter},
	}
}

// receive takes a request from the endpoint.
func (s *service) receive(req *sip.Request, tx sip.ServerTransaction) {
	if from, err := netip.ParseAddrPort(req.Source()); err != nil || from.Addr().Unmap().String() != host {
		s.log.Warn("practice exchange: request from elsewhere refused", "from", req.Source())
		s.respond(req, tx, sip.NewResponseFromRequest(req, sip.StatusForbidden, "Forbidden", nil))
		return
	}
	begins := sipua.Begins(req)
	switch {
	case req.Method == sip.REGISTER:
		s.respond(req, tx, s.registrar.register(req, time.Now()))
	case req.Method == sip.INVITE && begins:
		if refusal := s.registrar.authorize(req, time.Now(), "Proxy-"); refusal != nil {
			s.respond(req, tx, refusal)
			return
		}
		s.dialogs.Handle(req, tx)
	case req.Method == sip.MESSAGE && begins:
		s.texted(req, tx)
	default:
		s.dialogs.Handle(req, tx)
	}
}

func (s *service) respond(req *sip.Request, tx sip.ServerTransaction, res *sip.Response) {
	if req.IsAck() {
		return
	}
	if err := tx.Respond(res); err != nil {
		s.log.Debug("practice exchange: answer not sent", "err", err)
	}
}

// invited gives a new call to the robot that it is for.
func (s *service) invited(in phone.Incoming) func(phone.DialogEvent) {
	c := s.newCall()
	c.dialog, c.offer = in.Dialog, in.Offer
	play := whose(in.Called)
	if !s.begin(func() { c.run(play) }) {
		in.Dialog.Reject(sip.StatusServiceUnavailable)
	}
	return c.tell
}

// noPhone tells that nobody is there whom a robot could reach.
func noPhone(op string) error {
	return &phone.Error{Code: phone.CodeState, Op: op, Err: errors.New("no phone is registered at the practice exchange yet: try again in a moment")}
}

// ring has a robot call the phone that is registered.
func (s *service) ring(from caller) error {
	to, found := s.registrar.contact(time.Now())
	if !found {
		return noPhone("practice ring")
	}
	endpoint, err := s.agentOf(from, to)
	if err != nil {
		return fmt.Errorf("practice ring: %w", err)
	}
	dialogs := sipua.NewDialogs(endpoint, func(in phone.Incoming) func(phone.DialogEvent) {
		in.Dialog.Reject(sip.StatusTemporarilyUnavailable) // it only calls
		return func(phone.DialogEvent) {}
	})
	endpoint.OnRequest(dialogs.Handle)
	c := s.newCall()
	c.invite = func(offer []byte) phone.Dialog { return dialogs.Invite(phoneURI, offer, c.tell) }
	done := s.begin(func() {
		c.run(from.play)
		ctx, cancel := context.WithTimeout(context.Background(), closing)
		defer cancel()
		dialogs.Close(ctx)
		if err := endpoint.Close(); err != nil {
			s.log.Debug("practice exchange: robot closed", "err", err)
		}
	})
	if !done {
		return endpoint.Close()
	}
	return nil
}

// begin runs a call, unless the exchange is closed.
func (s *service) begin(run func()) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.calling.Go(run)
	return true
}

// Close ends all calls and waits for all goroutines.
func (s *service) Close() error {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.stop()
	ctx, cancel := context.WithTimeout(context.Background(), closing)
	defer cancel()
	s.dialogs.Close(ctx)
	s.calling.Wait()
	err := s.engine.Close()
	s.clock.Wait()
	return errors.Join(err, s.endpoint.Close())
}
