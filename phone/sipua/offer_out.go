package sipua

import (
	"time"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
)

// maxGlares is how often an offer that met the peer's is sent again.
const maxGlares = 5

// reoffer is a re-INVITE of ours that waits for its turn or its answer. The
// dialog's goroutine owns it.
type reoffer struct {
	sdp []byte
	// refresh is set where the session alone is refreshed: the owner of the call is not told.
	refresh bool
	// sending is set while it is on its way, and not while it waits after a 491.
	sending            bool
	later              *time.Timer
	glares, challenges int
	// ack is that to its 2xx.
	ack *sip.Request
}

// reoffer sends an offer, at once or when no other is under way.
func (d *dialog) reoffer(sdp []byte) {
	switch {
	case d.state == early || d.state == ended:
	case d.queued != nil || d.ours != nil && !d.ours.refresh:
		d.tell(phone.DialogReofferFailed{Status: sip.StatusRequestPending})
	default:
		d.queued = &reoffer{sdp: sdp}
		d.nextOffer()
	}
}

// nextOffer sends the offer whose turn it is, if any.
func (d *dialog) nextOffer() {
	if d.queued == nil || d.isBusy() {
		return
	}
	o := d.queued
	d.queued = nil
	d.ours = o
	d.sendOffer(o)
}

// isBusy tells whether no offer can be sent now.
func (d *dialog) isBusy() bool {
	return d.state != confirmed || d.updating || d.ours != nil || d.theirs != nil || d.unacked != nil
}

// sendOffer sends a re-INVITE.
func (d *dialog) sendOffer(o *reoffer) {
	if d.ours != o || d.state != confirmed {
		return
	}
	if d.theirs != nil || d.unacked != nil || d.updating { // after a 491: the peer was first
		o.later = d.after(d.ds.timing.glare(d.in != nil), func() { d.sendOffer(o) })
		return
	}
	req := d.leg.request(sip.INVITE)
	contact := d.ds.e.Contact()
	req.AppendHeader(&contact)
	req.AppendHeader(sip.NewHeader("Allow", allowedMethods))
	req.AppendHeader(sip.NewHeader("Supported", supportedOptions))
	d.session.ask(req)
	setSDP(req, o.sdp)
	d.carry(o, req)
}

// carry brings a re-INVITE on its way.
func (d *dialog) carry(o *reoffer, req *sip.Request) {
	o.sending = true
	events := inviteEvents{
		answered: func(a *Attempt, res *sip.Response) { d.offerAnswered(o, a, res) },
		failed:   func(_ *Attempt, err error) { d.offerFailed(o, err) },
		again: func(*Attempt, *sip.Response) {
			if o.ack != nil {
				d.write(o.ack)
			}
		},
	}
	d.work(func() {
		a, err := d.ds.e.Send(d.ctx, req)
		if err != nil {
			d.inbox.Put(func() { events.failed(nil, err) })
			return
		}
		d.follow(a, events)
	})
}

// offerAnswered takes an answer to our re-INVITE.
func (d *dialog) offerAnswered(o *reoffer, a *Attempt, res *sip.Response) {
	d.leg.sent(a.Request)
	if res.IsSuccess() {
		d.leg.heard(res)
		o.ack = d.leg.ack(a.Request)
		d.write(o.ack)
	}
	if d.ours != o {
		return
	}
	if res.IsProvisional() {
		if o.later == nil && d.state != ended {
			o.later = d.after(d.ds.timing.patience(), func() { d.withdraw(o, a) })
		}
		return
	}
	stop(o.later)
	o.later = nil
	switch {
	case d.state == ended:
		d.ours = nil
	case res.IsSuccess():
		d.offerTaken(o, res)
	case isChallenge(res) && o.challenges < maxChallenges:
		o.challenges++
		d.authorizeOffer(o, a, res)
	case res.StatusCode == sip.StatusRequestPending && o.glares < maxGlares:
		o.glares++
		o.sending = false
		o.later = d.after(d.ds.timing.glare(d.in != nil), func() { d.sendOffer(o) })
	case isLost(res):
		d.offerRefused(o, res.StatusCode)
		d.gone(res.StatusCode)
	case o.refresh && res.StatusCode == statusIntervalTooSmall && d.session.lengthen(res):
		d.ours = nil
		d.refreshSession()
	default:
		d.offerRefused(o, res.StatusCode)
	}
}

// withdraw cancels a re-INVITE that is not decided.
func (d *dialog) withdraw(o *reoffer, a *Attempt) {
	if d.ours != o || d.state == ended {
		return
	}
	d.work(func() { d.sendCancel(a) })
	o.later = d.after(d.ds.timing.patience(), func() { d.offerFailed(o, noAnswer("call", a.to)) })
}

// offerTaken takes a 2xx.
func (d *dialog) offerTaken(o *reoffer, res *sip.Response) {
	d.ours = nil
	d.agreeSession(res)
	if !o.refresh {
		answer, err := sdpOf(res)
		if err != nil {
			d.ds.e.log.Info("body of an answer not understood", "call", d.id.callID)
		}
		if answer != nil {
			d.sdp = o.sdp
		}
		d.tellAnswer(answer)
	}
	d.nextOffer()
}

// offerRefused ends an offer; the session goes on as it was.
func (d *dialog) offerRefused(o *reoffer, status int) {
	d.ours = nil
	if !o.refresh {
		d.tell(phone.DialogReofferFailed{Status: status})
	}
	d.nextOffer()
}

func (d *dialog) authorizeOffer(o *reoffer, a *Attempt, res *sip.Response) {
	again, err := d.ds.e.Authorize(a.Request, res)
	if err != nil {
		d.ds.e.log.Warn("re-INVITE not authorized", "call", d.id.callID, "err", err)
		d.offerRefused(o, res.StatusCode)
		return
	}
	d.leg.sent(again)
	d.carry(o, again)
}

// offerFailed takes the news that there was no answer: the peer is gone (RFC
// 3261, 12.2.1.2).
func (d *dialog) offerFailed(o *reoffer, err error) {
	if d.ours != o {
		return
	}
	d.ours = nil
	if d.state == ended {
		return
	}
	d.ds.e.log.Info("re-INVITE not answered", "call", d.id.callID, "err", err)
	if !o.refresh {
		d.tell(phone.DialogReofferFailed{Status: sip.StatusRequestTimeout})
	}
	d.gone(sip.StatusRequestTimeout)
}

// isLost tells whether an answer inside of a dialog says that there is no dialog
// any more (RFC 3261, 12.2.1.2).
func isLost(res *sip.Response) bool {
	return res.StatusCode == sip.StatusCallTransactionDoesNotExists || res.StatusCode == sip.StatusRequestTimeout
}

// gone ends a dialog that the peer does not know any more.
func (d *dialog) gone(status int) {
	d.bye(phone.DialogEnded{
		Cause: phone.EndFailed, Status: status,
		Err: &phone.Error{Code: phone.CodeNoAnswer, Op: "call", SIPStatus: status, Err: errPeerGone},
	})
}
