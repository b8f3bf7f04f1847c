package sipua

import (
	"context"
	"time"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
)

// dialogState is how far a dialog has come.
type dialogState int

const (
	early     dialogState = iota // the INVITE has no 2xx
	accepted                     // we sent 2xx and have no ACK
	confirmed                    // both know of it
	ended                        // DialogEnded was given; what is left is for the peer
)

// dialog is an INVITE, one way or the other, and all that comes of it. The
// goroutine of run owns it, and runs what is put into inbox; the methods of
// phone.Dialog only put something there.
type dialog struct {
	ds     *Dialogs
	id     dialogID
	notify func(phone.DialogEvent)
	inbox  *phone.Mailbox[func()]
	done   chan struct{} // closed when run has returned
	// ctx ends with the dialog, and with it what still waits for the peer.
	ctx    context.Context
	cancel context.CancelFunc
	// asking ends with DialogEnded, and with it requests that mean nothing afterwards.
	asking     context.Context
	stopAsking context.CancelFunc

	state dialogState
	// leg is the dialog with the peer; nil until our INVITE has a 2xx.
	leg *leg
	out *outgoing // our INVITE; nil where the peer called
	in  *incoming // the peer's INVITE; nil where we called
	// sdp is what we last said that holds.
	sdp []byte
	// unacked is our 2xx that waits for its ACK; nil when there is none.
	unacked *acceptance
	// byeDue is set where BYE must wait for that ACK (RFC 3261, 15).
	byeDue  bool
	ours    *reoffer // our offer that waits for an answer, or nil
	queued  *reoffer // our offer that waits for its turn, or nil
	theirs  *offered // the peer's offer that waits for Reply, or nil
	session session
	// updating is set while an UPDATE of ours is on its way.
	updating bool
	working  int // goroutines of work
}

func (ds *Dialogs) newDialog(id dialogID, notify func(phone.DialogEvent)) *dialog {
	ctx, cancel := context.WithCancel(ds.ctx)
	d := &dialog{
		ds: ds, id: id, notify: notify, inbox: phone.NewMailbox[func()](),
		done: make(chan struct{}), ctx: ctx, cancel: cancel,
	}
	d.asking, d.stopAsking = context.WithCancel(ctx)
	return d
}

// Ring sends 180.
func (d *dialog) Ring() { d.inbox.Put(func() { d.progress(sip.StatusRinging, nil) }) }

// Early sends 183 with an answer.
func (d *dialog) Early(answer []byte) {
	d.inbox.Put(func() { d.progress(sip.StatusSessionInProgress, answer) })
}

// Accept sends 200 with an answer, or with an offer where the INVITE had none.
func (d *dialog) Accept(sdp []byte) { d.inbox.Put(func() { d.accept(sdp) }) }

// Reject ends an incoming INVITE with a final status of 300 to 699.
func (d *dialog) Reject(status int) {
	d.inbox.Put(func() { d.reject(status, phone.DialogEnded{Cause: phone.EndLocal, Status: status}) })
}

// Reoffer sends a re-INVITE.
func (d *dialog) Reoffer(offer []byte) { d.inbox.Put(func() { d.reoffer(offer) }) }

// Reply answers DialogOffered; nil refuses it with 488.
func (d *dialog) Reply(sdp []byte) { d.inbox.Put(func() { d.reply(sdp) }) }

// End ends it by CANCEL, BYE or 486.
func (d *dialog) End() { d.inbox.Put(d.end) }

// run owns the dialog until nobody waits for anything of it any more.
func (d *dialog) run() {
	defer close(d.done)
	defer d.ds.remove(d)
	defer d.cancel()
	for d.state != ended || d.working > 0 || d.unacked != nil {
		select {
		case <-d.inbox.Ready():
			d.catchUp()
		case <-d.ctx.Done():
			d.catchUp()
			d.finish(phone.DialogEnded{Cause: phone.EndLocal})
			d.settleAck()
			d.working = 0 // they end by themselves
		}
	}
	d.inbox.Close()
	d.catchUp()
}

func (d *dialog) catchUp() {
	for _, do := range d.inbox.Take() {
		do()
	}
}

// work runs what may block on a goroutine of its own; the dialog lasts until it returns.
func (d *dialog) work(f func()) {
	d.working++
	d.ds.running.Go(func() {
		f()
		d.inbox.Put(func() { d.working-- })
	})
}

// after runs do on the dialog's goroutine.
func (d *dialog) after(wait time.Duration, do func()) *time.Timer {
	return time.AfterFunc(wait, func() { d.inbox.Put(do) })
}

// tell gives an event to the owner of the call; none comes after DialogEnded.
func (d *dialog) tell(event phone.DialogEvent) {
	if d.state != ended {
		d.notify(event)
	}
}

// finish gives the last event. What the peer must still be told is up to the caller.
func (d *dialog) finish(end phone.DialogEnded) {
	if d.state == ended {
		return
	}
	d.tell(end)
	d.state = ended
	d.stopAsking()
	d.queued = nil
	d.session.stop()
	if d.ours != nil {
		stop(d.ours.later)
	}
	if d.out != nil {
		stop(d.out.limit)
	}
	if d.in != nil {
		stop(d.in.again)
		stop(d.in.limit)
	}
	if d.theirs != nil { // RFC 3261, 15.1.2
		d.refuse(d.theirs.req, d.theirs.tx, sip.StatusRequestTerminated)
		d.theirs = nil
	}
}

// end ends the dialog because this side wants it.
func (d *dialog) end() {
	switch {
	case d.state == ended:
	case d.state == early && d.in != nil:
		d.reject(sip.StatusBusyHere, phone.DialogEnded{Cause: phone.EndLocal, Status: sip.StatusBusyHere})
	case d.state == early:
		d.giveUp(phone.DialogEnded{Cause: phone.EndLocal})
	default:
		d.bye(phone.DialogEnded{Cause: phone.EndLocal})
	}
}

// bye ends a dialog that has had a 2xx: with BYE, at once or after the ACK.
func (d *dialog) bye(end phone.DialogEnded) {
	d.finish(end)
	if d.unacked != nil && d.unacked.initial {
		d.byeDue = true
		return
	}
	d.settleAck()
	d.sendBye(d.leg)
}

func (d *dialog) sendBye(l *leg) {
	if d.updating || d.ours != nil && d.ours.sending {
		l.localSeq++ // the number that our request would take if it were challenged
	}
	req := l.request(sip.BYE)
	d.work(func() { d.ds.hangUp(d.ctx, req) })
}

// hangUp sends a BYE; what is answered changes nothing.
func (ds *Dialogs) hangUp(ctx context.Context, bye *sip.Request) {
	if res, err := ds.e.Do(ctx, bye); err != nil {
		ds.e.log.Info("BYE not answered", "call", bye.CallID().Value(), "err", err)
	} else if !res.IsSuccess() && res.StatusCode != sip.StatusCallTransactionDoesNotExists {
		ds.e.log.Info("BYE refused", "call", bye.CallID().Value(), "status", res.StatusCode)
	}
}
