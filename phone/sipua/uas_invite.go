package sipua

import (
	"strings"
	"time"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
)

// incoming is the peer's INVITE until it has a final answer. The dialog's
// goroutine owns it.
type incoming struct {
	req *sip.Request
	tx  sip.ServerTransaction
	// offer is its SDP, or nil.
	offer []byte
	// again repeats the last provisional answer; limit ends what nobody answers.
	again, limit *time.Timer
}

// receive takes an INVITE outside of a dialog. 100 goes out before anything else.
func (ds *Dialogs) receive(req *sip.Request, tx sip.ServerTransaction) {
	to := req.To()
	tag := tagOf(to) // see tagInvites
	if err := tx.Respond(ds.response(req, sip.StatusTrying)); err != nil {
		ds.e.log.Debug("100 not sent", "err", err)
	}
	offer, ok := ds.admits(req, tx)
	if !ok {
		return
	}
	d := ds.newDialog(dialogID{string(*req.CallID()), tag}, nil)
	d.in = &incoming{req: req, tx: tx, offer: offer}
	d.leg = newCalleeLeg(req, tag)
	if !tx.OnCancel(func(cancel *sip.Request) { d.inbox.Put(func() { d.cancelled(cancel) }) }) {
		d.inbox.Put(func() { d.cancelled(nil) })
	}
	lost := func(string, error) { d.inbox.Put(d.transactionEnded) }
	if !tx.OnTerminate(lost) {
		lost("", nil)
	}
	called, _, _ := splitURI(to.Address.String())
	called, _, _ = strings.Cut(called, ";phone-context=")
	d.notify = ds.invited(phone.Incoming{Dialog: d, Caller: callerOf(req), Called: called, Offer: offer})
	if !ds.start(d, d.limitRinging) {
		ds.refuse(req, tx, sip.StatusTemporarilyUnavailable)
		d.notify(phone.DialogEnded{Cause: phone.EndLocal})
	}
}

// admits checks an INVITE outside of a dialog, and refuses it where it must.
func (ds *Dialogs) admits(req *sip.Request, tx sip.ServerTransaction) (offer []byte, ok bool) {
	status := 0
	var headers []sip.Header
	offer, err := sdpOf(req)
	switch least, brief := ds.tooBrief(req); {
	case ds.isClosed():
		status = sip.StatusTemporarilyUnavailable
	case ds.find(dialogID{string(*req.CallID()), fromTagOf(req.From())}) != nil, ds.isMerged(req, tx):
		status = sip.StatusLoopDetected
	case firstOf(req, "Contact", "m") == nil || req.Contact() == nil:
		status = sip.StatusBadRequest
	case unknownExtensions(req) != nil:
		status, headers = sip.StatusBadExtension, unknownExtensions(req)
	case err != nil:
		status = sip.StatusUnsupportedMediaType
	case brief:
		status, headers = statusIntervalTooSmall, []sip.Header{least}
	default:
		return offer, true
	}
	ds.e.log.Warn("INVITE refused", "status", status, "from", req.Source(), "call", shortened(string(*req.CallID())))
	ds.refuse(req, tx, status, headers...)
	return nil, false
}

// limitRinging ends an INVITE after what it says itself (RFC 3261, 13.3.1), but
// does not let it ring for ever, since its caller may be gone without a word.
func (d *dialog) limitRinging() {
	if d.state != early {
		return
	}
	limit := d.ds.timing.unanswered
	if said, ok := seconds(firstOf(d.in.req, "Expires", "")); ok && said > 0 {
		limit = min(limit, said/time.Second*d.ds.timing.second)
	}
	d.in.limit = d.after(limit, d.expired)
}

// expired ends an INVITE that nobody answered here.
func (d *dialog) expired() {
	d.reject(sip.StatusRequestTerminated, phone.DialogEnded{Cause: phone.EndCancelled})
}

// unknownExtensions returns the Unsupported header for what a request requires
// and is not known here; nil where all is known.
func unknownExtensions(req *sip.Request) []sip.Header {
	var unknown []sip.Header
	for _, option := range valuesOf(req, "Require", "") {
		if option != "timer" {
			unknown = append(unknown, sip.NewHeader("Unsupported", option))
		}
	}
	return unknown
}

// progress sends a provisional answer, and again each minute.
func (d *dialog) progress(status int, sdp []byte) {
	if d.state != early || d.in == nil {
		return
	}
	res := d.ds.response(d.in.req, status)
	setSDP(res, sdp)
	if sdp != nil {
		d.sdp = sdp
	}
	stop(d.in.again)
	d.repeatProgress(res)
}

func (d *dialog) repeatProgress(res *sip.Response) {
	if d.state != early {
		return
	}
	if err := d.ds.respond(d.in.req, d.in.tx, res); err != nil {
		d.ds.e.log.Debug("provisional answer not sent", "call", d.id.callID, "err", err)
	}
	d.in.again = d.after(d.ds.timing.remind, func() { d.repeatProgress(res) })
}

// reject ends the peer's INVITE with a failure.
func (d *dialog) reject(status int, end phone.DialogEnded) {
	if d.state != early || d.in == nil || status < 300 || status > 699 {
		return
	}
	d.finish(end)
	d.refuse(d.in.req, d.in.tx, status)
}

// refuse answers an INVITE or UPDATE of this dialog with a failure, and waits
// for the ACK.
func (d *dialog) refuse(req *sip.Request, tx sip.ServerTransaction, status int, headers ...sip.Header) {
	d.ds.refuse(req, tx, status, headers...)
}

// cancelled takes a CANCEL of the peer's INVITE, which the library has answered.
func (d *dialog) cancelled(cancel *sip.Request) {
	if d.state != early {
		return
	}
	why := reasonOf(cancel)
	cause := phone.EndCancelled
	if why.elsewhere() {
		cause = phone.EndElsewhere
	}
	d.finish(phone.DialogEnded{Cause: cause, Status: why.status(), Text: why.text})
	d.ds.aside(func() { awaitAck(d.ds.ctx.Done(), d.in.tx) })
}

// transactionEnded takes the end of the transaction of the peer's INVITE.
func (d *dialog) transactionEnded() {
	if d.state != early {
		return
	}
	d.finish(phone.DialogEnded{
		Cause: phone.EndFailed,
		Err:   &phone.Error{Code: phone.CodeUnreachable, Op: "answer", Err: errConnectionLost},
	})
}
