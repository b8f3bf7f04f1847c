package phone

import (
	"context"
	"fmt"
	"log/slog"
	"time"
)

// postbox keeps the texts that come, before they are answered. The goroutine of run owns it; put may be called from any.
type postbox struct {
	phone   *Phone
	log     *slog.Logger
	inbox   *Mailbox[posted]
	failing bool
}

func newPostbox(p *Phone) *postbox {
	return &postbox{phone: p, log: p.cfg.Log, inbox: NewMailbox[posted]()}
}

// posted is what the postbox takes.
type posted interface{ posted() }

// receivedText is a text of a sender who is not blocked.
type receivedText struct {
	IncomingText
	account Account
	shown   Claim // zero for a sender who hides
}

// stoppedBy is a blocked number that wants no automatic texts.
type stoppedBy string

func (receivedText) posted() {}
func (stoppedBy) posted()    {}

func (b *postbox) put(in posted) { b.inbox.Put(in) }

// postedBatch is how many texts are written at once.
const postedBatch = 256

// run keeps what comes until ctx is done, and then what is left.
func (b *postbox) run(ctx context.Context) {
	unbroken := context.WithoutCancel(ctx)
	for {
		select {
		case <-b.inbox.Ready():
			b.take(unbroken)
		case <-ctx.Done():
			b.take(unbroken)
			return
		}
	}
}

func (b *postbox) take(ctx context.Context) {
	var batch []receivedText
	flush := func() {
		if len(batch) > 0 {
			b.keep(ctx, batch)
			batch = nil
		}
	}
	for _, in := range b.inbox.Take() {
		switch in := in.(type) {
		case receivedText:
			if batch = append(batch, in); len(batch) == postedBatch {
				flush()
			}
		case stoppedBy:
			flush()
			b.stop(ctx, string(in), time.Now())
		}
	}
	flush()
}

// keep writes texts down, answers them, and tells of those that are new.
func (b *postbox) keep(ctx context.Context, batch []receivedText) {
	list, names := make([]QueuedText, 0, len(batch)), map[string]string{}
	for _, in := range batch {
		t, err := in.text(b.phone)
		if err != nil {
			b.failed(batch, err)
			return
		}
		if in.shown.Name != "" {
			names[t.Number] = in.shown.Name
		}
		list = append(list, QueuedText{Text: t})
	}
	added, err := b.phone.cfg.Store.AddTexts(ctx, list, names, false)
	if err != nil {
		b.failed(batch, err)
		return
	}
	if b.failing {
		b.failing = false
		b.phone.warn("Texts are received again; nothing was lost.")
	}
	fresh := map[TextID]Text{}
	for _, t := range added {
		fresh[t.ID] = t
	}
	for i, in := range batch {
		if t, isNew := fresh[list[i].ID]; isNew {
			b.read(ctx, in, t) // before the answer: who has said STOP and was heard gets no automatic text
			b.phone.inbox.Put(textHappened{text: t, news: true})
		}
		in.Answer(200)
		if in.MessageID != "" { // asked for anew, since the first one may be lost
			b.phone.outbox.deliver(in)
		}
	}
}

// text is what is kept of a text that came.
func (in receivedText) text(p *Phone) (Text, error) {
	id, err := p.cfg.NewID()
	at := in.Time
	if now := time.Now(); at.IsZero() || at.After(now) {
		at = now
	}
	origin := in.Origin
	if origin != "" {
		origin = in.account.Address + " " + origin
	}
	return Text{
		ID: TextID(id), Direction: In, Number: in.shown.Number, Via: in.account.Address, Body: in.Text, Type: in.Type,
		Time: at, State: TextReceived, Origin: origin, Automatic: in.Automatic,
	}, err
}

// failed answers texts that could not be written down: whoever sent them keeps them, and sends them again.
func (b *postbox) failed(batch []receivedText, err error) {
	b.log.Error("texts not kept", "count", len(batch), "err", err)
	for _, in := range batch {
		in.Answer(480)
	}
	if !b.failing {
		b.failing = true
		b.phone.warn("Texts cannot be received: " + Sentence(err))
	}
}

// read does what a new text says beside its words.
func (b *postbox) read(ctx context.Context, in receivedText, t Text) {
	if t.Number == "" {
		return
	}
	s := b.phone.textSettings()
	switch {
	case s.stops(t.Body):
		b.stop(ctx, t.Number, t.Time)
	case s.starts(t.Body):
		b.stop(ctx, t.Number, time.Time{})
	}
	b.phone.outbox.heard(t.Number, in.Features)
	if t.First {
		b.phone.triggers.put(triggerEvent{
			name: FirstTextTrigger, number: t.Number, caller: in.shown.Name, via: t.Via, text: t.ID, automatic: t.Automatic, at: t.Time,
		})
	}
}

// stop keeps since when a number wants no automatic texts.
func (b *postbox) stop(ctx context.Context, number string, since time.Time) {
	if err := b.phone.cfg.Store.SetStopped(ctx, number, since); err != nil {
		b.log.Error("stop word not kept", "err", err)
		b.phone.warn(fmt.Sprintf("What %s says of automatic texts could not be written down: %s", number, Sentence(err)))
		return
	}
	b.phone.inbox.Put(changed(EventTexts))
}
