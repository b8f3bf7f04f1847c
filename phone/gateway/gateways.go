// Package gateway sends texts, and asks for those that came, through providers' HTTP APIs: one file a provider. It satisfies
// phone.Texting.
package gateway

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/callward/callward/phone"
)

// Timing is how long things take; its zero value is the usual one.
type Timing struct {
	// Request is the longest that an answer is waited for.
	Request time.Duration
	// Watch is the pause before it is first asked what became of a text, which doubles up to WatchMax. Watched is for how long
	// that goes on.
	Watch, WatchMax, Watched time.Duration
	// RetryMax is the longest pause after polls that failed, which begins with the gateway's Poll and doubles.
	RetryMax time.Duration
}

func (t Timing) orUsual() Timing {
	if t == (Timing{}) {
		return Timing{Request: 30 * time.Second, Watch: 2 * time.Second, WatchMax: 5 * time.Minute, Watched: 24 * time.Hour, RetryMax: 5 * time.Minute}
	}
	return t
}

// Settings keep where polling stands, so that texts are not missed however long the program was ended; data's store satisfies it.
type Settings interface {
	// Setting returns what was kept by a key; "" for nothing.
	Setting(ctx context.Context, key string) (string, error)
	SetSetting(ctx context.Context, key, value string) error
}

// Config is what [Gateways] are made of. Log may be nil, and Settings, without which each start looks back a day.
type Config struct {
	Inbox    phone.TextingInbox
	Settings Settings
	Log      *slog.Logger
	Timing   Timing
}

// Gateways are all gateways; it satisfies [phone.Texting]. Its methods may be called from any goroutine; mu guards the rest.
type Gateways struct {
	cfg Config

	mu     sync.Mutex
	open   map[phone.AccountID]*line
	closed bool
	ending sync.WaitGroup
}

var _ phone.Texting = (*Gateways)(nil)

// New returns none.
func New(cfg Config) *Gateways {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	cfg.Timing = cfg.Timing.orUsual()
	return &Gateways{cfg: cfg, open: map[phone.AccountID]*line{}}
}

// Open begins to use a gateway, anew after a change; see [phone.Texting].
func (gs *Gateways) Open(g phone.Gateway, secret phone.Secret) {
	gs.mu.Lock()
	defer gs.mu.Unlock()
	if gs.closed {
		return
	}
	gs.end(g.ID)
	gs.open[g.ID] = openLine(gs.cfg, g, secret)
}

// CloseGateway ends the use of a gateway; what is under way is cut off.
func (gs *Gateways) CloseGateway(id phone.AccountID) {
	gs.mu.Lock()
	defer gs.mu.Unlock()
	gs.end(id)
}

// end closes a gateway, if it is open, without waiting. mu is held.
func (gs *Gateways) end(id phone.AccountID) {
	if l := gs.open[id]; l != nil {
		delete(gs.open, id)
		l.cancel() // from now on it tells nothing of the gateway
		gs.ending.Go(l.close)
	}
}

// Send sends a text; see [phone.Texting].
func (gs *Gateways) Send(id phone.AccountID, t phone.GatewayText, notify func(phone.TextResult)) {
	if !gs.with(id, func(l *line) { l.send(t, notify) }) {
		notify(waiting(later("the gateway is not open: look at it in Settings, Texts")))
	}
}

// Watch asks for what becomes of a text; see [phone.Texting].
func (gs *Gateways) Watch(id phone.AccountID, ref string) {
	gs.with(id, func(l *line) { l.watch(ref) })
}

// with calls do with a gateway that is open, and tells whether it is.
func (gs *Gateways) with(id phone.AccountID, do func(*line)) bool {
	gs.mu.Lock()
	defer gs.mu.Unlock()
	l := gs.open[id]
	if l != nil {
		do(l)
	}
	return l != nil
}

// Close ends all, and waits for it.
func (gs *Gateways) Close() error {
	gs.mu.Lock()
	gs.closed = true
	for id := range gs.open {
		gs.end(id)
	}
	gs.mu.Unlock()
	gs.ending.Wait()
	return nil
}
