package exchange

import (
	"fmt"
	"strings"
	"time"

	"github.com/emiago/sipgo/sip"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/sipua"
)

const (
	// plainText is the content type that robots read and write.
	plainText = "text/plain"
	// thinking is how long a robot takes to write back.
	thinking = time.Second
	// quoted is how much of a text the echo says back, in bytes.
	quoted = 1000
)

// writers are what the robots write back, by number.
var writers = map[string]func(text string) string{
	"600": echoed,
	"601": writes("This is 601. Call me to hear me speak."),
	"602": writes("This is 602. I am busy whenever you call, but I do get your texts."),
	"603": writes("This is 603. I decline every call. Texts are fine."),
	"604": writes("This is 604. When you call, I ring and never answer."),
	"605": writes("This is 605. When you call, I answer and hang up after five seconds."),
	"606": writes("This is 606. When you call, I put you on hold and take you back."),
	"607": writes("This is 607. When you call, I speak before I answer."),
}

func writes(line string) func(string) string { return func(string) string { return line } }

func echoed(text string) string {
	if len(text) > quoted {
		text = strings.ToValidUTF8(text[:quoted], "") + "…"
	}
	return "You wrote: " + text
}

// correspondent is who writes back from a number, and how: a robot to be called, or one that calls.
func correspondent(number string) (from caller, write func(text string) string, found bool) {
	from = caller{address: number + "@" + domain}
	if write, found = writers[number]; found {
		return from, write, true
	}
	for _, r := range callers {
		if r.address == from.address {
			name := "a number that you do not know"
			if r.name != "" {
				name = r.name
			}
			return r, writes("This is " + name + ". I have your text, and a robot has no more to say."), true
		}
	}
	return from, nil, false
}

// texted answers a MESSAGE (RFC 3428), and has the robot that it is for write back.
func (s *service) texted(req *sip.Request, tx sip.ServerTransaction) {
	refuse := func(status int, reason string, headers ...sip.Header) {
		res := sip.NewResponseFromRequest(req, status, reason, nil)
		for _, h := range headers {
			res.AppendHeader(h)
		}
		s.respond(req, tx, res)
	}
	if refusal := s.registrar.authorize(req, time.Now(), "Proxy-"); refusal != nil {
		s.respond(req, tx, refusal)
		return
	}
	from, write, found := correspondent(req.Recipient.User)
	if !found {
		refuse(sip.StatusNotFound, "Not Found")
		return
	}
	if kind := req.ContentType(); kind == nil || !isPlainText(kind.Value()) {
		refuse(sip.StatusUnsupportedMediaType, "Unsupported Media Type", sip.NewHeader("Accept", plainText))
		return
	}
	text := strings.ToValidUTF8(string(req.Body()), "\uFFFD")
	if !s.begin(func() { s.writeBack(from, write(text)) }) {
		refuse(sip.StatusServiceUnavailable, "Service Unavailable")
		return
	}
	s.respond(req, tx, sip.NewResponseFromRequest(req, sip.StatusOK, "OK", nil))
}

func isPlainText(kind string) bool {
	kind, _, _ = strings.Cut(kind, ";")
	return strings.EqualFold(strings.TrimSpace(kind), plainText)
}

// writeBack sends a text to the phone in a moment, on a goroutine of its own.
func (s *service) writeBack(from caller, text string) {
	moment := time.NewTimer(thinking)
	defer moment.Stop()
	select {
	case <-moment.C:
	case <-s.ctx.Done():
		return
	}
	if err := s.text(from, text); err != nil && s.ctx.Err() == nil {
		s.log.Warn("practice exchange: the robot's text was not taken", "err", err)
	}
}

// text sends a text to the phone that is registered.
func (s *service) text(from caller, text string) error {
	to, found := s.registrar.contact(time.Now())
	if !found {
		return noPhone("practice text")
	}
	endpoint, err := s.agentOf(from, to)
	if err != nil {
		return fmt.Errorf("practice text: %w", err)
	}
	endpoint.OnRequest(func(req *sip.Request, tx sip.ServerTransaction) { // it only writes
		s.respond(req, tx, sip.NewResponseFromRequest(req, sip.StatusTemporarilyUnavailable, "Temporarily Unavailable", nil))
	})
	req := endpoint.NewRequest(sip.MESSAGE, phoneURI)
	req.AppendHeader(sip.NewHeader("Content-Type", plainText+";charset=UTF-8"))
	req.SetBody([]byte(text))
	res, err := endpoint.Do(s.ctx, req)
	if err == nil && !res.IsSuccess() {
		err = &phone.Error{Code: phone.CodeRefused, Op: "practice text", SIPStatus: res.StatusCode, Err: fmt.Errorf("the phone says %s", res.Reason)}
	}
	if closed := endpoint.Close(); closed != nil {
		s.log.Debug("practice exchange: robot closed", "err", closed)
	}
	return err
}

// phoneURI is the phone's address of record, by which robots name it; they send to where it is.
var phoneURI = sip.Uri{Scheme: "sip", User: agent, Host: domain}

// agentOf returns the user agent that a robot has of its own, at the exchange's address.
func (s *service) agentOf(from caller, to binding) (*sipua.Endpoint, error) {
	return sipua.NewEndpoint(sipua.EndpointConfig{
		Account: phone.Account{
			Address: from.address, DisplayName: from.name,
			Server: to.addr.Addr().String(), Port: int(to.addr.Port()), Transport: phone.UDP,
		},
		Log: s.log,
	})
}
