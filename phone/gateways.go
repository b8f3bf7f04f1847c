package phone

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

// gatewaySetting keeps the gateways, as JSON, without their secrets.
const gatewaySetting = "text.gateways"

// Gateways returns the gateways, with what is wrong with each.
func (p *Phone) Gateways(context.Context) ([]GatewayStatus, error) { return p.Snapshot().Gateways, nil }

// SaveGateway adds a gateway, or changes the one of its ID, and returns it as it is kept; without hasSecret that one's secret stays
// as it was. It fails with CodeInvalid, where Field says what is wrong, CodeExists for a name that is taken, CodeNotFound,
// CodeStorage and CodeKeyring.
func (p *Phone) SaveGateway(ctx context.Context, g Gateway, secret Secret, hasSecret bool) (Gateway, error) {
	const op = "gateway"
	g.Name = strings.TrimSpace(g.Name)
	if err := g.Check(p.cfg.Numbers); err != nil {
		return Gateway{}, err
	}
	p.settling.Lock()
	defer p.settling.Unlock()
	known, err := p.storedGateways(ctx)
	if err != nil {
		return Gateway{}, err
	}
	at := slices.IndexFunc(known, func(k Gateway) bool { return k.ID == g.ID })
	if g.ID != "" && at < 0 {
		return Gateway{}, fault(CodeNotFound, op, "There is no such gateway any more.")
	}
	if w, taken := p.wayBy(g.Name); taken && w.gateway.ID != g.ID {
		return Gateway{}, &Error{Code: CodeExists, Op: op, Field: "name", Err: sentence("There is a gateway or account %s already: choose another name.", g.Name)}
	}
	if at < 0 {
		id, err := p.cfg.NewID()
		if err != nil {
			return Gateway{}, &Error{Code: CodeInternal, Op: op, Err: err}
		}
		g.ID = AccountID(id)
		known, at = append(known, g), len(known)
	}
	known[at] = g
	if hasSecret { // first, as an account's password
		if err := p.cfg.Secrets.Set(g.ID, secret); err != nil {
			return Gateway{}, err
		}
	} else {
		secret = p.password(g.ID)
	}
	if err := p.storeGateways(ctx, known); err != nil {
		return Gateway{}, err
	}
	err = p.ask(ctx, op, func(l *loop) error { l.openGateway(g, secret); return nil })
	p.outbox.look()
	return g, err
}

// RemoveGateway forgets a gateway and its secret. It fails with CodeNotFound and CodeStorage.
func (p *Phone) RemoveGateway(ctx context.Context, id AccountID) error {
	const op = "gateway"
	p.settling.Lock()
	defer p.settling.Unlock()
	known, err := p.storedGateways(ctx)
	if err != nil {
		return err
	}
	left := slices.DeleteFunc(slices.Clone(known), func(g Gateway) bool { return g.ID == id })
	if len(left) == len(known) {
		return fault(CodeNotFound, op, "There is no such gateway any more.")
	}
	if err := p.storeGateways(ctx, left); err != nil {
		return err
	}
	if err := p.cfg.Secrets.Delete(id); err != nil {
		p.cfg.Log.Warn("secret of a gateway not deleted", "err", err)
	}
	return p.ask(ctx, op, func(l *loop) error {
		l.textGateways.CloseGateway(id)
		l.gateways = slices.DeleteFunc(l.gateways, func(g GatewayStatus) bool { return g.ID == id })
		l.emit(Event{Kind: EventTriggers})
		return nil
	})
}

// TryGateway sends a short text by a gateway to a number as typed, as SendText.
func (p *Phone) TryGateway(ctx context.Context, id AccountID, number string) (Text, error) {
	for _, g := range p.Snapshot().Gateways {
		if g.ID == id {
			return p.SendText(ctx, TextRequest{Number: number, Body: "This is a test of Callward.", Via: g.Name})
		}
	}
	return Text{}, fault(CodeNotFound, "gateway", "There is no such gateway any more.")
}

func (p *Phone) storedGateways(ctx context.Context) (list []Gateway, err error) {
	text, err := p.cfg.Store.Setting(ctx, gatewaySetting)
	if err != nil || text == "" {
		return nil, err
	}
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		return nil, &Error{Code: CodeStorage, Op: "gateway", Err: fmt.Errorf("the gateways cannot be read: %w", err)}
	}
	return list, nil
}

func (p *Phone) storeGateways(ctx context.Context, list []Gateway) error {
	text, err := json.Marshal(list)
	if err != nil {
		return &Error{Code: CodeInternal, Op: "gateway", Err: err}
	}
	return p.cfg.Store.SetSetting(ctx, gatewaySetting, string(text))
}

// openTexts reads what texts and triggers need, and opens the gateways.
func (p *Phone) openTexts(ctx context.Context) error {
	s, err := p.TextSettings(ctx)
	if err != nil {
		return err
	}
	p.texting.Store(&s)
	list, err := p.storedGateways(ctx)
	if err != nil {
		p.cfg.Log.Error("gateways not read", "err", err)
		p.warn(Sentence(err))
	}
	for _, g := range list {
		refs, err := p.cfg.Store.SentRefs(ctx, g.Name, time.Now().Add(-watched))
		if err != nil {
			return err
		}
		p.inbox.Put(gatewayOpened{g, p.password(g.ID), refs})
	}
	return errors.Join(p.outbox.open(ctx), p.triggers.open(ctx))
}

// gatewayOpened is a gateway to open.
type gatewayOpened struct {
	gateway Gateway
	secret  Secret
	sent    []string // what is not known to have arrived yet
}

func (in gatewayOpened) apply(l *loop) {
	l.openGateway(in.gateway, in.secret)
	for _, ref := range in.sent {
		l.textGateways.Watch(in.gateway.ID, ref)
	}
}

// watched is for how long it is asked what became of a text that a gateway has sent.
const watched = 24 * time.Hour

// openGateway begins to use a gateway, anew where it was open.
func (l *loop) openGateway(g Gateway, secret Secret) {
	at := slices.IndexFunc(l.gateways, func(known GatewayStatus) bool { return known.ID == g.ID })
	if at < 0 {
		l.gateways, at = append(l.gateways, GatewayStatus{}), len(l.gateways)
	}
	l.gateways[at] = GatewayStatus{Gateway: g}
	l.textGateways.Open(g, secret)
	l.emit(Event{Kind: EventTriggers})
}

// textingInbox is the Phone as the gateways see it.
type textingInbox Phone

// GatewayChanged queues what is wrong with a gateway.
func (in *textingInbox) GatewayChanged(id AccountID, err error) {
	in.inbox.Put(gatewayChanged{id, Sentence(err)})
	if err == nil {
		for _, g := range in.snapshot.Load().Gateways {
			if g.ID == id {
				in.outbox.revive(g.Name)
			}
		}
	}
}

// gatewayChanged is what is wrong with a gateway; "" for nothing.
type gatewayChanged struct {
	id    AccountID
	fault string
}

func (in gatewayChanged) apply(l *loop) {
	for i, g := range l.gateways {
		if g.ID == in.id && g.Fault != in.fault {
			l.gateways[i].Fault = in.fault
			l.emit(Event{Kind: EventTriggers})
		}
	}
}

// GatewayReceived queues texts that came.
func (in *textingInbox) GatewayReceived(id AccountID, list []GatewayMessage, kept func(bool)) {
	in.inbox.Put(gatewayReceived{id, list, kept})
}

// gatewayReceived are texts that came by a gateway.
type gatewayReceived struct {
	id   AccountID
	list []GatewayMessage
	kept func(bool)
}

func (in gatewayReceived) apply(l *loop) {
	at := slices.IndexFunc(l.gateways, func(g GatewayStatus) bool { return g.ID == in.id })
	if at < 0 || len(in.list) == 0 {
		in.kept(at >= 0)
		return
	}
	g := l.gateways[at]
	var left, lost atomic.Int64
	left.Store(int64(len(in.list)))
	answer := func(status int) {
		if status == 480 {
			lost.Add(1)
		}
		if left.Add(-1) == 0 {
			in.kept(lost.Load() == 0)
		}
	}
	for _, m := range in.list {
		body, kind := m.Body, ""
		switch {
		case m.Media > 0 && body == "":
			kind = "picture"
		case m.Media > 0:
			body += fmt.Sprintf("\n[%d]", m.Media)
		}
		l.received(IncomingText{
			Account: g.ID, Gateway: true, Caller: Caller{Claims: []Claim{{Source: "From", User: m.From}}},
			Text: body, Type: kind, Origin: m.Ref, Time: m.Time, Answer: answer,
		}, Account{ID: g.ID, Address: g.Name, Country: l.wayOfGateway(g).gateway.Country})
	}
}

// TextNoted queues what became of a text that a gateway has sent.
func (in *textingInbox) TextNoted(id AccountID, ref string, outcome TextOutcome) {
	p := (*Phone)(in)
	if outcome.At.IsZero() {
		outcome.At = time.Now()
	}
	p.outbox.inbox.Put(func(ctx context.Context) {
		for _, g := range p.Snapshot().Gateways {
			if g.ID != id {
				continue
			}
			t, err := p.cfg.Store.TextByRef(ctx, g.Name, ref)
			if err == nil {
				err = p.outbox.noted(ctx, t, outcome)
			}
			if err != nil && CodeOf(err) != CodeNotFound {
				p.cfg.Log.Error("state of a text not kept", "err", err)
			}
		}
	})
}
