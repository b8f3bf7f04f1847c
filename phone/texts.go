package phone

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"
)

// SendText writes a text down and has it sent; it is on the disk when this returns, and what becomes of it is told by
// EventText. Whether the number is blacklisted does not matter: Thread tells that. It fails with CodeInvalid, where Field
// is number, text or via, CodeNotFound for a Via that there is not, CodeNoAccount and CodeStorage.
func (p *Phone) SendText(ctx context.Context, r TextRequest) (Text, error) {
	body := strings.TrimRight(strings.ReplaceAll(r.Body, "\r\n", "\n"), " \n\t")
	switch {
	case strings.TrimSpace(body) == "":
		return Text{}, &Error{Code: CodeInvalid, Op: "text", Field: "text", Err: sentence("There is nothing to send: write a text.")}
	case !utf8.ValidString(body):
		return Text{}, &Error{Code: CodeInvalid, Op: "text", Field: "text", Err: sentence("The text is not UTF-8.")}
	case len(body) > MaxText:
		return Text{}, tooLong(body)
	}
	w, err := p.way(ctx, r.Number, r.Via)
	if err != nil {
		return Text{}, err
	}
	return p.queueText(ctx, w, Text{Body: body}, true)
}

func tooLong(body string) error {
	return &Error{Code: CodeInvalid, Op: "text", Field: "text", Err: sentence("The text is too long: it has %d bytes, and can have %d.", len(body), MaxText)}
}

// queueText writes a text down, in the words and for the reasons of t, and has it sent. One with an ID keeps it.
func (p *Phone) queueText(ctx context.Context, w textWay, t Text, draft bool) (Text, error) {
	if t.ID == "" {
		id, err := p.cfg.NewID()
		if err != nil {
			return Text{}, &Error{Code: CodeInternal, Op: "text", Err: err}
		}
		t.ID = TextID(id)
	}
	callID, err := p.cfg.NewID()
	if err != nil {
		return Text{}, &Error{Code: CodeInternal, Op: "text", Err: err}
	}
	t.Direction, t.Number, t.Via, t.Time, t.State = Out, w.target.Number, w.via, time.Now(), TextWaiting
	p.queueing.Lock() // rows and lanes are in one order
	defer p.queueing.Unlock()
	queued := QueuedText{Text: t, CallID: callID}
	added, err := p.cfg.Store.AddTexts(ctx, []QueuedText{queued}, nil, draft)
	if err != nil {
		return Text{}, err
	}
	queued.Text = added[0]
	p.inbox.Put(textHappened{text: queued.Text, news: true})
	p.outbox.add(queued)
	return queued.Text, nil
}

// Text returns one; CodeNotFound where there is none.
func (p *Phone) Text(ctx context.Context, id TextID) (Text, error) { return p.cfg.Store.Text(ctx, id) }

// RetryText sends one that has failed again, or one that waits at once. It fails with CodeNotFound, CodeState for one
// that was sent, and CodeStorage.
func (p *Phone) RetryText(ctx context.Context, id TextID) error {
	const op = "send again"
	t, err := p.cfg.Store.Text(ctx, id)
	switch {
	case err != nil:
		return err
	case t.Direction != Out || t.State != TextFailed && t.State != TextWaiting:
		return fault(CodeState, op, "Only a text that was not sent can be sent again.")
	case t.Trigger != "" && t.State == TextFailed:
		return fault(CodeState, op, "A trigger's text is not sent again: write it yourself.")
	}
	if t.State == TextFailed {
		t, err = p.cfg.Store.SettleText(ctx, id, TextOutcome{State: TextWaiting, At: time.Now()})
		if err != nil {
			return err
		}
		p.inbox.Put(textHappened{text: t})
	}
	p.outbox.retry(id)
	return nil
}

// textHappened is a text that is new, or has another state, on the disk.
type textHappened struct {
	text Text
	news bool // it was written or received just now
}

func (in textHappened) apply(l *loop) {
	t := in.text
	if in.news && t.Direction == In {
		l.stopComposing(t.Number)
		if l.textSettings().Sound && l.presence != DoNotDisturb && !l.talking() && time.Since(l.chimed) >= chimePause {
			l.chimed = time.Now()
			l.sound.Chime()
		}
	}
	l.emit(Event{Kind: EventText, Message: &t})
}

// chimePause is the least time between two sounds: a burst of texts makes one.
const chimePause = time.Second
