package sipua

import (
	"context"
	"sync"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
)

// line is one account: its endpoint, its registration, its dialogs and its message waiting. It holds
// no state of its own but silent.
type line struct {
	id           phone.AccountID
	inbox        phone.SignallingInbox
	endpoint     *Endpoint
	registration *registration
	dialogs      *Dialogs
	subscription *subscription
	// silent is set once another line took this one's place: it tells nothing
	// more. telling guards it, so that nothing is told once it is set.
	telling sync.Mutex
	silent  bool

	// ctx ends when the line is to close; texting is held while a text is begun, so that none is after that.
	ctx     context.Context
	cancel  context.CancelFunc
	texting sync.Mutex
	running sync.WaitGroup
}

// newLine returns a line that does nothing yet. Errors: those of [NewEndpoint].
func newLine(cfg AgentConfig, acc phone.Account, password phone.Secret) (*line, error) {
	endpoint, err := NewEndpoint(EndpointConfig{
		Account: acc, Password: password,
		Resolver: cfg.Resolver, Log: cfg.Log.With("account", acc.Address), Trace: cfg.Trace, Timing: cfg.Timing,
	})
	if err != nil {
		return nil, err
	}
	l := &line{id: acc.ID, inbox: cfg.Inbox, endpoint: endpoint}
	l.ctx, l.cancel = context.WithCancel(context.Background())
	l.registration = newRegistration(endpoint, l.tell)
	l.dialogs = NewDialogs(endpoint, func(in phone.Incoming) func(phone.DialogEvent) {
		in.Account = acc.ID
		return l.inbox.Invited(in)
	})
	l.dialogs.texted = l.messaged
	l.subscription = newSubscription(endpoint, l.dialogs, l.tellWaiting)
	l.registration.renewed = l.subscription.renewed
	endpoint.OnRequest(l.receive)
	return l, nil
}

func (l *line) start() {
	l.running.Go(func() { _ = l.endpoint.Run(l.ctx) })
	l.running.Go(func() { _ = l.registration.Run(l.ctx) })
	l.running.Go(func() { _ = l.subscription.Run(l.ctx) })
}

// close ends the dialogs, un-subscribes and un-registers, all at once, and then the endpoint.
func (l *line) close() {
	ctx, cancel := context.WithTimeout(context.Background(), l.endpoint.cfg.Timing.Stop)
	defer cancel()
	l.texting.Lock()
	l.cancel()
	l.texting.Unlock()
	l.dialogs.Close(ctx)
	l.running.Wait()
	if err := l.endpoint.Close(); err != nil {
		l.endpoint.log.Debug("endpoint closed", "err", err)
	}
	l.tell(phone.Off, nil)
}

func (l *line) tell(state phone.RegistrationState, err error) {
	l.telling.Lock()
	defer l.telling.Unlock()
	if !l.silent {
		l.inbox.AccountChanged(l.id, state, err)
	}
}

func (l *line) tellWaiting(w phone.MessagesWaiting) {
	l.telling.Lock()
	defer l.telling.Unlock()
	if !l.silent {
		l.inbox.MessagesWaiting(l.id, w)
	}
}

// hush makes the line tell nothing more; any goroutine. A nil line is silent.
func (l *line) hush() {
	if l == nil {
		return
	}
	l.telling.Lock()
	defer l.telling.Unlock()
	l.silent = true
}

// receive takes requests that passed the filter.
func (l *line) receive(req *sip.Request, tx sip.ServerTransaction) {
	switch req.Method {
	case sip.MESSAGE:
		l.textCame(req, tx)
	case sip.NOTIFY:
		l.subscription.take(req, tx)
	default:
		l.dialogs.Handle(req, tx)
	}
}
