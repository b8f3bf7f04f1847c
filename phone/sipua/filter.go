package sipua

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"

	"github.com/emiago/sipgo/sip"
)

// packet is a message as it came.
type packet struct {
	bytes     []byte
	transport string // "UDP", "TCP" or "TLS"
	from, to  netip.AddrPort
	// broken says why no end of the message was found in its stream; else nil.
	broken error
}

// parser reads what is checked here. It holds no state.
var parser = newParser()

// maxFromStranger is the longest message from elsewhere than the account's
// servers that is looked at, in bytes.
const maxFromStranger = 8192

// admit returns a message as it goes on to the library, or nil. Requests that
// begin something and come from elsewhere than the account's servers are dropped,
// as if nobody were here; what cannot be read is refused with answer, if it is a
// request, and logged in one line.
func (e *Endpoint) admit(p packet, answer func([]byte)) []byte {
	stranger := e.isStranger(p.from.Addr())
	if stranger && len(p.bytes) > maxFromStranger || !e.withstands(p, stranger) {
		return nil
	}
	tidy := tidied(p.bytes)
	message, err := parser.ParseSIP(tidy)
	if err == nil {
		err = p.broken
	}
	if stranger && !continues(message, err) {
		e.log.Debug("request from elsewhere dropped", "from", p.from)
		return nil
	}
	e.cfg.Trace.received(p)
	status, reason := 0, ""
	if errors.Is(p.broken, errTooLong) {
		status, err = sip.StatusRequestEntityTooLarge, p.broken
		reason = phrases[status]
	} else if err != nil {
		status, reason = sip.StatusBadRequest, "Bad Request"
	} else if req, ok := message.(*sip.Request); ok {
		status, reason, err = check(req)
	}
	switch {
	case err == nil:
		return tidy
	case stranger:
		e.log.Debug("malformed message from elsewhere dropped", "from", p.from)
		return nil
	}
	e.log.Warn("malformed message", "from", p.from, "err", shortened(err.Error()))
	if refusal := refusalOf(p, status, reason); refusal != nil {
		answer(refusal)
	}
	return nil
}

// isStranger tells whether an address is none of the account's servers'. A server
// of its own knows no strangers.
func (e *Endpoint) isStranger(addr netip.Addr) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.cfg.Listen == "" && e.servers[addr] == ""
}

// continues tells whether a message belongs to something that is under way: a
// response, or a request inside of a dialog.
func continues(message sip.Message, err error) bool {
	if err != nil {
		return false
	}
	if _, response := message.(*sip.Response); response {
		return true
	}
	to := message.To()
	return to != nil && to.Params.Has("tag")
}

// check tells what a request that could be read lacks (RFC 3261, 8.1.1 and 8.2).
func check(req *sip.Request) (status int, reason string, err error) {
	if !strings.EqualFold(req.SipVersion, "SIP/2.0") {
		return sip.StatusVersionNotSupported, "Version Not Supported", errors.New("version " + req.SipVersion)
	}
	const bad = "Bad Request"
	via, from, to, cseq := req.Via(), req.From(), req.To(), req.CSeq()
	switch {
	case via == nil || via.Host == "":
		err = errors.New("no Via")
	case from == nil || !from.Params.Has("tag") && via.Params.Has("branch"):
		err = errors.New("no From with a tag")
	case to == nil:
		err = errors.New("no To")
	case req.CallID() == nil || *req.CallID() == "":
		err = errors.New("no Call-ID")
	case cseq == nil:
		err = errors.New("no CSeq")
	case cseq.MethodName != req.Method:
		err = fmt.Errorf("CSeq names %s", cseq.MethodName)
	case req.Recipient.Scheme != "sip" && req.Recipient.Scheme != "sips" && req.Recipient.Scheme != "tel":
		return 416, "Unsupported URI Scheme", errors.New("scheme " + req.Recipient.Scheme)
	}
	return sip.StatusBadRequest, bad, err
}

// receive takes a request from the library, on a goroutine of its own.
func (e *Endpoint) receive(req *sip.Request, tx sip.ServerTransaction) {
	if req.IsAck() {
		tx.Terminate() // it means nothing; the library would keep it, and drop the next ACK for it
	}
	if Begins(req) && !e.isOurs(req.Recipient.User) {
		if !req.IsAck() {
			e.log.Info("request for somebody else refused", "user", shortened(req.Recipient.User), "from", req.Source())
			if err := tx.Respond(sip.NewResponseFromRequest(req, sip.StatusNotFound, "Not Found", nil)); err != nil {
				e.log.Debug("answer not sent", "err", err)
			}
		}
		return
	}
	e.mu.Lock()
	handler := e.handler
	e.mu.Unlock()
	if handler != nil {
		handler(req, tx)
	}
}

// sourceOf returns the address that a request came from.
func sourceOf(req *sip.Request) netip.Addr {
	from, _ := netip.ParseAddrPort(req.Source())
	return from.Addr().Unmap()
}

// isOurs tells whether a request for this user is for us: the account's user, or
// that of our Contact. A server of its own has many users.
func (e *Endpoint) isOurs(user string) bool {
	own := e.aor().User
	if e.cfg.Listen != "" || user == "" || user == e.user || user == own {
		return true
	}
	plain, err := url.PathUnescape(user)
	return err == nil && plain == own
}

// shortened cuts a text from the network for a log, to one line.
func shortened(text string) string {
	if len(text) > 120 {
		text = text[:120] + "…"
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, text)
}
