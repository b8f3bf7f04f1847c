package sipua

import (
	"strings"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
)

// messaged tells of a MESSAGE outside of a dialog (RFC 3428), and answers what comes back.
func (l *line) messaged(req *sip.Request, tx sip.ServerTransaction) {
	if l.dialogs.isClosed() {
		l.dialogs.refuse(req, tx, sip.StatusTemporarilyUnavailable)
		return
	}
	l.inbox.Messaged(phone.IncomingText{
		Account: l.id, Caller: callerOf(req), Text: textOf(req),
		Answer: func(status int) {
			l.dialogs.aside(func() {
				if status == sip.StatusMethodNotAllowed {
					l.dialogs.refuseMethod(req, tx)
					return
				}
				l.dialogs.refuse(req, tx, status)
			})
		},
	})
}

// textOf returns the body of a MESSAGE as far as it is text for a person.
func textOf(req *sip.Request) string {
	kind := ""
	if h := firstOf(req, "Content-Type", "c"); h != nil {
		kind, _, _ = strings.Cut(strings.ToLower(h.Value()), ";")
	}
	if strings.TrimSpace(kind) != "text/plain" {
		return ""
	}
	body := req.Body()
	if len(body) > phone.MaxText {
		body = body[:phone.MaxText]
	}
	return strings.ToValidUTF8(string(body), "")
}
