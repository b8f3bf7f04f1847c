package phone

import (
	"context"
	"time"
)

// begin tries the text at the head of a lane: it is sent, taken off, or the lane waits.
func (o *outbox) begin(ctx context.Context, lane *textLane) {
	head := lane.queue[0]
	t, err := o.phone.cfg.Store.QueuedText(ctx, head.id)
	switch {
	case CodeOf(err) == CodeNotFound: // deleted, or withheld
		lane.pop()
		o.phone.triggers.put(triggerTextGone(head.id))
		return
	case err != nil:
		o.log.Error("text not read", "err", err)
		lane.wait(0)
		return
	}
	if t.late() {
		o.expire(ctx, lane, t, t.Reason)
		return
	}
	w, found := o.phone.wayBy(t.Via)
	if !found {
		o.fail(ctx, lane, t, "There is no account or gateway "+t.Via+" any more.")
		return
	}
	if w, err = w.to(t.Number, o.phone.cfg.Numbers); err != nil {
		o.fail(ctx, lane, t, Sentence(err))
		return
	}
	if t.Trigger != "" && o.withhold(ctx, lane, t, w) {
		return
	}
	if err := w.fault(); err != nil {
		o.hold(ctx, lane, t, Sentence(err), 0)
		return
	}
	if !head.fresh {
		if err := o.next(ctx, lane, &t); err != nil {
			o.log.Error("text not sent: its number cannot be written", "err", err)
			lane.wait(0)
			return
		}
	} else {
		t.CSeq = 1
	}
	lane.queue[0].fresh = false
	o.launch(ctx, lane, t, w)
}

// next gives a text that may have been sent the next CSeq, which is on the disk before it is used. Where the program ended
// meanwhile nobody knows how many an answer to a challenge took.
func (o *outbox) next(ctx context.Context, lane *textLane, t *QueuedText) error {
	if lane.cseq == 0 {
		lane.cseq = t.CSeq + challenges
	}
	t.CSeq = max(lane.cseq, t.CSeq) + 1
	return o.phone.cfg.Store.TryText(ctx, t.ID, t.CSeq)
}

// challenges is how many CSeq the credentials for one try take at most.
const challenges = 8

// launch gives a text to its account or gateway.
func (o *outbox) launch(ctx context.Context, lane *textLane, t QueuedText, w textWay) {
	lane.sending = t.ID
	o.busy++
	notify := func(r TextResult) {
		o.inbox.Put(func(ctx context.Context) {
			lane.sending = ""
			o.busy--
			o.came(ctx, lane, t, w, r)
		})
	}
	tried := lane.since
	if tried.IsZero() {
		lane.since = time.Now()
		if t.CSeq > 1 {
			tried = t.Time
		}
	}
	if w.isGateway() {
		o.phone.textGateways.Send(w.gateway.ID, GatewayText{ID: t.ID, To: t.Number, From: w.gateway.Number, Body: t.Body, Tried: tried}, notify)
		return
	}
	thread, err := o.phone.cfg.Store.Thread(ctx, t.Number)
	if err != nil {
		o.log.Error("thread not read", "err", err)
	}
	lane.wrapped = thread.Features.Notes && !lane.plain
	o.phone.signalling.Text(w.account.Account.ID, OutgoingText{
		Target: w.target, CallID: t.CallID, CSeq: t.CSeq, MessageID: string(t.ID), Body: t.Body, Time: t.Time,
		Notes: lane.wrapped, Automatic: t.Trigger != "",
	}, notify)
}

// came takes what came of a text that was sent.
func (o *outbox) came(ctx context.Context, lane *textLane, t QueuedText, w textWay, r TextResult) {
	if r.Known {
		o.learn(ctx, t.Number, func(TextFeatures) TextFeatures { return r.Features })
	}
	lane.cseq = max(t.CSeq, r.CSeq)
	state := r.State
	if !w.isGateway() {
		state = outcomeOf(r)
	}
	switch {
	case r.Status == 415 && lane.wrapped:
		lane.plain = true // the next try is without message/cpim, at once
		o.learn(ctx, t.Number, func(f TextFeatures) TextFeatures { return TextFeatures{Composing: f.Composing} })
	case state == TextSent || state == TextDelivered:
		lane.pop()
		o.settle(ctx, t, TextOutcome{State: state, Ref: r.Ref, At: time.Now()})
		if w.isGateway() && state == TextSent && r.Ref != "" {
			o.phone.textGateways.Watch(w.gateway.ID, r.Ref)
		}
	case state == TextFailed:
		o.fail(ctx, lane, t, r.sentence())
	default:
		o.hold(ctx, lane, t, r.sentence(), r.After)
	}
}

// outcomeOf says what a final answer to a MESSAGE means: who is not there now may be later.
func outcomeOf(r TextResult) TextState {
	switch s := r.Status; {
	case s >= 200 && s < 300:
		return TextSent
	case s == 0, s == 401, s == 407, s == 408, s == 429, s == 480, s == 486, s == 491, s == 500, s == 502, s == 503, s == 504, s == 600:
		return TextWaiting
	}
	return TextFailed
}

// sentence says what went wrong.
func (r TextResult) sentence() string {
	if r.Err != nil {
		return Sentence(r.Err)
	}
	if text, known := textRefusals[r.Status]; known {
		return text
	}
	return Sentence(&Error{Code: CodeRefused, Op: "text", SIPStatus: r.Status})
}

// textRefusals are what statuses mean for a text.
var textRefusals = map[int]string{
	401: "The server does not take the password.",
	403: "The server does not let you text this number.",
	404: "Nobody has this number.",
	405: "The other side takes no texts.",
	407: "The server does not take the password.",
	408: "The other side does not answer.",
	413: "The text is too long for the other side.",
	415: "The other side takes no such texts.",
	429: "The server wants fewer texts at a time.",
	480: "The other side is not there now.",
	486: "The other side is busy.",
	488: "The other side takes no such texts.",
	500: "The server has a fault.",
	501: "The other side takes no texts.",
	503: "The server is not available.",
	513: "The text is too long for the server.",
	600: "The other side is busy.",
	603: "The other side refuses your text.",
	604: "Nobody has this number.",
	606: "The other side takes no such texts.",
	607: "The other side does not want your texts.",
}

// late tells whether a text has waited for too long, since it was written or the agent had it sent again.
func (t QueuedText) late() bool {
	began := t.Time
	if t.Settled.After(began) {
		began = t.Settled
	}
	return time.Since(began) > patience
}

// hold leaves a text waiting, and says why.
func (o *outbox) hold(ctx context.Context, lane *textLane, t QueuedText, why string, after time.Duration) {
	lane.wait(after)
	if t.late() {
		o.expire(ctx, lane, t, why)
		return
	}
	if t.Reason != why {
		o.settle(ctx, t, TextOutcome{State: TextWaiting, Reason: why, At: t.Settled})
	}
}

// expire takes a text off that has waited for too long, and says why it did.
func (o *outbox) expire(ctx context.Context, lane *textLane, t QueuedText, why string) {
	o.fail(ctx, lane, t, "It could not be sent for 24 hours. "+why)
}

// fail takes a text off, and says why.
func (o *outbox) fail(ctx context.Context, lane *textLane, t QueuedText, why string) {
	lane.pop()
	o.settle(ctx, t, TextOutcome{State: TextFailed, Reason: why, At: time.Now()})
}

// settle writes down what became of a text, and tells of it. Where the disk fails the text stays as it was; the next start sends
// it again under the same name.
func (o *outbox) settle(ctx context.Context, t QueuedText, outcome TextOutcome) {
	now, err := o.phone.cfg.Store.SettleText(ctx, t.ID, outcome)
	switch {
	case CodeOf(err) == CodeNotFound: // deleted meanwhile
	case err != nil:
		o.log.Error("state of a text not kept", "err", err)
		o.phone.warn("What became of a text could not be written down: " + Sentence(err))
	default:
		o.phone.inbox.Put(textHappened{text: now})
	}
	if t.Trigger != "" && outcome.State != TextWaiting {
		o.phone.triggers.put(triggerSettled{t.ID, outcome})
	}
}

// withhold removes the text of a trigger that must not be sent any more, and tells whether it did.
func (o *outbox) withhold(ctx context.Context, lane *textLane, t QueuedText, w textWay) bool {
	why, err := o.phone.forbids(ctx, t.Number, w)
	if err == nil && why == "" {
		why, err = o.switchedOff(ctx, t)
	}
	if err != nil {
		o.log.Error("whether a trigger may text is not known", "err", err)
		lane.wait(0)
		return true
	}
	if why == "" {
		return false
	}
	if err := o.phone.cfg.Store.WithholdText(ctx, t.ID); err != nil {
		o.log.Error("text not withheld", "err", err)
		lane.wait(0)
		return true
	}
	lane.pop()
	o.phone.inbox.Put(changed(EventTexts))
	o.phone.triggers.put(triggerSettled{t.ID, TextOutcome{State: TextFailed, Reason: string(why), At: time.Now()}})
	return true
}

// switchedOff tells whether the trigger of a text that waits was switched off meanwhile.
func (o *outbox) switchedOff(ctx context.Context, t QueuedText) (Withheld, error) {
	trigger, err := o.phone.trigger(ctx, t.Trigger)
	if err != nil || trigger.On {
		return "", err
	}
	row, err := o.phone.cfg.Store.TriggeredText(ctx, t.ID)
	if err != nil || row.Test {
		return "", err
	}
	return WithheldOff, nil
}
