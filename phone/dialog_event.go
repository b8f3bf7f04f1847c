package phone

import "time"

// unsaid is why a call ends to which the other side gave no SDP.
const unsaid = "The other side answered without saying how to send it sound."

// dialogEvent is what a call's dialog tells.
type dialogEvent struct {
	call  *call
	event DialogEvent
}

func (in dialogEvent) apply(l *loop) {
	c := in.call
	if c.view.State == Ended {
		return // ended on this side before
	}
	switch e := in.event.(type) {
	case DialogProgress:
		l.progress(c, e)
	case DialogAnswered:
		l.accepted(c, e)
	case DialogConfirmed:
		l.confirmed(c, e)
	case DialogOffered:
		l.offered(c, e)
	case DialogReanswered:
		c.leg.asked = append(c.leg.asked, forPeer)
		c.leg.media.Accept("", e.Answer)
	case DialogEnded:
		l.dialogEnded(c, e)
	}
}

// confirmed is the ACK to our 200, with the answer where the 200 had our offer.
func (l *loop) confirmed(c *call, e DialogConfirmed) {
	switch {
	case e.Answer != nil:
		c.leg.asked = append(c.leg.asked, forPeer)
		c.leg.media.Accept("", e.Answer)
	case c.leg.soundless():
		l.drop(c, Faulty, unsaid)
	}
	if c.machine != nil { // which it has no more where the call was dropped
		c.leg.media.Greet()
	}
}

// offered is a re-INVITE or UPDATE of the peer's.
func (l *loop) offered(c *call, e DialogOffered) {
	if c.leg.media == nil {
		c.leg.dialog.Reply(nil)
		return
	}
	c.leg.asked = append(c.leg.asked, forReply)
	if e.Offer == nil {
		c.leg.media.Offer(false)
		return
	}
	c.leg.media.Answer(e.Offer)
}

// dialogEnded is the end of a call that the far end, or the network, made.
func (l *loop) dialogEnded(c *call, e DialogEnded) {
	if l.redirect(c, e) {
		return
	}
	if e.Cause == EndCancelled || e.Cause == EndElsewhere { // faster than our 200
		c.talking, c.view.Answered = false, time.Time{}
	}
	c.view.SIPStatus, c.view.SIPText = e.Status, e.Text
	result, reason := outcome(c, e)
	tone := ToneEnded
	if result == Busy {
		tone = ToneBusy
	}
	attended := c.machine != nil
	l.finish(c, result, reason)
	if attended {
		return
	}
	if c.talking || c.view.Direction == Out {
		if len(l.calls) == 0 {
			l.playTone(tone, c.country)
		}
	}
}

// outcome says how a call ended, for history and in a sentence.
func outcome(c *call, e DialogEnded) (Result, string) {
	switch e.Cause {
	case EndRemote:
		return Answered, "The other side ended the call."
	case EndCancelled:
		return Missed, "The caller gave up."
	case EndElsewhere:
		return Elsewhere, "The call was answered on another phone."
	case EndLocal:
		return Cancelled, "The call was ended."
	}
	result := Faulty
	switch {
	case len(c.followed) == MaxRedirects && e.Status/100 == 3:
		return result, Sentence(&Error{Code: CodeTooManyHops, Op: "call"})
	case c.view.Direction == In && !c.talking:
		result = Missed
	case e.Status == 486 || e.Status == 600:
		result = Busy
	case e.Status == 603:
		result = Declined
	}
	if e.Err != nil && (e.Status == 0 || e.Status == 401 || e.Status == 407) { // it knows why
		return result, Sentence(e.Err)
	}
	return result, statusSentence(e.Status)
}
