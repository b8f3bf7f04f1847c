package sipua

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
)

// minSession is the shortest session interval that is taken, in seconds (RFC 4028, 5).
const minSession = 90

var (
	errPeerGone = errors.New("the other side does not answer any more")
	errExpired  = errors.New("the session was not refreshed in time")
)

// session is the session timer of a dialog (RFC 4028): with an interval agreed,
// one side refreshes it at half, and either ends it when that does not happen. The
// dialog's goroutine owns it.
type session struct {
	// interval is in seconds; 0 where none is agreed.
	interval int
	// least is the Min-SE that the way asked for, in seconds; 0 where none.
	least int
	// ours is set where we refresh.
	ours            bool
	refresh, expiry *time.Timer
}

func (s *session) stop() {
	stop(s.refresh)
	stop(s.expiry)
	s.interval = 0
}

// tooBrief tells whether a request wants a session that is too short, and how
// long it must be at least. Who does not know the extension cannot be told.
func (ds *Dialogs) tooBrief(req *sip.Request) (least sip.Header, brief bool) {
	interval, _, ok := expiresAfter(req)
	brief = ok && interval < minSession && lists(valuesOf(req, "Supported", "k"), "timer")
	return sip.NewHeader("Min-SE", strconv.Itoa(minSession)), brief
}

// expiresAfter reads Session-Expires: the interval in seconds and who refreshes,
// "uac", "uas" or "".
func expiresAfter(msg sip.Message) (interval int, refresher string, ok bool) {
	header := firstOf(msg, "Session-Expires", "x")
	wait, ok := seconds(header)
	if !ok || wait <= 0 {
		return 0, "", false
	}
	_, params, _ := strings.Cut(header.Value(), ";")
	return int(wait / time.Second), strings.ToLower(paramOf(params, "refresher")), true
}

// grantSession answers the session timer of a request in its 2xx (RFC 4028, 9).
func (d *dialog) grantSession(req *sip.Request, res *sip.Response) {
	d.session.stop()
	interval, refresher, ok := expiresAfter(req)
	if !ok {
		return
	}
	knows := lists(valuesOf(req, "Supported", "k"), "timer")
	if refresher != "uas" {
		refresher = "uac"
	}
	if !knows {
		refresher = "uas"
	}
	interval = max(interval, minSession)
	res.AppendHeader(sip.NewHeader("Session-Expires", strconv.Itoa(interval)+";refresher="+refresher))
	if refresher == "uac" {
		res.AppendHeader(sip.NewHeader("Require", "timer"))
	}
	d.startSession(interval, refresher == "uas")
}

// agreeSession takes the session timer that a 2xx to our INVITE or UPDATE says.
func (d *dialog) agreeSession(res *sip.Response) {
	d.session.stop()
	if interval, refresher, ok := expiresAfter(res); ok {
		d.startSession(interval, refresher != "uas")
	}
}

func (d *dialog) startSession(interval int, ours bool) {
	d.session.interval, d.session.ours = interval, ours
	second := d.ds.timing.second
	whole := time.Duration(interval) * second
	d.session.expiry = d.after(whole-min(32*second, whole/3), d.expire)
	if ours {
		d.session.refresh = d.after(whole/2, d.refreshSession)
	}
}

// ask puts the session timer into a request of ours.
func (s *session) ask(req *sip.Request) {
	if s.interval == 0 {
		return
	}
	refresher := "uas"
	if s.ours {
		refresher = "uac"
	}
	req.AppendHeader(sip.NewHeader("Session-Expires", strconv.Itoa(s.interval)+";refresher="+refresher))
	if s.least > 0 {
		req.AppendHeader(sip.NewHeader("Min-SE", strconv.Itoa(s.least)))
	}
}

// lengthen takes the interval that a 422 asks for; false where it is no longer one.
func (s *session) lengthen(res *sip.Response) bool {
	least, ok := seconds(firstOf(res, "Min-SE", ""))
	s.least = int(least / time.Second)
	if !ok || s.least <= s.interval {
		return false
	}
	s.interval = s.least
	return true
}

// expire ends a session that nobody refreshed.
func (d *dialog) expire() {
	if d.state == ended || d.session.interval == 0 {
		return
	}
	d.bye(phone.DialogEnded{
		Cause: phone.EndFailed, Status: sip.StatusRequestTimeout,
		Err: &phone.Error{Code: phone.CodeNoAnswer, Op: "call", SIPStatus: sip.StatusRequestTimeout, Err: errExpired},
	})
}

// refreshSession refreshes the session by UPDATE, or where the peer does not
// allow it by a re-INVITE with the SDP that holds.
func (d *dialog) refreshSession() {
	if d.state == ended || d.session.interval == 0 {
		return
	}
	// Until a refresh is answered, others are tried before the session expires.
	stop(d.session.refresh)
	d.session.refresh = d.after(time.Duration(d.session.interval)*d.ds.timing.second/12, d.refreshSession)
	switch {
	case d.isBusy() || d.queued != nil:
	case d.leg.updates:
		d.update()
	case d.sdp != nil:
		d.queued = &reoffer{sdp: d.sdp, refresh: true}
		d.nextOffer()
	}
}

// update sends an UPDATE without an offer.
func (d *dialog) update() {
	req := d.leg.request(sip.UPDATE)
	contact := d.ds.e.Contact()
	req.AppendHeader(&contact)
	req.AppendHeader(sip.NewHeader("Allow", allowedMethods))
	req.AppendHeader(sip.NewHeader("Supported", supportedOptions))
	d.session.ask(req)
	d.updating = true
	d.work(func() {
		res, sent, err := d.ds.e.do(d.asking, req)
		d.inbox.Put(func() { d.updated(sent, res, err) })
	})
}

// updated takes the answer to our UPDATE; res is nil where there was none.
func (d *dialog) updated(sent *sip.Request, res *sip.Response, err error) {
	d.updating = false
	d.leg.sent(sent)
	defer d.nextOffer()
	switch {
	case d.state == ended:
	case err != nil:
		d.ds.e.log.Info("UPDATE not answered", "call", d.id.callID, "err", err)
	case res.IsSuccess():
		d.leg.heard(res)
		d.agreeSession(res)
	case isLost(res):
		d.gone(res.StatusCode)
	case res.StatusCode == statusIntervalTooSmall:
		if d.session.lengthen(res) {
			d.refreshSession()
		}
	case res.StatusCode == sip.StatusMethodNotAllowed || res.StatusCode == sip.StatusNotImplemented:
		d.leg.updates = false
		d.refreshSession()
	}
}
