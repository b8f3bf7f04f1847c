package sipua

import (
	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
)

// offered is a re-INVITE or UPDATE of the peer's that waits for Reply. The
// dialog's goroutine owns it.
type offered struct {
	leg *leg
	req *sip.Request
	tx  sip.ServerTransaction
	// sdp is the offer; nil where ours is asked for.
	sdp []byte
}

// offerCame takes a re-INVITE (RFC 3261, 14.2) or UPDATE (RFC 3311, 5.2).
func (d *dialog) offerCame(l *leg, req *sip.Request, tx sip.ServerTransaction) {
	sdp, err := sdpOf(req)
	if err != nil {
		d.ds.e.log.Warn("offer refused", "err", err, "from", req.Source())
		d.ds.refuse(req, tx, sip.StatusUnsupportedMediaType)
		return
	}
	if least, brief := d.ds.tooBrief(req); brief {
		d.ds.refuse(req, tx, statusIntervalTooSmall, least)
		return
	}
	if req.Method == sip.UPDATE && sdp == nil { // a new target, or a session refreshed
		d.keep(l, req, tx, nil)
		return
	}
	if status := d.conflict(req); status != 0 {
		var later []sip.Header
		if status == sip.StatusInternalServerError {
			later = []sip.Header{shortly()}
		}
		d.ds.refuse(req, tx, status, later...)
		return
	}
	o := &offered{l, req, tx, sdp}
	d.theirs = o
	if req.IsInvite() {
		withdraw := func(*sip.Request) { d.inbox.Put(func() { d.withdrawn(o) }) }
		if !tx.OnCancel(withdraw) {
			withdraw(nil)
		}
	}
	d.tell(phone.DialogOffered{Offer: sdp})
}

// conflict returns the status that refuses an offer while another is not
// settled; 0 where none is.
func (d *dialog) conflict(req *sip.Request) int {
	switch {
	case d.theirs != nil, d.state == early && d.in != nil:
		return sip.StatusInternalServerError
	case d.state == early, d.ours != nil && d.ours.sending, d.unacked != nil:
		return sip.StatusRequestPending
	}
	return 0
}

// reply answers the peer's offer.
func (d *dialog) reply(sdp []byte) {
	o := d.theirs
	if o == nil {
		return
	}
	d.theirs = nil
	if sdp == nil {
		d.ds.refuse(o.req, o.tx, sip.StatusNotAcceptableHere)
		d.nextOffer()
		return
	}
	if o.req.Method == sip.UPDATE {
		d.keep(o.leg, o.req, o.tx, sdp)
		d.sdp = sdp
		d.nextOffer()
		return
	}
	res := d.ds.response(o.req, sip.StatusOK)
	setSDP(res, sdp)
	d.grantSession(o.req, res)
	d.leg.heard(o.req)
	a := &acceptance{req: o.req, tx: o.tx, res: res}
	a.acked = func(ack *sip.Request) {
		if o.sdp == nil {
			d.tellAnswer(d.answerIn(ack))
		}
	}
	if !d.send(a) {
		d.ds.aside(func() { awaitAck(d.ds.ctx.Done(), o.tx) })
		d.nextOffer()
		return
	}
	d.sdp = sdp
}

// tellAnswer gives the peer's answer to an offer of ours; without one it was refused.
func (d *dialog) tellAnswer(answer []byte) {
	if answer == nil {
		d.tell(phone.DialogReofferFailed{Status: sip.StatusNotAcceptableHere})
		return
	}
	d.tell(phone.DialogReanswered{Answer: answer})
}

// keep answers an UPDATE with 200.
func (d *dialog) keep(l *leg, req *sip.Request, tx sip.ServerTransaction, answer []byte) {
	res := d.ds.response(req, sip.StatusOK)
	setSDP(res, answer)
	l.heard(req)
	if d.state != early {
		d.grantSession(req, res)
	}
	d.ds.grant(req, tx, res)
}

// withdrawn takes a CANCEL of a re-INVITE, which the library has answered.
func (d *dialog) withdrawn(o *offered) {
	if d.theirs == o {
		d.theirs = nil
		d.ds.aside(func() { awaitAck(d.ds.ctx.Done(), o.tx) })
		d.nextOffer()
	}
}
