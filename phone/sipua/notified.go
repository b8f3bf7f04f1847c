package sipua

import (
	"strings"
	"time"

	"github.com/emiago/sipgo/sip"
)

// take answers a NOTIFY, and tells what it says. One outside of a dialog is taken unasked, as the
// servers send it that know nothing of subscriptions.
func (s *subscription) take(req *sip.Request, tx sip.ServerTransaction) {
	event := ""
	if h := firstOf(req, "Event", "o"); h != nil {
		event, _, _ = strings.Cut(h.Value(), ";")
	}
	known := strings.EqualFold(strings.TrimSpace(event), messageSummary)
	if s.inbox.Put(func() { s.notified(req, tx, known) }) {
		return
	}
	s.deny(req, tx, sip.StatusCallTransactionDoesNotExists)
}

// deny refuses a NOTIFY. A stranger who guesses a dialog gets no answer: nobody is here.
func (s *subscription) deny(req *sip.Request, tx sip.ServerTransaction, status int, headers ...sip.Header) {
	if tagOf(req.To()) != "" && s.e.isStranger(sourceOf(req)) {
		tx.Terminate()
		return
	}
	s.dialogs.refuse(req, tx, status, headers...)
}

func (s *subscription) notified(req *sip.Request, tx sip.ServerTransaction, known bool) {
	unasked := tagOf(req.To()) == ""
	unknown := unknownExtensions(req)
	switch {
	case !known:
		s.deny(req, tx, statusBadEvent, sip.NewHeader("Allow-Events", messageSummary))
		return
	case !unasked && !s.belongs(req):
		s.deny(req, tx, sip.StatusCallTransactionDoesNotExists)
		return
	case !unasked && !s.leg.follows(req):
		s.dialogs.refuse(req, tx, sip.StatusInternalServerError)
		return
	case unknown != nil:
		s.dialogs.refuse(req, tx, sip.StatusBadExtension, unknown...)
		return
	}
	s.dialogs.grant(req, tx, s.dialogs.response(req, sip.StatusOK))
	if w, ok := summaryOf(req.Body()); ok {
		s.tell(w)
	}
	if !unasked {
		s.subscribed(req)
	}
}

// belongs tells whether a NOTIFY is in the dialog. The first one may come before the answer to
// SUBSCRIBE, and makes the dialog then; of several that a fork made, the first one stays.
func (s *subscription) belongs(req *sip.Request) bool {
	l, from := s.leg, req.From()
	if l == nil || *req.CallID() != l.callID || tagOf(req.To()) != l.local.Params.GetOr("tag", "") {
		return false
	}
	if l.remoteTag != "" {
		return fromTagOf(from) == l.remoteTag
	}
	l.remoteTag = fromTagOf(from)
	l.remote.Params.Add("tag", l.remoteTag)
	l.routes = recorded(req)
	return true
}

// subscribed takes what a NOTIFY says of the subscription itself (RFC 6665, 4.1.3).
func (s *subscription) subscribed(req *sip.Request) {
	s.leg.heard(req)
	state := ""
	if h := req.GetHeader("Subscription-State"); h != nil {
		state = h.Value()
	}
	state, params, _ := strings.Cut(state, ";")
	if !strings.EqualFold(strings.TrimSpace(state), "terminated") {
		// It may end sooner than was granted, never later.
		lasts, said := atoSeconds(paramOf(params, "expires"))
		switch wait := s.ahead(lasts); {
		case !said || lasts == 0:
		case s.asking:
			s.cut = lasts
		case time.Now().Round(0).Add(wait).Before(s.due):
			s.askIn(wait)
		}
		return
	}
	switch why := strings.ToLower(paramOf(params, "reason")); why {
	case "rejected", "noresource", "invariant":
		s.bar(why)
	default:
		wait, _ := atoSeconds(paramOf(params, "retry-after"))
		s.lost(wait)
	}
}
