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

const (
	// atOnce is how many requests are under way at a time.
	atOnce = 4
	// lookBack is how far the first poll looks back, and overlap each later one: the phone leaves out what it has.
	lookBack = 24 * time.Hour
	overlap  = 10 * time.Minute
	// watched is for how long it is asked what became of a text.
	watched = 24 * time.Hour
)

// line is one gateway that is open. Its goroutines end with ctx; mu guards pause.
type line struct {
	cfg      Config
	gateway  phone.Gateway
	provider provider
	slots    chan struct{}

	ctx     context.Context
	cancel  context.CancelFunc
	running sync.WaitGroup

	mu    sync.Mutex
	pause time.Time // until when the provider wants nothing
}

func newLine(cfg Config, g phone.Gateway, secret phone.Secret) (*line, error) {
	c, err := newClient(g, secret, cfg.Timing.Request)
	if err != nil {
		return nil, err
	}
	l := &line{cfg: cfg, gateway: g, slots: make(chan struct{}, atOnce)}
	l.ctx, l.cancel = context.WithCancel(context.Background())
	if g.Kind == phone.TwilioGateway {
		l.provider = newTwilio(c)
	} else {
		l.provider = generic{c}
	}
	return l, nil
}

func (l *line) start() {
	if l.gateway.Poll > 0 && l.gateway.Kind == phone.TwilioGateway {
		l.running.Go(l.poll)
	}
}

func (l *line) close() {
	l.cancel()
	l.running.Wait()
}

// send sends a text on a goroutine that close waits for.
func (l *line) send(t phone.GatewayText, notify func(phone.TextResult)) {
	l.running.Go(func() {
		var result phone.TextResult
		err := l.ask(func() error {
			result = l.provider.send(l.ctx, t)
			return result.Err
		})
		if err != nil && result.State == "" {
			result = phone.TextResult{State: phone.TextWaiting, Err: err}
		}
		if result.After > 0 {
			l.wait(result.After)
		}
		if phone.CodeOf(result.Err) != phone.CodeRefused { // that is about the text
			l.tell(result.Err)
		}
		notify(result)
	})
}

// ask does a request once there is a slot, and the provider wants some.
func (l *line) ask(do func() error) error {
	select {
	case l.slots <- struct{}{}:
		defer func() { <-l.slots }()
	case <-l.ctx.Done():
		return closedError()
	}
	l.mu.Lock()
	pause := time.Until(l.pause)
	l.mu.Unlock()
	if !l.sleep(pause) {
		return closedError()
	}
	return do()
}

func closedError() error {
	return &phone.Error{Code: phone.CodeCancelled, Op: "text", Err: errors.New("the gateway was closed")}
}

// wait has nothing asked for a while: the provider wants that.
func (l *line) wait(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if until := time.Now().Add(d); until.After(l.pause) {
		l.pause = until
	}
}

// sleep waits; false where the line closes meanwhile.
func (l *line) sleep(d time.Duration) bool {
	if d <= 0 {
		return l.ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-l.ctx.Done():
		return false
	}
}

// tell tells what is wrong with the gateway; nil for nothing.
func (l *line) tell(err error) {
	if l.ctx.Err() == nil {
		l.cfg.Inbox.GatewayChanged(l.gateway.ID, err)
	}
}

// poll asks for texts that came, again and again.
func (l *line) poll() {
	since, retry := time.Now().Add(-lookBack), l.cfg.Timing.Retry
	for l.ctx.Err() == nil {
		began := time.Now()
		var list []phone.GatewayMessage
		err := l.ask(func() (err error) {
			list, err = l.provider.received(l.ctx, since)
			return err
		})
		l.tell(err)
		if err == nil && l.kept(list) {
			since, retry = began.Add(-overlap), l.cfg.Timing.Retry
			if !l.sleep(l.gateway.Poll) {
				return
			}
			continue
		}
		var busy *busyError
		pause := retry
		if errors.As(err, &busy) {
			pause = max(pause, busy.after)
		}
		retry = min(2*retry, l.cfg.Timing.RetryMax)
		if !l.sleep(pause) {
			return
		}
	}
}

// kept gives texts to the phone, and tells whether they are on the disk.
func (l *line) kept(list []phone.GatewayMessage) bool {
	if len(list) == 0 {
		return true
	}
	done := make(chan bool, 1)
	l.cfg.Inbox.GatewayReceived(l.gateway.ID, list, func(kept bool) { done <- kept })
	select {
	case kept := <-done:
		return kept
	case <-l.ctx.Done():
		return false
	}
}

// watch asks for what becomes of a text until that is final.
func (l *line) watch(ref string) {
	l.running.Go(func() {
		began, last := time.Now(), phone.TextState("")
		for pause := l.cfg.Timing.Watch; time.Since(began) < watched && l.sleep(pause); pause = min(2*pause, l.cfg.Timing.WatchMax) {
			var outcome phone.TextOutcome
			var final bool
			err := l.ask(func() (err error) {
				outcome, final, err = l.provider.status(l.ctx, ref)
				return err
			})
			var busy *busyError
			if errors.As(err, &busy) {
				l.wait(busy.after)
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
