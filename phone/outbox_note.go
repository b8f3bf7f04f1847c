package phone

import (
	"context"
	"time"
)

// note takes a delivery note of a number: what became of a text that it was sent.
func (o *outbox) note(in IncomingText, number string) {
	o.inbox.Put(func(ctx context.Context) {
		t, err := o.phone.cfg.Store.Text(ctx, TextID(in.MessageID))
		if err == nil && t.Direction == Out && t.Number == number {
			outcome := TextOutcome{State: in.Note, At: time.Now()}
			if in.Note == TextFailed {
				outcome.Reason = "The other side could not deliver it."
			}
			err = o.noted(ctx, t, outcome)
		}
		if err != nil && CodeOf(err) != CodeNotFound {
			o.log.Error("delivery note not kept", "err", err)
			in.Answer(480) // it may come again
			return
		}
		in.Answer(200)
	})
}

// noted writes down what is told of a text that was sent.
func (o *outbox) noted(ctx context.Context, t Text, outcome TextOutcome) error {
	now, err := o.phone.cfg.Store.SettleText(ctx, t.ID, outcome)
	if err == nil && now.State != t.State {
		o.phone.inbox.Put(textHappened{text: now})
	}
	return err
}

// deliver tells the sender of a text that it was delivered (RFC 5438).
func (o *outbox) deliver(in receivedText) {
	target, err := o.phone.cfg.Numbers.Target(in.shown.Number, in.account)
	if in.Gateway || err != nil {
		return
	}
	o.phone.signalling.Text(in.account.ID, OutgoingText{Kind: KindNote, Target: target, MessageID: in.MessageID, Time: time.Now()}, func(r TextResult) {
		if r.Status/100 != 2 {
			o.log.Debug("delivery note not sent", "status", r.Status, "err", r.Err)
		}
	})
}

// Compose tells the other side of a thread that the agent types, or no longer, where its program understands that and
// TextSettings.Composing is set. It returns at once.
func (p *Phone) Compose(number string, typing bool) {
	if !p.textSettings().Composing || number == "" {
		return
	}
	p.outbox.inbox.Put(func(ctx context.Context) {
		t, err := p.Thread(ctx, number)
		if err != nil || !t.Features.Composing || t.Entry.Mode.Blocks() {
			return
		}
		w, found := p.wayBy(t.Via)
		if !found || w.isGateway() || w.fault() != nil {
			return
		}
		if w, err = w.to(number, p.cfg.Numbers); err != nil {
			return
		}
		p.signalling.Text(w.account.Account.ID, OutgoingText{Kind: KindComposing, Target: w.target, Composing: typing, Time: time.Now()}, func(TextResult) {})
	})
}
