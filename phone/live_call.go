package phone

import (
	"slices"
	"time"
)

// call is a living call with its one leg. The loop owns it.
type call struct {
	view    Call
	account AccountID
	country string
	leg     leg
	// followed are the addresses of 3xx that were called, untried those that were not.
	followed, untried []string
	// overruled is the verdict that the agent called in spite of; none where nothing was blocked.
	overruled Verdict
	// talking is set once there was an answer; taken once the agent took an incoming call.
	talking, taken bool
	// machine is set while the answering machine has the call.
	machine *attendance
	// blocked is set for a blocked caller who may leave a message: nobody hears of the call, which has no id.
	blocked bool
}

// leg is a dialog and its media, as the loop sees them.
type leg struct {
	dialog Dialog       // nil until the INVITE is sent
	media  MediaSession // nil until sound is needed
	target Target       // whom an outgoing leg invites
	offer  []byte       // what the peer offered in its INVITE
	// asked is what the next MediaOffer, MediaAnswer, MediaAgreed or MediaFailed
	// is for, oldest first.
	asked []purpose
	// agreed is set once media was agreed; digits while the peer takes some.
	agreed, digits bool
}

// purpose is what SDP was asked of the media for.
type purpose int

const (
	forInvite purpose = iota + 1 // our INVITE's offer
	forAccept                    // our 200's SDP
	forReply                     // the answer to the peer's re-INVITE or UPDATE
	forEarly                     // the peer's answer in a provisional one: MediaAgreed
	forPeer                      // the peer's answer to ours: MediaAgreed
)

// next takes the oldest purpose; 0 where nothing was asked.
func (g *leg) next() purpose {
	if len(g.asked) == 0 {
		return 0
	}
	p := g.asked[0]
	g.asked = g.asked[1:]
	return p
}

// soundless tells whether no media is agreed, and none can come of what was asked.
func (g *leg) soundless() bool { return !g.agreed && len(g.asked) == 0 }

// find returns the living call of an id; "" means the one that fits.
func (l *loop) find(op string, id CallID, fits func(*call) bool) (*call, error) {
	return find(l.calls, op, id, fits)
}

// all returns the calls that are alive, whoever has them.
func (l *loop) all() []*call { return slices.Concat(l.calls, l.attended) }

// find is the same among some calls.
func find(calls []*call, op string, id CallID, fits func(*call) bool) (*call, error) {
	var found *call
	for _, c := range calls {
		switch {
		case id == "" && fits(c) && found != nil:
			return nil, fault(CodeAmbiguous, op, "More than one call fits: name the one you mean by its id.")
		case id == "" && fits(c), id != "" && c.view.ID == id:
			found = c
		}
	}
	switch {
	case found == nil && id != "":
		return nil, fault(CodeNotFound, op, "There is no call %s now.", id)
	case found == nil:
		return nil, fault(CodeNotFound, op, "There is no call to %s.", op)
	case !fits(found):
		return nil, fault(CodeState, op, "You cannot %s the call now: it is %s.", op, found.view.State)
	}
	return found, nil
}

// named gives a call the name of the contact that its number belongs to.
func (l *loop) named(c *call, forms []string) {
	if known := l.directory.find(forms...); len(known) > 0 {
		c.view.Contact, c.view.Name = known[0], known[0].Title()
	}
}

// engaged tells whether the agent listens to the call.
func (c *call) engaged() bool { return c.view.Direction == Out || c.view.State != Ringing }

// begin adds a call and tells of it.
func (l *loop) begin(c *call) {
	c.view.Started = time.Now()
	l.calls = append(l.calls, c)
	l.tellCall(c, EventCallStarted)
}

// state changes a call's state and tells of it.
func (l *loop) state(c *call, s CallState) {
	if c.view.State != s {
		c.view.State = s
		l.tellCall(c, EventCallChanged)
	}
}

func (l *loop) tellCall(c *call, kind EventKind) {
	if c.blocked {
		return
	}
	view := c.view
	l.emit(Event{Kind: kind, Call: &view})
}

// finish takes a call off, frees its media and tells how it ended. A call
// that had an answer counts as answered however it ended, unless the answer
// could not be heard.
func (l *loop) finish(c *call, result Result, reason string) {
	if c.view.State == Ended {
		return
	}
	switch {
	case c.machine != nil:
		if result != Faulty {
			result, reason = c.machine.result, c.machine.reason
		}
		c.machine = nil
	case !c.talking:
	case result == Faulty && !c.leg.agreed:
		c.view.Answered = time.Time{}
	default:
		result = Answered
	}
	c.view.State, c.view.Ended, c.view.Result, c.view.Reason = Ended, time.Now(), result, reason
	l.calls = slices.DeleteFunc(l.calls, func(other *call) bool { return other == c })
	l.attended = slices.DeleteFunc(l.attended, func(other *call) bool { return other == c })
	if c.leg.media != nil {
		c.leg.media.Close()
		c.leg.media = nil // SIP remembers the call for half a minute more
	}
	l.tellCall(c, EventCallEnded)
	l.callTriggers(c)
}

// callTriggers tells the triggers of a call that has ended. Nobody hears of a blocked caller's, whose call was told of when it came.
func (l *loop) callTriggers(c *call) {
	if c.blocked || c.view.ID == "" {
		return
	}
	v := c.view
	e := triggerEvent{
		name: CallEndedTrigger, number: v.Number, caller: v.Name, via: v.Account, at: v.Started, call: v.ID, direction: v.Direction, answered: v.Result == Answered,
	}
	l.triggers.put(e)
	if v.Direction == In && v.Result == Missed {
		e.name = MissedCallTrigger
		l.triggers.put(e)
	}
	if v.Direction == In && v.Number != "" {
		l.outbox.heard(v.Number, TextFeatures{}) // it is there
	}
}

// answered marks a call as up.
func (l *loop) answered(c *call) {
	c.talking = true
	if c.leg.media != nil {
		c.leg.media.Answered()
	}
	if c.machine == nil { // else nobody has answered, for history
		c.view.Answered = time.Now()
		l.state(c, Active)
	}
}

// openMedia makes the media of a call's leg.
func (l *loop) openMedia(c *call) {
	if c.leg.media != nil {
		return
	}
	notify := func(e MediaEvent) { l.inbox.Put(mediaEvent{c, e}) }
	c.leg.media = l.cfg.Media.Open(MediaSpec{LocalIP: l.signalling.LocalIP(c.account)}, notify)
	if c.view.Muted {
		c.leg.media.Mute(true)
	}
}
