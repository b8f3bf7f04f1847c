package sipua

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/callward/callward/phone"
)

// wish is what others want of a registration.
type wish int

const (
	wishRefresh   wish = iota // the agent asked
	wishReconnect             // the connection to the server ended
)

// registration keeps an account registered. The goroutine of Run owns it; refresh
// may be called from any.
type registration struct {
	e       *Endpoint
	binding *binding
	// report gets each new state, on the goroutine of Run.
	report func(phone.RegistrationState, error)
	// renewed is told, there too, of each REGISTER that was accepted: anew, after the account was not
	// registered, or still.
	renewed func(anew bool)
	wishes  *phone.Mailbox[wish]

	next *time.Timer // when to register again; stopped while barred
	// failures and losses are the waits after failures, and after connections
	// that ended soon.
	failures, losses backoff
	// barred is set once the server refused for good: trying again before the
	// agent asks would get the whole office banned.
	barred bool
	since  time.Time // registered since; zero while not
	wake   wakeWatch
	cut    bool // there is no route to the server
	state  phone.RegistrationState
	reason string
}

func newRegistration(e *Endpoint, report func(phone.RegistrationState, error)) *registration {
	wait := backoff{least: e.cfg.Timing.RetryMin, most: e.cfg.Timing.RetryMax}
	return &registration{
		e: e, binding: newBinding(e), report: report, renewed: func(bool) {},
		wishes: phone.NewMailbox[wish](), failures: wait, losses: wait,
	}
}

// refresh registers at once and forgets a back-off.
func (r *registration) refresh() { r.wishes.Put(wishRefresh) }

// Run registers and keeps registered until ctx ends; then it un-registers, which
// takes no longer than Timing.Stop.
func (r *registration) Run(ctx context.Context) error {
	r.e.onLost(func() { r.wishes.Put(wishReconnect) })
	watch := time.NewTicker(r.e.cfg.Timing.Watch)
	defer watch.Stop()
	r.next = time.NewTimer(0)
	defer r.next.Stop()
	r.tell(phone.Registering, nil)
	for {
		select {
		case <-ctx.Done():
			r.leave()
			return nil
		case <-r.next.C:
			r.try(ctx)
		case <-r.wishes.Ready():
			for _, w := range r.wishes.Take() {
				r.grant(w)
			}
		case now := <-watch.C:
			r.look(now)
		}
	}
}

// try registers and decides when to do so again.
func (r *registration) try(ctx context.Context) {
	granted, err := r.binding.register(ctx)
	r.wake.slept(time.Now(), 0) // that took long, and was no sleep
	if ctx.Err() != nil {
		return // it failed since it is to end
	}
	if err == nil {
		r.failures.reset()
		anew := r.since.IsZero()
		if anew {
			r.since = time.Now()
		}
		r.next.Reset(refreshAfter(granted))
		r.tell(phone.Registered, nil)
		r.renewed(anew)
		r.e.trustServer(ctx)
		return
	}
	r.since = time.Time{}
	if r.barred = phone.CodeOf(err) == phone.CodeAuth; r.barred {
		r.next.Stop()
	} else {
		r.next.Reset(r.failures.next())
	}
	r.tell(phone.Failed, err)
}

// grant does what others want.
func (r *registration) grant(w wish) {
	switch w {
	case wishRefresh:
		r.again()
		r.barred = false
	case wishReconnect:
		if r.barred || r.since.IsZero() || r.e.connected() {
			return
		}
		if time.Since(r.since) > r.e.cfg.Timing.RetryMax {
			r.losses.reset()
			r.again()
		} else { // a server that hangs up after each answer
			r.next.Reset(r.losses.next())
			r.tell(phone.Registering, nil)
		}
		r.since = time.Time{}
	}
}

// look finds out that the machine slept, has another address now, or lost its
// network or got it back.
func (r *registration) look(now time.Time) {
	slept := r.wake.slept(now, r.e.cfg.Timing.Watch)
	if slept {
		r.e.hangUp() // what was open then is dead, and would take minutes to find out
	}
	moved, err := r.e.moved()
	changed := (err != nil) != r.cut
	r.cut = err != nil
	if (slept || moved || changed) && !r.barred {
		r.again()
	}
}

// again registers anew at once.
func (r *registration) again() {
	r.failures.reset()
	r.next.Reset(0)
	r.tell(phone.Registering, nil)
}

// leave un-registers, unless the server refused us for good: it would see the refused
// credentials once more.
func (r *registration) leave() {
	if r.barred {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), r.e.cfg.Timing.Stop)
	defer cancel()
	if err := r.binding.remove(ctx); err != nil {
		r.e.log.Info("not un-registered", "err", err)
	}
}

// tell reports a state that is new.
func (r *registration) tell(state phone.RegistrationState, err error) {
	reason := ""
	if err != nil {
		reason = err.Error()
	}
	if state == r.state && reason == r.reason {
		return
	}
	r.state, r.reason = state, reason
	if err != nil {
		r.e.log.Warn("registration", "state", state, "err", err)
	} else {
		r.e.log.Info("registration", "state", state)
	}
	r.report(state, err)
}

// refreshAfter returns when to register again for a binding that lasts granted:
// so far ahead that a server which is slow to answer does not lose us.
func refreshAfter(granted time.Duration) time.Duration {
	ahead := min(granted/4, time.Minute)
	return granted - ahead - time.Duration(rand.Int64N(int64(ahead/4)+1))
}
