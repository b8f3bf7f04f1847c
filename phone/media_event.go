package phone

import (
	"fmt"
	"time"
)

// mediaEvent is what a call's media tells.
type mediaEvent struct {
	call  *call
	event MediaEvent
}

func (in mediaEvent) apply(l *loop) {
	c := in.call
	if e, ok := in.event.(MediaRecorded); ok {
		l.recorded(c, e)
	}
	if c.view.State == Ended {
		return
	}
	switch e := in.event.(type) {
	case MediaMachine:
		l.machineEvent(c, e)
	case MediaOffer:
		l.mediaOffer(c, e)
	case MediaAnswer:
		l.mediaAnswer(c, e)
	case MediaAgreed:
		c.leg.next()
		l.agreed(c, e.Agreed)
	case MediaFailed:
		l.mediaFailed(c, e.Err)
	case MediaQuality:
		c.view.Quality = e.Quality // the snapshot shows it; no event
	case MediaDTMF:
		if c.machine == nil {
			view := c.view
			l.emit(Event{Kind: EventDTMF, Call: &view, Text: string(e.Digit)})
		}
	case MediaStalled:
		l.stalled(c, e)
	case MediaResumed:
		if c.machine == nil {
			l.tellCall(c, EventMediaResumed)
		}
	}
}

// mediaOffer sends our offer where it was asked for.
func (l *loop) mediaOffer(c *call, e MediaOffer) {
	switch c.leg.next() {
	case forInvite:
		l.invite(c, e.SDP)
	case forAccept:
		c.leg.dialog.Accept(e.SDP)
		l.answered(c)
	case forReply:
		c.leg.dialog.Reply(e.SDP)
	}
}

// mediaAnswer sends our answer where it was asked for.
func (l *loop) mediaAnswer(c *call, e MediaAnswer) {
	switch c.leg.next() {
	case forAccept:
		c.leg.dialog.Accept(e.SDP)
		l.answered(c)
	case forReply:
		c.leg.dialog.Reply(e.SDP)
	}
	l.agreed(c, e.Agreed)
}

// agreed takes over what offer and answer came to.
func (l *loop) agreed(c *call, a Agreed) {
	c.leg.agreed, c.leg.digits = true, a.Digits
	changed := c.view.Codec != a.Codec
	c.view.Codec = a.Codec
	var state CallState
	switch {
	case c.machine != nil:
		state = Messaging
	case !c.talking:
		state = Early
	case a.RemoteHold:
		state = Held
	default:
		state = Active
	}
	if changed || state != c.view.State {
		c.view.State = state
		l.tellCall(c, EventCallChanged)
	}
}

// mediaFailed ends what the offer or answer was for.
func (l *loop) mediaFailed(c *call, err error) {
	switch p := c.leg.next(); {
	case p == forReply: // the call goes on as it was
		l.cfg.Log.Warn("offer refused", "call", c.view.ID, "err", err)
		c.leg.dialog.Reply(nil)
	case p == forEarly && !(c.talking && c.leg.soundless()): // the answer may be better
		l.cfg.Log.Warn("early media not understood", "call", c.view.ID, "err", err)
	case p == forAccept:
		status := 500
		if code := CodeOf(err); code == CodeNoCodec || code == CodeMalformed {
			status = 488
		}
		c.leg.dialog.Reject(status)
		l.finish(c, Faulty, Sentence(err))
	default:
		l.drop(c, Faulty, Sentence(err))
	}
}

// stalled tells that nothing is heard, and ends a call that stays so.
func (l *loop) stalled(c *call, e MediaStalled) {
	silence := fmt.Sprintf("No sound has come from the other side for %d seconds.", int(e.Silence/time.Second))
	if c.machine == nil {
		view := c.view
		l.emit(Event{Kind: EventMediaStalled, Call: &view, Text: silence})
	}
	if e.Final && c.talking && c.view.State != Held {
		l.drop(c, Answered, silence+" The call was ended.")
	}
}
