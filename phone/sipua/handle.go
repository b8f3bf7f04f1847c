package sipua

import "github.com/emiago/sipgo/sip"

// Handle takes a request from the endpoint; it returns at once. An INVITE begins
// a dialog, what belongs to a dialog goes to it, OPTIONS is answered, and the rest refused.
func (ds *Dialogs) Handle(req *sip.Request, tx sip.ServerTransaction) {
	tag := localTagOf(req)
	if tag != "" {
		d := ds.find(dialogID{string(*req.CallID()), tag})
		switch {
		case req.IsAck():
			if d != nil {
				d.inbox.Put(func() { d.acked(req) })
			}
		case d != nil && d.inbox.Put(func() { d.request(req, tx) }):
		case ds.e.isStranger(sourceOf(req)): // it guesses: nobody is here
			tx.Terminate()
		default:
			ds.refuse(req, tx, sip.StatusCallTransactionDoesNotExists)
		}
		return
	}
	switch req.Method {
	case sip.ACK:
	case sip.INVITE:
		ds.receive(req, tx)
	case sip.OPTIONS:
		ds.capabilities(req, tx)
	case sip.CANCEL, sip.BYE, sip.UPDATE, sip.INFO, sip.PRACK, sip.NOTIFY:
		ds.refuse(req, tx, sip.StatusCallTransactionDoesNotExists)
	default:
		ds.refuseMethod(req, tx)
	}
}

// capabilities answers OPTIONS (RFC 3261, 11.2).
func (ds *Dialogs) capabilities(req *sip.Request, tx sip.ServerTransaction) {
	if unknown := unknownExtensions(req); unknown != nil {
		ds.refuse(req, tx, sip.StatusBadExtension, unknown...)
		return
	}
	res := ds.response(req, sip.StatusOK)
	res.AppendHeader(sip.NewHeader("Accept", acceptedType+", "+textTypes))
	ds.grant(req, tx, res)
}

// grant sends a 2xx to a request that is no INVITE.
func (ds *Dialogs) grant(req *sip.Request, tx sip.ServerTransaction, res *sip.Response) {
	if err := ds.respond(req, tx, res); err != nil {
		ds.e.log.Debug("answer not sent", "status", res.StatusCode, "err", err)
	}
}

// refuseMethod answers a method that is known elsewhere with 405, another with 501
// (RFC 3261, 8.2.1).
func (ds *Dialogs) refuseMethod(req *sip.Request, tx sip.ServerTransaction) {
	switch req.Method {
	case sip.REGISTER, sip.SUBSCRIBE, sip.REFER, sip.MESSAGE, sip.PUBLISH:
		ds.refuse(req, tx, sip.StatusMethodNotAllowed)
	default:
		ds.refuse(req, tx, sip.StatusNotImplemented)
	}
}
