package sipua

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
)

// AgentConfig is what an [Agent] is made of.
type AgentConfig struct {
	// Inbox gets what happens.
	Inbox phone.SignallingInbox
	// Resolver, Log, Trace and Timing are as in [EndpointConfig].
	Resolver *net.Resolver
	Log      *slog.Logger
	Trace    *Trace
	Timing   Timing
}

// Agent is SIP for all accounts, one line each, and satisfies [phone.Signalling].
// Its methods may be called from any goroutine; mu guards lines.
type Agent struct {
	cfg AgentConfig

	mu    sync.Mutex
	lines map[phone.AccountID]*line
	// last are the lines that CloseAccount closed last: one that is opened anew
	// meanwhile must not be told off by the former.
	last   map[phone.AccountID]*line
	closed bool
	// ending are lines that are being closed.
	ending sync.WaitGroup
}

var _ phone.Signalling = (*Agent)(nil)

// NewAgent returns an agent without accounts.
func NewAgent(cfg AgentConfig) *Agent {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	cfg.Timing = cfg.Timing.orUsual()
	return &Agent{cfg: cfg, lines: map[phone.AccountID]*line{}, last: map[phone.AccountID]*line{}}
}

// Open starts the account's registration, or starts it anew after a change: the
// former line is closed beside it, and says no more.
func (a *Agent) Open(acc phone.Account, password phone.Secret) {
	opened, err := newLine(a.cfg, acc, password)
	a.mu.Lock()
	if a.closed {
		a.mu.Unlock()
		if err == nil {
			_ = opened.endpoint.Close()
		}
		return
	}
	former := a.lines[acc.ID]
	delete(a.lines, acc.ID)
	former.hush()
	a.last[acc.ID].hush()
	delete(a.last, acc.ID)
	if err == nil {
		opened.start()
		a.lines[acc.ID] = opened
	}
	a.end(former)
	a.mu.Unlock()
	if err != nil {
		a.cfg.Log.Error("account not opened", "account", acc.Address, "err", err)
		a.cfg.Inbox.AccountChanged(acc.ID, phone.Failed, err)
	}
}

// Refresh registers at once and forgets a back-off.
func (a *Agent) Refresh(id phone.AccountID) {
	if l := a.line(id); l != nil {
		l.registration.refresh()
	}
}

// CloseAccount ends the account's dialogs and un-registers; [phone.Off] is told
// when that is done, after Timing.Stop at most.
func (a *Agent) CloseAccount(id phone.AccountID) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if l := a.lines[id]; l != nil {
		a.last[id] = l
		a.end(l)
		delete(a.lines, id)
	}
}

// LocalIP returns the address that the account's server reaches us at, for SDP;
// "" while it is not known.
func (a *Agent) LocalIP(id phone.AccountID) string {
	if l := a.line(id); l != nil {
		return l.endpoint.localIP()
	}
	return ""
}

// Invite begins a dialog with an INVITE that carries offer. Without such an
// account, or with a target that is no URI, the dialog ends at once.
func (a *Agent) Invite(id phone.AccountID, target phone.Target, offer []byte, notify func(phone.DialogEvent)) phone.Dialog {
	l := a.line(id)
	var uri sip.Uri
	err := sip.ParseUri(target.URI, &uri)
	switch {
	case l == nil:
		err = &phone.Error{Code: phone.CodeNoAccount, Op: "call", Err: errors.New("the account is not open")}
	case err != nil:
		err = &phone.Error{Code: phone.CodeInvalid, Op: "call", Field: "number", Err: fmt.Errorf("%q is no address", target.URI)}
	default:
		return l.dialogs.Invite(uri, offer, notify)
	}
	notify(phone.DialogEnded{Cause: phone.EndFailed, Err: err})
	return noDialog{}
}

// Close ends all dialogs, un-registers all accounts and waits for it, no longer
// than Timing.Stop.
func (a *Agent) Close() error {
	a.mu.Lock()
	a.closed = true
	for id, l := range a.lines {
		a.end(l)
		delete(a.lines, id)
	}
	a.mu.Unlock()
	a.ending.Wait()
	return nil
}

// end closes a line, if there is one, without waiting. It is called with mu held.
func (a *Agent) end(l *line) {
	if l != nil {
		a.ending.Go(l.close)
	}
}

func (a *Agent) line(id phone.AccountID) *line {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.lines[id]
}

// noDialog is a dialog that ended before it began.
type noDialog struct{}

func (noDialog) Ring()          {}
func (noDialog) Early([]byte)   {}
func (noDialog) Accept([]byte)  {}
func (noDialog) Reject(int)     {}
func (noDialog) Reoffer([]byte) {}
func (noDialog) Reply([]byte)   {}
func (noDialog) End()           {}
