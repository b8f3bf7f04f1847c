package gateway_test

import (
	"bytes"
	"context"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/gateway"
	"github.com/callward/callward/test/twilio"
)

const (
	own   = "+442079460018"
	other = "+447700900123"
	third = "+447700900456"
)

// quick is a timing whose pauses no test waits for.
var quick = gateway.Timing{Request: 10 * time.Second, Watch: time.Millisecond, WatchMax: 4 * time.Millisecond, Watched: time.Minute, RetryMax: 20 * time.Millisecond}

// rig is gateways with the phone that they tell. mu guards what follows it.
type rig struct {
	*gateway.Gateways
	log *buffer

	mu       sync.Mutex
	changes  []error
	received []phone.GatewayMessage
	lists    int
	refusing bool
	noted    []phone.TextOutcome
	settings map[string]string
	changed  chan struct{}
}

// newRig returns gateways that end with t.
func newRig(t *testing.T, timing gateway.Timing) *rig {
	r := &rig{log: &buffer{}, settings: map[string]string{}, changed: make(chan struct{}, 1)}
	r.Gateways = r.start(t, timing)
	return r
}

// start starts gateways that tell r, as a program that is started again.
func (r *rig) start(t *testing.T, timing gateway.Timing) *gateway.Gateways {
	gs := gateway.New(gateway.Config{
		Inbox: r, Settings: r, Timing: timing,
		Log: slog.New(slog.NewTextHandler(r.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	t.Cleanup(func() { require.NoError(t, gs.Close()) })
	return gs
}

func (r *rig) do(change func()) {
	r.mu.Lock()
	change()
	r.mu.Unlock()
	select {
	case r.changed <- struct{}{}:
	default:
	}
}

// until waits until what r was told fits.
func (r *rig) until(t *testing.T, fits func() bool) {
	t.Helper()
	end := time.After(10 * time.Second)
	for {
		r.mu.Lock()
		fit := fits()
		r.mu.Unlock()
		if fit {
			return
		}
		select {
		case <-r.changed:
		case <-end:
			r.mu.Lock()
			defer r.mu.Unlock()
			require.FailNow(t, "not told within 10 s", "changes %v\nreceived %v\nnoted %v", r.changes, r.received, r.noted)
		}
	}
}

// told returns what was told until now; until's fits reads it itself.
func (r *rig) told() (changes []error, bodies []string, lists int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.changes), r.bodies(), r.lists
}

// bodies are those of the texts that came. mu is held.
func (r *rig) bodies() (list []string) {
	for _, m := range r.received {
		list = append(list, m.Body)
	}
	return list
}

func (r *rig) GatewayChanged(_ phone.AccountID, err error) {
	r.do(func() { r.changes = append(r.changes, err) })
}

func (r *rig) GatewayReceived(_ phone.AccountID, list []phone.GatewayMessage, kept func(bool)) {
	r.do(func() {
		r.lists++
		if !r.refusing {
			r.received = append(r.received, list...)
		}
		kept(!r.refusing)
	})
}

func (r *rig) TextNoted(_ phone.AccountID, _ string, o phone.TextOutcome) {
	r.do(func() { r.noted = append(r.noted, o) })
}

func (r *rig) Setting(_ context.Context, key string) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.settings[key], nil
}

func (r *rig) SetSetting(_ context.Context, key, value string) error {
	r.do(func() { r.settings[key] = value })
	return nil
}

// send sends a text, and returns what came of it.
func (r *rig) send(t *testing.T, text phone.GatewayText) phone.TextResult {
	t.Helper()
	done := make(chan phone.TextResult, 1)
	r.Send("g1", text, func(result phone.TextResult) { done <- result })
	select {
	case result := <-done:
		return result
	case <-time.After(20 * time.Second):
		require.FailNow(t, "no result of a text within 20 s")
		return phone.TextResult{}
	}
}

func hello(to string) phone.GatewayText {
	return phone.GatewayText{ID: "t1", To: to, From: own, Body: "Hello"}
}

// account is the gateway of a server's account; it does not poll.
func account(s *twilio.Server) phone.Gateway {
	return phone.Gateway{ID: "g1", Name: "Mine", Kind: phone.TwilioGateway, Number: own, User: twilio.AccountSID, URL: s.URL, CAFile: s.CAFile}
}

// polled is account, which polls.
func polled(s *twilio.Server) phone.Gateway {
	g := account(s)
	g.Poll = 5 * time.Millisecond
	return g
}

// opened returns a rig with the account of a server, open.
func opened(t *testing.T, g phone.Gateway) *rig {
	r := newRig(t, quick)
	r.Open(g, phone.NewSecret(twilio.AuthToken))
	return r
}

// buffer is a log that is read while it is written.
type buffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}
