package media

import (
	"errors"
	"math/rand/v2"
	"net/netip"
	"time"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/sdp"
)

// session is the media of one leg; it satisfies phone.MediaSession. It is
// owned by the goroutine of run; the methods of the port put their work into
// its inbox.
type session struct {
	localIP string
	notify  func(phone.MediaEvent)
	desk    Desk
	party   func(*Stream) audio.Party // what stands at the desk for a stream
	inbox   *phone.Mailbox[func()]
	attendance

	transport   *Transport // nil before the first offer or answer
	negotiation *sdp.Negotiation
	offeredHold bool // of the last Offer
	hold        bool // as agreed
	muted       bool
	fork        string      // whose answer the stream is by
	stream      *Stream     // nil before the first agreement
	attached    audio.Party // stands for stream
	at          Desk        // where attached is: the desk or, for a machine, the clock
	watch       watch
	loss        lossWindow
	closed      bool
}

func newSession(spec phone.MediaSpec, notify func(phone.MediaEvent), desk Desk, party func(*Stream) audio.Party, cfg Config) *session {
	return &session{
		localIP: spec.LocalIP, notify: notify, desk: desk, party: party,
		inbox:       phone.NewMailbox[func()](),
		attendance:  attendance{clock: cfg.Clock, make: cfg.Machines, news: phone.NewMailbox[phone.MediaEvent]()},
		negotiation: sdp.NewNegotiation(rand.Uint64N(1 << 62)),
		watch:       watch{stall: cfg.Stall, dead: cfg.Dead},
	}
}

// run is the session's goroutine.
func (s *session) run() {
	second := time.NewTicker(time.Second)
	defer second.Stop()
	report := time.NewTimer(reportInterval(true))
	defer report.Stop()
	for !s.closed {
		select {
		case <-s.inbox.Ready():
			for _, do := range s.inbox.Take() {
				if !s.closed {
					do()
				}
			}
		case <-s.news.Ready():
			s.tellNews()
		case now := <-second.C:
			s.everySecond(now)
		case <-report.C:
			if s.stream != nil {
				s.stream.sendReport(time.Now())
			}
			report.Reset(reportInterval(false))
		}
	}
	s.end()
}

// end frees all that the session holds.
func (s *session) end() {
	s.inbox.Close()
	s.drain()
	s.retire()
	s.dismiss()
	if s.transport != nil {
		_ = s.transport.Close() // nothing is lost with a socket that will not close
	}
	s.notify(phone.MediaClosed{})
}

// retire ends the present stream.
func (s *session) retire() {
	if s.stream != nil {
		s.at.Detach(s.attached)
		s.stream.goodbye(time.Now())
	}
}

// local returns what this end brings to an offer or answer, with the sockets
// open.
func (s *session) local(hold bool) (sdp.Local, error) {
	ip, err := netip.ParseAddr(s.localIP)
	if err != nil {
		return sdp.Local{}, &phone.Error{Code: phone.CodeUnreachable, Op: "open sockets for sound", Err: errors.New("the own network address is not known")}
	}
	if s.transport == nil {
		t, err := openTransport(ip)
		if err != nil {
			return sdp.Local{}, err
		}
		t.start()
		s.transport = t
	}
	direction := sdp.SendRecv
	if hold {
		direction = sdp.SendOnly
	}
	return sdp.Local{Addr: ip.WithZone(""), Port: s.transport.port(), Formats: formats(), Direction: direction}, nil
}

// agree lets what was negotiated hold from now on.
func (s *session) agree(agreed *sdp.Session, fork string, hold bool) phone.Agreed {
	now := time.Now()
	other := s.stream == nil || fork != "" && s.fork != "" && fork != s.fork
	if other {
		s.retire()
	}
	s.transport.source.expect(agreed, other && s.stream != nil, now)
	if other {
		s.stream = newStream(s.transport, agreed, s.tell)
		s.loss = lossWindow{}
		s.watch.anew(now)
	} else {
		s.stream.agree(agreed)
	}
	if fork != "" {
		s.fork = fork
	}
	s.hold = hold
	s.quieten()
	s.watch.agree(agreed, hold, now)
	if other {
		s.transport.play(s.stream)
		s.place()
	}
	return phone.Agreed{Codec: agreed.Codec.Name, RemoteHold: agreed.Held, Digits: agreed.Events.Name != ""}
}

// quieten sends silence while the agent shall not be heard. Whoever is held
// hears nobody, though a stream that holds still sends. A machine is not the agent.
func (s *session) quieten() {
	if s.stream != nil {
		s.stream.mute(s.muted && s.machine == nil || s.hold)
	}
}

// place puts the stream where it is served now.
func (s *session) place() {
	s.at, s.attached = s.desk, s.party(s.stream)
	how := byDesk
	if s.machine != nil {
		how = byMachine(s.stream.rate())
		s.at, s.attached = s.clock, &attended{stream: s.stream, machine: s.machine, ear: &s.ear}
	}
	s.stream.pulled(how)
	s.at.Attach(s.attached)
	s.greet()
}

// tell puts an event of a stream in line.
func (s *session) tell(e phone.MediaEvent) {
	s.inbox.Put(func() {
		if d, ok := e.(phone.MediaDTMF); ok && s.machine != nil {
			s.machine.Digit(d.Digit)
		}
		s.notify(e)
	})
}

// everySecond tells how the stream fares.
func (s *session) everySecond(now time.Time) {
	if s.stream == nil {
		return
	}
	s.notify(phone.MediaQuality{Quality: s.stream.quality(now, &s.loss)})
	if e := s.watch.look(s.stream.lastHeard(), now); e != nil {
		s.notify(e)
	}
}
