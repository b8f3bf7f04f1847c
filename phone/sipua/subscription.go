package sipua

import (
	"context"
	"net/netip"
	"sync"
	"time"

	"github.com/callward/callward/phone"
)

const (
	// usualSubscription is how long a subscription is asked for, and longestSubscription how
	// long a server may want it, or want us to wait.
	usualSubscription   = time.Hour
	longestSubscription = 24 * time.Hour
	// patientRetries is by how much longer than a registration a subscription that failed waits at
	// most: calls come without it.
	patientRetries = 10
)

// subscription asks the account's server for its message waiting where that is wanted, keeps asking
// (RFC 3842, RFC 6665), and takes what is said, asked for or not. The goroutine of Run owns it, and
// runs what is put into inbox; renewed and take may be called from any.
type subscription struct {
	e       *Endpoint
	dialogs *Dialogs // answer for it
	wanted  bool
	tell    func(phone.MessagesWaiting)
	inbox   *phone.Mailbox[func()]
	running sync.WaitGroup // requests

	ctx context.Context // ends what is asked
	// leg is the dialog with who tells, from the first SUBSCRIBE on; it has no remoteTag until there
	// is an answer or a NOTIFY. Nil while there is none.
	leg *leg
	// asking is set while a SUBSCRIBE has no answer.
	asking bool
	// cut is how long the subscription lasts, and pause how long to wait for another one, as a NOTIFY
	// said while asking; 0 where none did.
	cut, pause time.Duration
	// barred is set once the server refused for good, or the account closes.
	barred bool
	// interval is what to ask for, and raised whether a server has found it too brief.
	interval time.Duration
	raised   bool
	// at is our address in the last SUBSCRIBE.
	at    netip.AddrPort
	since time.Time // the dialog stands since
	// next is when to ask again, and due the same by the clock on the wall, which goes on while the
	// machine sleeps.
	next  *time.Timer
	due   time.Time
	waits backoff
}

func newSubscription(e *Endpoint, dialogs *Dialogs, tell func(phone.MessagesWaiting)) *subscription {
	return &subscription{
		e: e, dialogs: dialogs, wanted: e.cfg.Account.Voicemail.Provider, tell: tell,
		inbox: phone.NewMailbox[func()](), interval: usualSubscription,
		waits: backoff{least: e.cfg.Timing.RetryMin, most: patientRetries * e.cfg.Timing.RetryMax},
	}
}

// Run takes what is said, and subscribes when told to, until ctx ends; then it un-subscribes, which
// takes a part of Timing.Stop.
func (s *subscription) Run(ctx context.Context) error {
	s.ctx = ctx
	s.next = time.NewTimer(0)
	s.next.Stop()
	defer s.next.Stop()
	for {
		select {
		case <-ctx.Done():
			s.leave()
			s.inbox.Close()
			s.catchUp()
			return nil
		case <-s.inbox.Ready():
			s.catchUp()
		case <-s.next.C:
			s.ask()
		}
	}
}

func (s *subscription) catchUp() {
	for _, do := range s.inbox.Take() {
		do()
	}
}

// renewed tells that the account was registered: anew, after it was not, or still.
func (s *subscription) renewed(anew bool) {
	s.inbox.Put(func() {
		moved := s.leg != nil && s.at != s.e.contactAt()
		if s.wanted && !s.barred && !s.asking && (anew || moved || time.Now().Round(0).After(s.due)) {
			s.ask()
		}
	})
}

// askIn asks again after a while.
func (s *subscription) askIn(wait time.Duration) {
	if s.barred {
		return
	}
	s.due = time.Now().Round(0).Add(wait)
	s.next.Reset(wait)
}

// lost forgets the dialog; another one is asked for, at least after wait. One that did not last
// makes the wait longer: a server that ends each at once is not to be asked all the time.
func (s *subscription) lost(wait time.Duration) {
	if !s.since.IsZero() && time.Since(s.since) > s.e.cfg.Timing.RetryMax {
		s.waits.reset()
	}
	s.leg, s.since = nil, time.Time{}
	if s.asking {
		s.pause = wait
		return
	}
	s.askIn(max(s.waits.next(), min(wait, longestSubscription)))
}

// bar asks no more, until the account is opened anew.
func (s *subscription) bar(why string) {
	if !s.barred {
		s.e.log.Info("message waiting is not asked for any more", "why", why)
	}
	s.leg, s.barred = nil, true
	s.next.Stop()
}

// leave un-subscribes. A server that does not answer holds nothing up: the subscription ends by itself.
func (s *subscription) leave() {
	s.barred = true
	s.running.Wait() // what is asked has ended with ctx
	s.catchUp()
	if s.leg == nil || s.leg.remoteTag == "" {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), s.e.cfg.Timing.Stop/4)
	defer cancel()
	req, left := s.request(0), make(chan struct{})
	s.running.Go(func() {
		defer close(left)
		if _, err := s.e.Do(ctx, req); err != nil {
			s.e.log.Info("not un-subscribed", "err", err)
		}
	})
	for {
		select {
		case <-s.inbox.Ready():
			s.catchUp()
		case <-left:
			return
		}
	}
}
