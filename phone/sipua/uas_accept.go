package sipua

import (
	"errors"
	"time"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
)

var errConnectionLost = errors.New("the connection was lost")

// acceptance is a 2xx to the peer's INVITE that is repeated until its ACK (RFC
// 3261, 13.3.1.4): the library does not. The dialog's goroutine owns it.
type acceptance struct {
	req *sip.Request
	tx  sip.ServerTransaction
	res *sip.Response
	// initial is set for the INVITE that began the dialog.
	initial      bool
	wait         time.Duration
	again, limit *time.Timer
	settled      chan struct{} // closed with its ACK
	// acked takes the ACK.
	acked func(ack *sip.Request)
}

// accept answers the INVITE that began the dialog with 200.
func (d *dialog) accept(sdp []byte) {
	if d.state != early || d.in == nil {
		return
	}
	res := d.ds.response(d.in.req, sip.StatusOK)
	setSDP(res, sdp)
	stop(d.in.again)
	stop(d.in.limit)
	a := &acceptance{req: d.in.req, tx: d.in.tx, res: res, initial: true}
	a.acked = func(ack *sip.Request) {
		var answer []byte
		if d.in.offer == nil {
			answer = d.answerIn(ack)
		}
		if d.state == accepted {
			d.state = confirmed
		}
		d.tell(phone.DialogConfirmed{Answer: answer})
	}
	d.grantSession(d.in.req, res)
	if d.send(a) {
		d.state = accepted
		d.sdp = sdp
	}
}

// send sends a 2xx, and again until its ACK. It returns false where CANCEL was faster.
func (d *dialog) send(a *acceptance) bool {
	if err := d.ds.respond(a.req, a.tx, a.res); errors.Is(err, sip.ErrTransactionCanceled) {
		return false
	} else if err != nil {
		d.ds.e.log.Info("200 not sent", "call", d.id.callID, "err", err)
	}
	a.wait = d.ds.timing.t1
	a.settled = make(chan struct{})
	a.again = d.after(a.wait, func() { d.repeat(a) })
	a.limit = d.after(d.ds.timing.patience(), func() { d.lost(a) })
	d.unacked = a
	d.work(func() { // an ACK with the branch of the INVITE, as some send it
		select {
		case ack := <-a.tx.Acks():
			d.inbox.Put(func() { d.acked(ack) })
		case <-a.tx.Done():
		case <-a.settled:
		case <-d.ctx.Done():
		}
	})
	return true
}

// repeat sends an unacknowledged 2xx again.
func (d *dialog) repeat(a *acceptance) {
	if d.unacked != a {
		return
	}
	if err := a.tx.Respond(a.res); err != nil {
		d.ds.e.log.Debug("200 not sent again", "call", d.id.callID, "err", err)
	}
	a.wait = min(2*a.wait, d.ds.timing.t2)
	a.again = d.after(a.wait, func() { d.repeat(a) })
}

// acked takes an ACK to a 2xx.
func (d *dialog) acked(ack *sip.Request) {
	a := d.unacked
	if a == nil || ack.CSeq() == nil || ack.CSeq().SeqNo != a.req.CSeq().SeqNo {
		return // repeated
	}
	d.settleAck()
	a.acked(ack)
	if d.byeDue {
		d.byeDue = false
		d.sendBye(d.leg)
		return
	}
	d.nextOffer()
}

// settleAck stops waiting for an ACK.
func (d *dialog) settleAck() {
	if a := d.unacked; a != nil {
		stop(a.again)
		stop(a.limit)
		close(a.settled)
		d.unacked = nil
	}
}

// lost ends the dialog: there was no ACK.
func (d *dialog) lost(a *acceptance) {
	if d.unacked != a {
		return
	}
	d.settleAck()
	d.byeDue = false
	d.bye(phone.DialogEnded{
		Cause: phone.EndFailed, Status: sip.StatusRequestTimeout,
		Err: &phone.Error{Code: phone.CodeNoAnswer, Op: "answer", SIPStatus: sip.StatusRequestTimeout, Err: errors.New("the answer was not acknowledged")},
	})
}

// answerIn returns the SDP of an ACK; nil where there is none that can be read.
func (d *dialog) answerIn(ack *sip.Request) []byte {
	answer, err := sdpOf(ack)
	if err != nil {
		d.ds.e.log.Info("body of an ACK not understood", "call", d.id.callID)
	}
	return answer
}
