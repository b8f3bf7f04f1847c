package phone

import (
	"slices"
	"time"
)

// signallingInbox is the Phone as SIP sees it.
type signallingInbox Phone

// AccountChanged queues an account's new state.
func (in *signallingInbox) AccountChanged(id AccountID, state RegistrationState, err error) {
	in.inbox.Put(accountChanged{id, state, err})
}

// Invited queues a new call.
func (in *signallingInbox) Invited(i Incoming) (notify func(DialogEvent)) {
	c := &call{account: i.Account, leg: leg{dialog: i.Dialog, offer: i.Offer}}
	in.inbox.Put(invited{c, i})
	return (*Phone)(in).notify(c)
}

// MessagesWaiting queues what the provider says of its voicemail.
func (in *signallingInbox) MessagesWaiting(id AccountID, w MessagesWaiting) {
	in.inbox.Put(messagesWaiting{id, w})
}

// Messaged queues a text.
func (in *signallingInbox) Messaged(m IncomingText) { in.inbox.Put(texted(m)) }

// notify returns where the events of a call's dialog go.
func (p *Phone) notify(c *call) func(DialogEvent) {
	return func(e DialogEvent) { p.inbox.Put(dialogEvent{c, e}) }
}

// invited is an INVITE that nobody has heard of yet.
type invited struct {
	call *call
	Incoming
}

func (in invited) apply(l *loop) {
	c, acc := in.call, l.account(in.Account)
	id, err := l.cfg.NewID()
	if acc == nil || err != nil {
		c.view.State = Ended
		in.Dialog.Reject(480)
		return
	}
	caller := l.identify(in.Caller, acc.Account)
	if v := l.verdict(caller, acc.Account); v.Blocked() {
		l.refuseCaller(in, caller, acc.Account, v)
		return
	}
	c.country = acc.Account.Country
	c.view = Call{
		ID: CallID(id), Direction: In, State: Ringing, Account: acc.Account.Address,
		Called: in.Called, Caller: caller,
	}
	if shown, ok := caller.Shown(); ok {
		c.view.Name, c.view.Number = shown.Name, shown.Number
		l.named(c, l.forms(shown, acc.Account))
	}
	if refusal := l.refusal(in.Offer); refusal != nil {
		l.cfg.Log.Warn("call refused", "call", c.view.ID, "status", refusal.SIPStatus, "err", refusal)
		in.Dialog.Reject(refusal.SIPStatus)
		l.begin(c)
		l.finish(c, Missed, Sentence(refusal))
		return
	}
	if l.undisturbed(c, acc.Account) {
		return
	}
	in.Dialog.Ring()
	if after := acc.Account.Voicemail.After; after != 0 {
		time.AfterFunc(after, func() { l.inbox.Put(unanswered{c}) })
	}
	l.pausePlaying()
	if slices.ContainsFunc(l.calls, (*call).engaged) { // the ringtone is silent then
		l.sound.Waiting()
	}
	l.begin(c)
}

// maxCalls is how many calls are alive at most: more are a flood.
const maxCalls = 64

// refusal says why a new call does not ring; nil where it does (RFC 3261, 13.3.1.3).
func (l *loop) refusal(offer []byte) *Error {
	if len(l.calls) >= maxCalls {
		return &Error{Code: CodeState, Op: "ring", SIPStatus: 486, Err: sentence("There were too many calls at once.")}
	}
	if offer == nil {
		return nil
	}
	if err := l.cfg.Media.Check(offer); err != nil {
		return &Error{Code: CodeOf(err), Op: "ring", SIPStatus: 488}
	}
	return nil
}

// identify fills in the normal form of all that a caller claims.
func (l *loop) identify(caller Caller, acc Account) Caller {
	claims := make([]Claim, len(caller.Claims))
	for i, claim := range caller.Claims {
		claim.Number = l.cfg.Numbers.Normal(claim.User, claim.Host, acc)
		claims[i] = claim
	}
	caller.Claims = claims
	return caller
}

// answer takes an incoming call: the 200 goes out once the media has its SDP.
func (l *loop) answer(c *call) {
	c.taken = true
	if c.machine == nil {
		l.attention()
	}
	l.openMedia(c)
	c.leg.asked = append(c.leg.asked, forAccept)
	if c.leg.offer == nil {
		c.leg.media.Offer(false)
		return
	}
	c.leg.media.Answer(c.leg.offer)
}
