package sipua

import (
	"strings"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
)

// request takes a request of the peer inside of the dialog, but ACK and CANCEL.
func (d *dialog) request(req *sip.Request, tx sip.ServerTransaction) {
	l := d.legOf(req)
	switch {
	case l == nil || d.state == ended && req.Method != sip.BYE:
		d.ds.refuse(req, tx, sip.StatusCallTransactionDoesNotExists)
		return
	case !l.follows(req):
		d.ds.refuse(req, tx, sip.StatusInternalServerError)
		return
	}
	if unknown := unknownExtensions(req); unknown != nil {
		d.ds.refuse(req, tx, sip.StatusBadExtension, unknown...)
		return
	}
	switch req.Method {
	case sip.BYE:
		d.byeCame(req, tx)
	case sip.INVITE, sip.UPDATE:
		d.offerCame(l, req, tx)
	case sip.OPTIONS:
		d.ds.capabilities(req, tx)
	case sip.INFO:
		d.infoCame(req, tx)
	case sip.MESSAGE:
		d.ds.texted(req, tx)
	case sip.PRACK, sip.NOTIFY, sip.CANCEL:
		d.ds.refuse(req, tx, sip.StatusCallTransactionDoesNotExists)
	default:
		d.ds.refuseMethod(req, tx)
	}
}

// legOf returns the dialog that a request of the peer belongs to, or nil: while
// our INVITE has no 2xx, each fork has one.
func (d *dialog) legOf(req *sip.Request) *leg {
	tag := fromTagOf(req.From())
	if d.leg != nil && d.leg.remoteTag == tag {
		return d.leg
	}
	if d.leg == nil && d.out != nil {
		return d.out.early[tag]
	}
	return nil
}

// byeCame ends the dialog as the peer wants it (RFC 3261, 15.1.2).
func (d *dialog) byeCame(req *sip.Request, tx sip.ServerTransaction) {
	if d.leg == nil { // only who called may end an early dialog by BYE
		d.ds.refuse(req, tx, sip.StatusCallTransactionDoesNotExists)
		return
	}
	d.ds.grant(req, tx, d.ds.response(req, sip.StatusOK))
	why := reasonOf(req)
	d.byeDue = false
	d.settleAck()
	if d.state == early {
		d.reject(sip.StatusRequestTerminated, phone.DialogEnded{Cause: phone.EndCancelled, Status: why.status(), Text: why.text})
		return
	}
	d.finish(phone.DialogEnded{Cause: phone.EndRemote, Status: why.status(), Text: why.text})
}

// infoCame answers INFO: digits that come that way are taken and mean nothing, since RFC 4733
// brings them.
func (d *dialog) infoCame(req *sip.Request, tx sip.ServerTransaction) {
	kind := ""
	if h := firstOf(req, "Content-Type", "c"); h != nil {
		kind, _, _ = strings.Cut(strings.ToLower(h.Value()), ";")
	}
	switch strings.TrimSpace(kind) {
	case "", "application/dtmf-relay", "application/dtmf":
		d.ds.grant(req, tx, d.ds.response(req, sip.StatusOK))
	default:
		res := d.ds.response(req, sip.StatusUnsupportedMediaType)
		for res.RemoveHeader("Accept") {
		}
		res.AppendHeader(sip.NewHeader("Accept", "application/dtmf-relay, application/dtmf"))
		d.ds.grant(req, tx, res)
	}
}
