package sipua

import (
	"errors"
	"math/rand/v2"
	"strconv"

	"github.com/emiago/sipgo/sip"
)

// statusIntervalTooSmall refuses a session timer (RFC 4028, 6).
const statusIntervalTooSmall = 422

// statusBadEvent refuses an event package that is not known (RFC 6665, 8.3.2).
const statusBadEvent = 489

// phrases are the reason phrases of what is answered here (RFC 3261, 21).
var phrases = map[int]string{
	100: "Trying", 180: "Ringing", 183: "Session Progress", 200: "OK", 202: "Accepted",
	400: "Bad Request", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 408: "Request Timeout",
	413: "Request Entity Too Large", 415: "Unsupported Media Type", 420: "Bad Extension", 422: "Session Interval Too Small",
	480: "Temporarily Unavailable", 481: "Call/Transaction Does Not Exist", 482: "Loop Detected",
	483: "Too Many Hops", 486: "Busy Here", 487: "Request Terminated", 488: "Not Acceptable Here",
	489: "Bad Event", 491: "Request Pending", 500: "Server Internal Error", 501: "Not Implemented", 603: "Decline", 607: "Unwanted",
}

// response returns an answer to a request. With a status that begins or keeps a
// dialog it says how we are reached and what we know.
func (ds *Dialogs) response(req *sip.Request, status int) *sip.Response {
	phrase, ok := phrases[status]
	if !ok {
		phrase = "Refused"
	}
	res := sip.NewResponseFromRequest(req, status, phrase, nil)
	targets := req.IsInvite() || req.Method == sip.UPDATE
	if targets && status > sip.StatusTrying && status < 300 {
		contact := ds.e.Contact()
		if req.Recipient.IsEncrypted() { // RFC 3261, 12.1.1
			contact.Address.Scheme = "sips"
		}
		res.AppendHeader(&contact)
	}
	switch status {
	case sip.StatusOK, sip.StatusMethodNotAllowed, sip.StatusNotImplemented:
		res.AppendHeader(sip.NewHeader("Allow", allowedMethods))
		res.AppendHeader(sip.NewHeader("Allow-Events", messageSummary))
		res.AppendHeader(sip.NewHeader("Supported", supportedOptions))
	case sip.StatusUnsupportedMediaType:
		accepted := acceptedType
		if req.Method == sip.MESSAGE {
			accepted = textTypes
		}
		res.AppendHeader(sip.NewHeader("Accept", accepted))
		res.AppendHeader(sip.NewHeader("Accept-Encoding", "identity"))
	}
	return res
}

// respond sends an answer by the transaction of its request.
func (ds *Dialogs) respond(req *sip.Request, tx sip.ServerTransaction, res *sip.Response) error {
	err := tx.Respond(res)
	if req.IsCancel() {
		tx.Terminate() // the library would keep it for ever, and leave the next one for it without an answer
	}
	if errors.Is(err, sip.ErrTransactionCanceled) {
		// CANCEL was faster. The library has answered 487, and would now repeat
		// ours in its place.
		_ = tx.Respond(ds.response(req, sip.StatusRequestTerminated)) // the error is the same one
	}
	return err
}

// refuse answers a request with a final status that is a failure.
func (ds *Dialogs) refuse(req *sip.Request, tx sip.ServerTransaction, status int, headers ...sip.Header) {
	res := ds.response(req, status)
	for _, h := range headers {
		res.AppendHeader(h)
	}
	if err := ds.respond(req, tx, res); err != nil {
		ds.e.log.Debug("answer not sent", "status", status, "err", err)
	}
	if req.IsInvite() {
		ds.aside(func() { awaitAck(ds.ctx.Done(), tx) })
	}
}

// awaitAck takes the ACK to a failure from the library, which would hold a
// goroutine for it.
func awaitAck(stop <-chan struct{}, tx sip.ServerTransaction) {
	select {
	case <-tx.Acks():
	case <-tx.Done():
	case <-stop:
	}
}

// shortly is a Retry-After of up to 10 s (RFC 3261, 14.2).
func shortly() sip.Header {
	return sip.NewHeader("Retry-After", strconv.Itoa(rand.IntN(11)))
}
