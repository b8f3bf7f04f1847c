package phone

import (
	"slices"
	"strings"
	"time"
)

// MaxRedirects is how many 3xx answers a call follows.
const MaxRedirects = 5

// dial places a call.
func (l *loop) dial(id CallID, r CallRequest) error {
	acc, err := l.callingAccount(r.Account)
	if err != nil {
		return err
	}
	target, overruled, err := l.admit(r.Number, acc.Account, r.Anyway)
	if err != nil {
		return err
	}
	if l.signalling.LocalIP(acc.Account.ID) == "" {
		return &Error{Code: CodeState, Op: "call", Err: sentence("The account %s is not connected now. %s", acc.Account.Address, acc.Reason)}
	}
	c := &call{
		account: acc.Account.ID, country: acc.Account.Country,
		view: Call{
			ID: id, Direction: Out, State: Calling, Account: acc.Account.Address, Number: target.Number,
			Dialled: strings.TrimSpace(r.Number), Anyway: overruled.Blocked(),
		},
		leg: leg{target: target}, overruled: overruled,
	}
	if target.Emergency && !practises(acc.Account.Address) { // nobody calls back there
		l.lifeline = time.Now().Add(lifeline)
	}
	l.named(c, l.targetForms(target, acc.Account))
	l.attention()
	l.begin(c)
	l.playTone(ToneNone, "")
	l.openMedia(c)
	c.leg.asked = append(c.leg.asked, forInvite)
	c.leg.media.Offer(false)
	return nil
}

// callingAccount returns the account to call with: the one of an address, else
// the default one, else the first.
func (l *loop) callingAccount(address string) (*AccountStatus, error) {
	return callingAccount(l.accounts, address)
}

func callingAccount(accounts []*AccountStatus, address string) (*AccountStatus, error) {
	var first *AccountStatus
	for _, a := range accounts {
		switch {
		case address != "" && a.Account.has(address):
			return a, nil
		case address == "" && a.Account.Default:
			return a, nil
		case first == nil || first.Account.ID == PracticeAccount:
			first = a
		}
	}
	switch {
	case address != "":
		return nil, fault(CodeNotFound, "call", "There is no account %s.", address)
	case first == nil:
		return nil, &Error{Code: CodeNoAccount, Op: "call"}
	}
	return first, nil
}

// invite sends the INVITE with our offer.
func (l *loop) invite(c *call, offer []byte) {
	c.leg.offer = offer // kept for a redirect
	c.leg.dialog = l.signalling.Invite(c.account, c.leg.target, offer, l.notify(c))
}

// progress is a provisional answer to our INVITE.
func (l *loop) progress(c *call, e DialogProgress) {
	switch {
	case c.talking: // of a fork that was too late
	case e.Answer != nil:
		c.leg.asked = append(c.leg.asked, forEarly)
		c.leg.media.Accept(e.Fork, e.Answer)
	case e.Status == 180 && !c.leg.agreed:
		l.state(c, Ringing)
	}
}

// accepted is the 2xx to our INVITE. A 2xx without SDP goes on with what was
// agreed by early media.
func (l *loop) accepted(c *call, e DialogAnswered) {
	switch {
	case e.Answer != nil:
		c.leg.asked = append(c.leg.asked, forPeer)
		c.leg.media.Accept(e.Fork, e.Answer)
	case c.leg.soundless():
		l.drop(c, Faulty, unsaid)
		return
	}
	l.answered(c)
}

// redirect follows a 3xx, or goes on to the next address of one after a failure
// that speaks for one address only (RFC 3261, 8.1.3.4), through the same checks as
// a number that is dialled. It returns false where no address can be called, or too many were.
func (l *loop) redirect(c *call, e DialogEnded) bool {
	acc := l.account(c.account)
	everywhere := e.Status/100 == 6
	if acc == nil || e.Cause != EndRejected && e.Cause != EndFailed || everywhere || c.talking {
		return false
	}
	c.untried = append(slices.Clone(e.Redirect), c.untried...)
	for len(c.untried) > 0 && len(c.followed) < MaxRedirects {
		uri := c.untried[0]
		c.untried = c.untried[1:]
		if slices.Contains(c.followed, uri) {
			continue
		}
		// Where the agent said proceed, it was to that number alone.
		target, v, err := l.admit(uri, acc.Account, c.overruled.Blocked())
		if err == nil && (!v.Blocked() || v.Number == c.overruled.Number) {
			c.followed = append(c.followed, uri)
			c.leg.target, c.leg.agreed, c.view.Codec = target, false, ""
			l.state(c, Calling)
			l.invite(c, c.leg.offer)
			return true
		}
	}
	return false
}
