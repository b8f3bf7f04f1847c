package sipua

import (
	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
)

// inviteAccepted takes the first 2xx to our INVITE: its dialog is the one that
// stays. It is acknowledged in any case, and ended where nobody wants it any more.
func (d *dialog) inviteAccepted(a *Attempt, res *sip.Response) {
	stop(d.out.limit)
	tag := tagOf(res.To())
	l := newCallerLeg(a.Request, res)
	if before := d.out.early[tag]; before != nil {
		l.localSeq, l.remoteSeq = max(l.localSeq, before.localSeq), before.remoteSeq
		l.updates = l.updates || before.updates
	}
	d.leg, d.out.early = l, nil
	d.out.acks[tag] = l.ack(a.Request)
	d.write(d.out.acks[tag])
	if d.state == ended { // the answer was faster than CANCEL
		d.sendBye(l)
		return
	}
	d.state = confirmed
	answer, err := sdpOf(res)
	if err != nil {
		d.ds.e.log.Info("body of an answer not understood", "call", d.id.callID)
	}
	d.tell(phone.DialogAnswered{Fork: tag, Answer: answer})
	d.agreeSession(res)
}

// answeredAgain takes a 2xx after the first: repeated, since our ACK was lost, or
// that of another fork, which is acknowledged and ended (RFC 3261, 13.2.2.4).
func (d *dialog) answeredAgain(a *Attempt, res *sip.Response) {
	tag := tagOf(res.To())
	if ack := d.out.acks[tag]; ack != nil {
		d.write(ack)
		return
	}
	l := newCallerLeg(a.Request, res)
	d.out.acks[tag] = l.ack(a.Request)
	d.write(d.out.acks[tag])
	bye := l.request(sip.BYE)
	d.work(func() { d.ds.hangUp(d.ctx, bye) })
}

// discard acknowledges and ends what a late 2xx to a request of ours began.
func (ds *Dialogs) discard(invite *sip.Request, res *sip.Response) {
	l := newCallerLeg(invite, res)
	if err := ds.e.Write(l.ack(invite)); err != nil {
		ds.e.log.Info("ACK not sent", "call", string(l.callID), "err", err)
		return
	}
	ds.hangUp(ds.ctx, l.request(sip.BYE))
}

// write sends an ACK to a 2xx, the first time or again.
func (d *dialog) write(ack *sip.Request) {
	if err := d.ds.e.Write(ack); err != nil {
		d.ds.e.log.Info("ACK not sent", "call", d.id.callID, "err", err)
	}
}
