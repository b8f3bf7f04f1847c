package sipua

import (
	"context"
	"time"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
)

// outgoing is our INVITE until it has a final answer, and its forks. The dialog's
// goroutine owns it.
type outgoing struct {
	// sending ends when the INVITE is given up before it is on its way.
	sending context.Context
	stop    context.CancelFunc
	// attempt is the one that has had a provisional answer, or nil.
	attempt *Attempt
	// cancelled is set once CANCEL was sent.
	cancelled bool
	// early are the dialogs that provisional answers made, by remote tag.
	early map[string]*leg
	// acks are the ACKs to the 2xx of each fork, by remote tag, to be sent again.
	acks map[string]*sip.Request
	// challenges and briefs count how often the INVITE was asked for credentials
	// and for a longer session.
	challenges, briefs int
	limit              *time.Timer // of ringing
}

// invite sends our INVITE.
func (d *dialog) invite(req *sip.Request) {
	d.out = &outgoing{early: map[string]*leg{}, acks: map[string]*sip.Request{}}
	d.out.sending, d.out.stop = context.WithCancel(d.ctx)
	d.out.limit = d.after(d.ds.timing.ringing, d.ringsTooLong)
	d.place(func(ctx context.Context) (*Attempt, error) { return d.ds.e.Send(ctx, req) })
}

// place brings the INVITE on its way to a server and follows what comes of it.
func (d *dialog) place(send func(context.Context) (*Attempt, error)) {
	sending := d.out.sending
	d.work(func() {
		a, err := send(sending)
		if err != nil {
			d.inbox.Put(func() { d.inviteFailed(nil, err) })
			return
		}
		d.follow(a, inviteEvents{d.inviteAnswered, d.inviteFailed, d.answeredAgain})
	})
}

// inviteEvents is what becomes of an attempt of an INVITE. They run on the dialog's goroutine.
type inviteEvents struct {
	answered func(*Attempt, *sip.Response)
	failed   func(*Attempt, error)
	// again is a further 2xx: a repetition, or that of another fork.
	again func(*Attempt, *sip.Response)
}

// follow waits for the final answer to an INVITE, on a goroutine of work.
func (d *dialog) follow(a *Attempt, events inviteEvents) {
	a.Tx.OnRetransmission(func(res *sip.Response) {
		if !d.inbox.Put(func() { events.again(a, res) }) {
			d.ds.aside(func() { d.ds.discard(a.Request, res) })
		}
	})
	patience := d.ds.timing.patience()
	if len(a.rest) > 0 { // the next server is better than a dead one
		patience = min(patience, d.ds.e.cfg.Timing.Answer)
	}
	silence := time.NewTimer(patience)
	defer silence.Stop()
	fail := func(err error) { d.inbox.Put(func() { events.failed(a, err) }) }
	for {
		select {
		case res := <-a.Tx.Responses():
			silence.Stop()
			d.inbox.Put(func() { events.answered(a, res) })
			if !res.IsProvisional() {
				return
			}
		case <-a.Tx.Done():
			fail(failedTo("call", a.to, a.Tx.Err()))
			return
		case <-silence.C:
			a.Tx.Terminate()
			fail(noAnswer("call", a.to))
			return
		case <-d.ctx.Done():
			a.Tx.Terminate()
			fail(noAnswer("call", a.to))
			return
		}
	}
}

// inviteAnswered takes an answer to our INVITE.
func (d *dialog) inviteAnswered(a *Attempt, res *sip.Response) {
	switch {
	case res.IsProvisional():
		d.inviteProgressed(a, res)
	case res.IsSuccess():
		d.inviteAccepted(a, res)
	case d.state == ended: // 487, or what overtook CANCEL
	default:
		d.inviteRefused(a, res)
	}
}

// inviteProgressed takes a provisional answer.
func (d *dialog) inviteProgressed(a *Attempt, res *sip.Response) {
	d.out.attempt = a
	if d.state == ended {
		d.cancelInvite()
		return
	}
	if res.StatusCode == sip.StatusTrying || d.out.early == nil { // 100, or overtaken by the 2xx
		return
	}
	tag := tagOf(res.To())
	l := d.out.early[tag]
	if l == nil {
		l = newCallerLeg(a.Request, res)
		d.out.early[tag] = l
	}
	l.heard(res)
	if !d.acknowledge(l, a.Request, res) {
		return
	}
	sdp, err := sdpOf(res)
	if err != nil {
		d.ds.e.log.Info("body of a provisional answer not understood", "call", d.id.callID)
	}
	d.tell(phone.DialogProgress{Status: res.StatusCode, Fork: tag, Answer: sdp})
}

// inviteFailed takes the news that a server did not answer.
func (d *dialog) inviteFailed(a *Attempt, err error) {
	switch {
	case d.state == ended:
	case a != nil && len(a.rest) > 0 && d.out.attempt != a:
		d.ds.e.log.Info("next server is tried", "call", d.id.callID, "err", err)
		d.place(func(ctx context.Context) (*Attempt, error) { return d.ds.e.Next(ctx, a) })
	default:
		status := 0
		if phone.CodeOf(err) == phone.CodeNoAnswer {
			status = sip.StatusRequestTimeout
		}
		d.finish(phone.DialogEnded{Cause: phone.EndFailed, Status: status, Err: err})
	}
}
