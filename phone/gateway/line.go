package gateway

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/callward/callward/phone"
)

// provider is how one provider's API is spoken to. Its methods wait for the answer, and may be called side by side.
type provider interface {
	// send sends a text; its State is set.
	send(ctx context.Context, t phone.GatewayText) phone.TextResult
	// status returns what became of a text; final tells that it stays so.
	status(ctx context.Context, ref string) (o phone.TextOutcome, final bool, err error)
	// received returns the texts that came since a moment, oldest first.
	received(ctx context.Context, since time.Time) ([]phone.GatewayMessage, error)
}

// atOnce is how many requests of a gateway are under way at a time.
const atOnce = 4

// line is one gateway that is open. The goroutine of run owns what is known to be wrong with it; each text, and the poll, have one
// of their own. All end with ctx. mu guards pause.
type line struct {
	cfg     Config
	gateway phone.Gateway
	slots   chan struct{}
	// came are the errors by which the state of the gateway is known, nil for success.
	came chan error

	// ready is closed once one of provider and broken is set.
	ready    chan struct{}
	provider provider
	broken   error

	ctx     context.Context
	cancel  context.CancelFunc
	running sync.WaitGroup

	mu    sync.Mutex
	pause time.Time // until when the provider wants nothing
}

func openLine(cfg Config, g phone.Gateway, secret phone.Secret) *line {
	l := &line{cfg: cfg, gateway: g, slots: make(chan struct{}, atOnce), came: make(chan error), ready: make(chan struct{})}
	l.ctx, l.cancel = context.WithCancel(context.Background())
	l.running.Go(func() { l.run(secret) })
	if g.Poll > 0 && g.Kind == phone.TwilioGateway {
		l.running.Go(l.poll)
	}
	return l
}

// close ends it, and waits for that.
func (l *line) close() {
	l.cancel()
	l.running.Wait()
}

// run reads what the gateway needs from the disk, and then tells of each change of what is wrong with it.
func (l *line) run(secret phone.Secret) {
	c, err := newClient(l.gateway, secret, l.cfg.Timing.Request)
	switch {
	case err != nil:
		l.broken = err
	case l.gateway.Kind == phone.TwilioGateway:
		l.provider = newTwilio(c)
	default:
		l.provider = generic{c}
	}
	close(l.ready)
	if err == nil {
		defer c.http.CloseIdleConnections()
	}
	known := "?" // so that the first success is told: what was wrong before a change may not be any more
	if err != nil {
		known = l.tell(err)
	}
	for {
		select {
		case err := <-l.came:
			if l.ctx.Err() == nil && phone.Sentence(err) != known {
				known = l.tell(err)
			}
		case <-l.ctx.Done():
			return
		}
	}
}

// tell tells what is wrong with the gateway, nil for nothing, and returns its sentence.
func (l *line) tell(err error) string {
	if err != nil {
		l.cfg.Log.Warn("gateway does not work", "gateway", l.gateway.Name, "err", err)
	} else {
		l.cfg.Log.Info("gateway works", "gateway", l.gateway.Name)
	}
	l.cfg.Inbox.GatewayChanged(l.gateway.ID, err)
	return phone.Sentence(err)
}

// learn has run know of the state of the gateway by what came of a request.
func (l *line) learn(err error) {
	select {
	case l.came <- err:
	case <-l.ctx.Done():
	}
}

// isGateways tells whether an error is about the gateway, not about one text or one moment, which the text itself says.
func isGateways(err error) bool {
	switch phone.CodeOf(err) {
	case "", phone.CodeAuth, phone.CodeCertificate, phone.CodeNoServer, phone.CodeUnreachable, phone.CodeInvalid:
		return true
	}
	return false
}

// send sends a text.
func (l *line) send(t phone.GatewayText, notify func(phone.TextResult)) {
	l.running.Go(func() {
		var result phone.TextResult
		if err := l.ask(func(p provider) { result = p.send(l.ctx, t) }); err != nil {
			result = waiting(err)
		}
		if isGateways(result.Err) {
			l.learn(result.Err)
		}
		l.heed(result.Err)
		notify(result)
	})
}

// ask does a request once there is a slot, and the provider wants some.
func (l *line) ask(do func(provider)) error {
	select {
	case <-l.ready:
	case <-l.ctx.Done():
		return closedError()
	}
	if l.broken != nil {
		return l.broken
	}
	select {
	case l.slots <- struct{}{}:
		defer func() { <-l.slots }()
	case <-l.ctx.Done():
		return closedError()
	}
	for pause := l.paused(); pause > 0; pause = l.paused() {
		l.sleep(pause)
	}
	if l.ctx.Err() != nil {
		return closedError()
	}
	do(l.provider)
	return nil
}

// closedError tells that the gateway was closed, or opened anew.
func closedError() error {
	return &phone.Error{Code: phone.CodeCancelled, Op: "text"}
}

// paused is for how long the provider wants nothing.
func (l *line) paused() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ctx.Err() != nil {
		return 0
	}
	return time.Until(l.pause)
}

// heed has nothing asked for as long as an error says that the provider wants that.
func (l *line) heed(err error) {
	var busy *busyError
	if !errors.As(err, &busy) || busy.after <= 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if until := time.Now().Add(busy.after); until.After(l.pause) {
		l.pause = until
	}
}

// sleep waits; false where the line closes meanwhile.
func (l *line) sleep(d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return l.ctx.Err() == nil
	case <-l.ctx.Done():
		return false
	}
}

// watch asks for what becomes of a text until that is final.
func (l *line) watch(ref string) {
	l.running.Go(func() {
		began, last := time.Now(), phone.TextSent
		for pause := l.cfg.Timing.Watch; time.Since(began) < l.cfg.Timing.Watched && l.sleep(pause); pause = min(2*pause, l.cfg.Timing.WatchMax) {
			var outcome phone.TextOutcome
			var final bool
			var err error
			if asked := l.ask(func(p provider) { outcome, final, err = p.status(l.ctx, ref) }); asked != nil {
				err = asked
			}
			l.heed(err)
			if phone.CodeOf(err) == phone.CodeRefused { // it is not known there
				return
			}
			if err != nil {
				continue
			}
			if outcome.State != last {
				last = outcome.State
				l.cfg.Inbox.TextNoted(l.gateway.ID, ref, outcome)
			}
			if final {
				return
			}
		}
	})
}
