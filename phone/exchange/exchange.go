// Package exchange is the practice exchange: a small SIP registrar with robots to
// call and robots that call, on 127.0.0.1 alone. The phone reaches it as it
// reaches any provider, by SIP and RTP.
//
//	600  says back what it hears       604  rings and never answers
//	601  speaks                        605  answers and hangs up after 5 s
//	602  is busy                       606  puts the caller on hold and takes them back
//	603  declines                      607  speaks before it answers
//
// Each of them writes back to who writes to it: 600 what it has read, the others a line about themselves.
package exchange

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"

	"github.com/callward/callward/phone"
)

// Exchange satisfies phone.Exchange. Its methods may be called from any
// goroutine.
type Exchange struct {
	log *slog.Logger

	mu      sync.Mutex // held while it starts or stops
	running *service   // nil while stopped
}

var _ phone.Exchange = (*Exchange)(nil)

// New returns an exchange that is not started. log may be nil.
func New(log *slog.Logger) *Exchange {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Exchange{log: log}
}

// Start opens the exchange on a free port of 127.0.0.1 and returns the account to
// use it with; the password is another one each time. Where it is started already
// it returns what it returned then. It fails with CodeUnreachable where it
// cannot listen. It runs until Stop, whatever becomes of ctx.
func (x *Exchange) Start(ctx context.Context) (phone.Account, phone.Secret, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return phone.Account{}, phone.Secret{}, fmt.Errorf("start practice exchange: %w", err)
	}
	if x.running == nil {
		s, err := startService(x.log)
		if err != nil {
			return phone.Account{}, phone.Secret{}, err
		}
		x.running = s
	}
	return x.running.account(), x.running.registrar.password, nil
}

// Stop ends all calls with robots and closes the exchange; it takes 2 s at most.
func (x *Exchange) Stop() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.running == nil {
		return nil
	}
	err := x.running.Close()
	x.running = nil
	return err
}

// Ring makes a robot call the agent: "jo", a person with a name, "unknown", an
// unknown number, "hidden", who does not show theirs, or "", any of them. It
// returns before the phone rings. It fails with CodeNotFound where there is no such
// robot, and with CodeState where the exchange is stopped or no phone is registered.
func (x *Exchange) Ring(who string) error {
	const op = "practice ring"
	x.mu.Lock()
	defer x.mu.Unlock()
	names := slices.Sorted(maps.Keys(callers))
	if who == "" {
		who = names[rand.IntN(len(names))]
	}
	caller, found := callers[strings.ToLower(who)]
	switch {
	case !found:
		return &phone.Error{Code: phone.CodeNotFound, Op: op, Field: "who", Err: fmt.Errorf("no robot is called %q: there are %s", who, strings.Join(names, ", "))}
	case x.running == nil:
		return &phone.Error{Code: phone.CodeState, Op: op, Err: errors.New("the practice exchange is off")}
	}
	return x.running.ring(caller)
}
