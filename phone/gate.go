package phone

import (
	"context"
	"errors"
	"time"
)

// CallRequest is a call that the agent asks for.
type CallRequest struct {
	// Number is as typed: a telephone number, an extension, a SIP address or a link.
	Number string
	// Account is the address of the account to call with; "" means the default one.
	Account string
	// Anyway calls a number although it is blocked: the agent was told, and chose to proceed.
	Anyway bool
}

// Gate tells what Dial would say to a request, and calls nobody: whom it would reach, or
// why it would fail, such as *Blocked. It is for who has to do something before that cannot be
// undone, such as to end another call.
func (p *Phone) Gate(ctx context.Context, r CallRequest) (Target, error) {
	var target Target
	err := p.ask(ctx, "call", func(l *loop) error {
		acc, err := l.callingAccount(r.Account)
		if err == nil {
			target, _, err = l.admit(r.Number, acc.Account, r.Anyway)
		}
		return err
	})
	return target, p.explained(ctx, err)
}

// explained adds to a refusal of the gate what the store knows of the entry.
func (p *Phone) explained(ctx context.Context, err error) error {
	var b *Blocked
	if !errors.As(err, &b) {
		return err
	}
	if e, _, unread := p.cfg.Store.Entry(ctx, b.Verdict.Row, ""); unread == nil {
		e.Mode = b.Verdict.Mode
		b.Entry = e
	}
	return err
}

// admit is the gate: every number passes it before an INVITE leaves for it, whether the agent
// typed it or a redirect named it. It fails with CodeBlocked, and *Blocked, for one that is
// blacklisted, unless the agent wants it anyway: then it returns the verdict that is overruled. An emergency number passes.
func (l *loop) admit(number string, acc Account, anyway bool) (target Target, overruled Verdict, err error) {
	target, err = l.cfg.Numbers.Target(number, acc)
	if err != nil || target.Emergency {
		return target, Verdict{}, err
	}
	v := l.matched(l.targetForms(target, acc), time.Now())
	if !v.Blocked() {
		return target, Verdict{}, nil
	}
	if anyway {
		return target, v, nil
	}
	held := &Blocked{Verdict: v, Entry: Entry{Kind: v.Kind, Number: v.Number, Mode: v.Mode}}
	return target, Verdict{}, &Error{Code: CodeBlocked, Op: "call", Err: held}
}

// targetForms are those in which a number that is dialled may be listed.
func (p *Phone) targetForms(target Target, acc Account) []string {
	return p.forms(Claim{User: target.URI, Number: target.Number}, acc)
}
