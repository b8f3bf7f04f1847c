package phone

import (
	"context"
	"strings"
)

// Dial places a call. It returns the call's id once it is placed, without waiting for
// the far end. It fails with CodeInvalid, CodeNoAccount, CodeNotFound (the account), CodeState
// (no way to the server), or CodeBlocked, with a *Blocked in its chain.
func (p *Phone) Dial(ctx context.Context, r CallRequest) (CallID, error) {
	id, err := p.cfg.NewID()
	if err != nil {
		return "", &Error{Code: CodeInternal, Op: "call", Err: err}
	}
	err = p.ask(ctx, "call", func(l *loop) error { return l.dial(CallID(id), r) })
	return CallID(id), p.explained(ctx, err)
}

// Answer takes a call that rings here; id "" means the one that fits.
func (p *Phone) Answer(ctx context.Context, id CallID) error {
	return p.ask(ctx, "answer", func(l *loop) error {
		c, err := l.find("answer", id, rings)
		if err == nil {
			l.answer(c)
		}
		return err
	})
}

// Decline refuses a call that rings here, with 486: 603 would stop a whole ring group.
func (p *Phone) Decline(ctx context.Context, id CallID) error {
	return p.ask(ctx, "decline", func(l *loop) error {
		c, err := l.find("decline", id, rings)
		if err == nil {
			l.hangup(c)
		}
		return err
	})
}

// Hangup ends a call, whatever its state; a call that rings here is declined.
func (p *Phone) Hangup(ctx context.Context, id CallID) error {
	return p.ask(ctx, "hang up", func(l *loop) error {
		c, err := l.find("hang up", id, func(*call) bool { return true })
		if err == nil {
			l.hangup(c)
		}
		return err
	})
}

// Mute sends silence instead of the microphone, or the microphone again.
func (p *Phone) Mute(ctx context.Context, id CallID, on bool) error {
	op := "mute"
	if !on {
		op = "unmute"
	}
	return p.ask(ctx, op, func(l *loop) error {
		c, err := l.find(op, id, func(c *call) bool { return id != "" || !rings(c) })
		if err != nil || c.view.Muted == on {
			return err
		}
		c.view.Muted = on
		if c.leg.media != nil {
			c.leg.media.Mute(on)
		}
		l.tellCall(c, EventCallChanged)
		return nil
	})
}

// DTMF sends digits (0-9 * # A-D) in a call that is up, or before its answer
// where there is sound already. It fails with CodeInvalid, CodeNotFound or CodeState,
// the latter also where the other side takes none.
func (p *Phone) DTMF(ctx context.Context, id CallID, digits string) error {
	digits = strings.ToUpper(digits)
	if digits == "" || strings.Trim(digits, "0123456789*#ABCD") != "" {
		return &Error{
			Code: CodeInvalid, Op: "dtmf", Field: "digits",
			Err: sentence("The digits can be 0 to 9, *, # and A to D."),
		}
	}
	return p.ask(ctx, "dtmf", func(l *loop) error {
		c, err := l.find("send digits in", id, func(c *call) bool { return c.leg.agreed })
		if err != nil {
			return err
		}
		if !c.leg.digits {
			return fault(CodeState, "dtmf", "The other side takes no digits in this call.")
		}
		c.leg.media.SendDTMF(digits)
		return nil
	})
}

// rings tells whether a call waits for the agent's answer.
func rings(c *call) bool {
	return c.view.Direction == In && c.view.State == Ringing && !c.taken
}

// hangup ends a call from this side. The far end is told beside it, so that a
// dead server does not keep a call on the screen.
func (l *loop) hangup(c *call) {
	result, reason := Cancelled, "You ended the call."
	if c.view.Direction == In {
		result, reason = Declined, "You declined the call."
	}
	if c.talking {
		reason = "You ended the call."
	}
	l.drop(c, result, reason)
}

// drop ends a call and its dialog.
func (l *loop) drop(c *call, result Result, reason string) {
	if c.leg.dialog != nil {
		c.leg.dialog.End()
	}
	l.finish(c, result, reason)
}
