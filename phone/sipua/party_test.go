package sipua

import (
	"log/slog"
	"testing"
	"time"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
	"github.com/stretchr/testify/require"
)

// hasty are waits of dialogs for tests: a second is 10 ms.
var hasty = dialogTiming{
	t1: 30 * time.Millisecond, t2: 120 * time.Millisecond,
	ringing: 5 * time.Second, unanswered: 10 * time.Second, remind: time.Minute, second: 10 * time.Millisecond,
}

// party is Dialogs under test, with the calls that it gets.
type party struct {
	*Dialogs
	calls chan *testCall
	log   *lockedBuffer
}

// testCall is a dialog with what it tells.
type testCall struct {
	phone.Dialog
	phone.Incoming
	events chan phone.DialogEvent
}

func newParty(t *testing.T, cfg EndpointConfig, change func(*dialogTiming)) *party {
	t.Helper()
	p := &party{calls: make(chan *testCall, 100), log: &lockedBuffer{}}
	cfg.Log = slog.New(slog.NewTextHandler(p.log, &slog.HandlerOptions{Level: slog.LevelWarn}))
	e, err := NewEndpoint(cfg)
	require.NoError(t, err)
	p.Dialogs = NewDialogs(e, func(in phone.Incoming) func(phone.DialogEvent) {
		c := &testCall{Dialog: in.Dialog, Incoming: in, events: make(chan phone.DialogEvent, 100)}
		p.calls <- c
		return func(event phone.DialogEvent) { c.events <- event }
	})
	p.timing = hasty
	if change != nil {
		change(&p.timing)
	}
	e.OnRequest(p.Handle)
	t.Cleanup(func() {
		p.Close(t.Context())
		require.NoError(t, e.Close())
	})
	return p
}

// newCallee returns a party that listens on loopback.
func newCallee(t *testing.T, change func(*dialogTiming)) *party {
	t.Helper()
	return newParty(t, EndpointConfig{Account: phone.Account{Address: "bob@example.test"}, Listen: "127.0.0.1:0"}, change)
}

// newCaller returns a party whose server is at port of loopback.
func newCaller(t *testing.T, port uint16, change func(*dialogTiming)) *party {
	t.Helper()
	return newParty(t, EndpointConfig{
		Account:  phone.Account{Address: "alice@example.test", Server: "127.0.0.1", Port: int(port), Transport: phone.UDP},
		Password: phone.NewSecret("open sesame"),
	}, change)
}

// call begins a call to bob.
func (p *party) call(offer string) *testCall {
	c := &testCall{events: make(chan phone.DialogEvent, 100)}
	c.Dialog = p.Invite(sip.Uri{Scheme: "sip", User: "bob", Host: "example.test"}, []byte(offer),
		func(event phone.DialogEvent) { c.events <- event })
	return c
}

// next returns the next call that comes.
func (p *party) next(t *testing.T) *testCall {
	t.Helper()
	select {
	case c := <-p.calls:
		return c
	case <-time.After(patience):
		require.FailNow(t, "no call came")
		return nil
	}
}

// event returns the next event, which is of type T.
func event[T phone.DialogEvent](t *testing.T, c *testCall) T {
	t.Helper()
	select {
	case got := <-c.events:
		e, ok := got.(T)
		require.True(t, ok, "%T%+v instead of %T", got, got, e)
		return e
	case <-time.After(patience):
		var none T
		require.FailNow(t, "no event", "%T", none)
		return none
	}
}

// quiet tells that nothing was told beyond what was read.
func (c *testCall) quiet(t *testing.T) {
	t.Helper()
	select {
	case got := <-c.events:
		require.FailNow(t, "an event", "%T%+v", got, got)
	default:
	}
}

// over waits until no dialog is left.
func (p *party) over(t *testing.T) {
	t.Helper()
	require.Eventually(t, func() bool {
		p.mu.Lock()
		defer p.mu.Unlock()
		return len(p.dialogs) == 0
	}, patience, time.Millisecond, "a dialog is left")
}
