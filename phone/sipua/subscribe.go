package sipua

import (
	"fmt"
	"strconv"
	"time"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
)

const (
	// messageSummary is the one event package that is known (RFC 3842).
	messageSummary = "message-summary"
	summaryType    = "application/simple-message-summary"
)

// ask sends a SUBSCRIBE: the first one of a dialog, or one that refreshes it.
func (s *subscription) ask() {
	s.next.Stop()
	req := s.request(s.interval)
	l, asked := s.leg, s.interval
	s.asking, s.cut, s.pause = true, 0, 0
	s.running.Go(func() {
		res, sent, err := s.e.do(s.ctx, req)
		s.inbox.Put(func() {
			s.asking = false
			l.sent(sent)
			s.at = s.e.contactIn(sent)
			switch {
			case s.ctx.Err() != nil: // it failed since it is to end
			case s.leg != l: // it ended meanwhile
				s.lost(s.pause)
			case err != nil:
				s.failed(err)
			case res.IsSuccess():
				s.granted(sent, res, asked)
			default:
				s.refused(res)
			}
		})
	})
}

// request returns the next SUBSCRIBE. Where there is no dialog it begins one.
func (s *subscription) request(expires time.Duration) *sip.Request {
	var req *sip.Request
	if s.leg == nil {
		req = s.e.NewRequest(sip.SUBSCRIBE, s.e.aor())
		s.leg = &leg{
			callID: *req.CallID(), local: fromOf(req.From()), remote: *req.To(),
			localSeq: req.CSeq().SeqNo, target: *req.Recipient.Clone(),
		}
		s.leg.remote.Params = s.leg.remote.Params.Clone()
	} else {
		req = s.leg.request(sip.SUBSCRIBE)
		contact := s.e.Contact()
		req.AppendHeader(&contact)
		offers(req)
	}
	req.AppendHeader(sip.NewHeader("Event", messageSummary))
	req.AppendHeader(sip.NewHeader("Accept", summaryType))
	req.AppendHeader(sip.NewHeader("Expires", strconv.Itoa(int(expires/time.Second))))
	return req
}

// granted takes a 2xx. Who tells may have been heard of by NOTIFY before (RFC 6665, 4.4.1).
func (s *subscription) granted(sent *sip.Request, res *sip.Response, asked time.Duration) {
	switch {
	case s.leg.remoteTag == "":
		s.leg = newCallerLeg(sent, res)
	case !s.since.IsZero():
		s.leg.heard(res)
		s.waits.reset()
	}
	if s.since.IsZero() {
		s.since = time.Now()
		s.e.log.Info("message waiting is asked for")
	}
	lasts, said := seconds(res.GetHeader("Expires"))
	switch {
	case !said:
		lasts = asked
	case lasts == 0:
		s.lost(0)
		return
	}
	if s.cut > 0 {
		lasts = min(lasts, s.cut)
	}
	s.askIn(s.ahead(lasts))
}

// ahead returns when to refresh a subscription that lasts so long.
func (s *subscription) ahead(lasts time.Duration) time.Duration {
	return max(refreshAfter(min(lasts, longestSubscription)), s.e.cfg.Timing.RetryMin)
}

// failed takes that there is no answer, or that the server does not want our password.
func (s *subscription) failed(err error) {
	if phone.CodeOf(err) == phone.CodeAuth {
		s.bar(phone.Sentence(err))
		return
	}
	s.e.log.Debug("message waiting: no answer", "err", err)
	s.lost(0)
}

// refused takes another final answer than 2xx. What may be better later is asked again; 481 is
// from a server that has forgotten the dialog.
func (s *subscription) refused(res *sip.Response) {
	switch res.StatusCode {
	case sip.StatusIntervalToBrief:
		least, _ := seconds(res.GetHeader("Min-Expires"))
		soon := !s.raised && least > s.interval && least <= longestSubscription
		s.interval = max(s.interval, min(least, longestSubscription))
		s.raised = true
		s.lost(0)
		if soon {
			s.askIn(0)
		}
	case sip.StatusRequestTimeout, 429, sip.StatusTemporarilyUnavailable, sip.StatusCallTransactionDoesNotExists,
		sip.StatusBusyHere, 491, sip.StatusInternalServerError, sip.StatusBadGateway, sip.StatusServiceUnavailable,
		sip.StatusGatewayTimeout:
		wait, _ := seconds(res.GetHeader("Retry-After"))
		s.e.log.Debug("message waiting: not now", "status", res.StatusCode)
		s.lost(wait)
	default:
		s.bar(fmt.Sprintf("%d %s", res.StatusCode, shortened(res.Reason)))
	}
}
