package sipua

import (
	"errors"
	"fmt"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
)

// messageIDHeader names a text at every try, so that whoever gets it twice knows that it is the same. CPIM has
// imdn.Message-ID for it (RFC 5438, 6.3).
const messageIDHeader = "X-Message-ID"

// Text sends a MESSAGE outside of a dialog; see [phone.Signalling]. Without such an account, or with a target that is no
// URI, notify is called at once.
func (a *Agent) Text(id phone.AccountID, t phone.OutgoingText, notify func(phone.TextResult)) {
	l := a.line(id)
	var uri sip.Uri
	err := sip.ParseUri(t.Target.URI, &uri)
	switch {
	case l == nil:
		err = &phone.Error{Code: phone.CodeNoAccount, Op: "text", Err: errors.New("the account is not open")}
	case err != nil:
		err = &phone.Error{Code: phone.CodeInvalid, Op: "text", Field: "number", Err: fmt.Errorf("%q is no address", t.Target.URI)}
	case l.text(uri, t, notify):
		return
	default:
		err = &phone.Error{Code: phone.CodeCancelled, Op: "text", Err: errors.New("the account was closed")}
	}
	notify(phone.TextResult{Err: err, CSeq: t.CSeq})
}

// text sends a MESSAGE on a goroutine that close waits for; false where the line is closed.
func (l *line) text(to sip.Uri, t phone.OutgoingText, notify func(phone.TextResult)) bool {
	l.texting.Lock()
	defer l.texting.Unlock()
	if l.ctx.Err() != nil {
		return false
	}
	req := l.endpoint.newMessage(to, t)
	l.running.Go(func() {
		res, sent, err := l.endpoint.do(l.ctx, req)
		result := phone.TextResult{Err: err, CSeq: sent.CSeq().SeqNo}
		if err == nil {
			result.Status, result.Text = res.StatusCode, res.Reason
			result.After, _ = seconds(res.GetHeader("Retry-After"))
			if res.IsSuccess() || res.StatusCode == sip.StatusUnsupportedMediaType { // else a proxy may speak for itself
				result.Features, result.Known = featuresOf(res)
			}
		}
		notify(result)
	})
	return true
}

// newMessage returns the MESSAGE for a text. It has no Contact (RFC 3428, 4).
func (e *Endpoint) newMessage(to sip.Uri, t phone.OutgoingText) *sip.Request {
	req := e.NewRequest(sip.MESSAGE, to)
	if t.CallID != "" {
		callID := sip.CallIDHeader(t.CallID)
		req.ReplaceHeader(&callID)
		req.ReplaceHeader(&sip.CSeqHeader{SeqNo: t.CSeq, MethodName: sip.MESSAGE})
	}
	kind, body := e.messageBody(to, t)
	if t.Kind == phone.KindText && t.MessageID != "" {
		req.AppendHeader(sip.NewHeader(messageIDHeader, t.MessageID))
	}
	if t.Automatic {
		req.AppendHeader(sip.NewHeader("Auto-Submitted", "auto-generated"))
	}
	content := sip.ContentTypeHeader(kind)
	req.AppendHeader(&content)
	req.SetBody(body)
	return req
}
