package sipua

import "github.com/emiago/sipgo/sip"

// leg is the state of a dialog with one peer (RFC 3261, 12): an early one per
// fork of an INVITE, then the confirmed one. The dialog's goroutine owns it.
type leg struct {
	callID sip.CallIDHeader
	// local and remote are the From and To of our requests, with their tags.
	local     sip.FromHeader
	remote    sip.ToHeader
	remoteTag string
	// localSeq and remoteSeq are the last CSeq each way; remoteSeq is 0 until
	// the peer sent a request.
	localSeq, remoteSeq uint32
	// target is where the peer is reached, from its last Contact.
	target sip.Uri
	routes routeSet
	// updates tells whether the peer allows UPDATE.
	updates bool
	// reliable is the last RSeq that was acknowledged by PRACK (RFC 3262).
	reliable uint64
}

// newCallerLeg returns the dialog that res makes of our INVITE (RFC 3261, 12.1.2).
// With no Contact in res its target is where res came from.
func newCallerLeg(invite *sip.Request, res *sip.Response) *leg {
	l := &leg{
		callID: *invite.CallID(), local: fromOf(invite.From()), remote: *invite.To(), remoteTag: tagOf(res.To()),
		localSeq: invite.CSeq().SeqNo, target: *invite.Recipient.Clone(), routes: recorded(res).reversed(),
	}
	if to := res.To(); to != nil {
		l.remote = *to
	}
	l.remote.Params = l.remote.Params.Clone()
	if host, port, err := sip.ParseAddr(res.Source()); err == nil {
		l.target.Host, l.target.Port = host, port
	}
	l.heard(res)
	return l
}

// newCalleeLeg returns the dialog that we make of an INVITE by a response with localTag
// (RFC 3261, 12.1.1).
func newCalleeLeg(invite *sip.Request, localTag string) *leg {
	to, from := invite.To(), invite.From()
	l := &leg{
		callID:    *invite.CallID(),
		local:     sip.FromHeader{DisplayName: to.DisplayName, Address: *to.Address.Clone(), Params: to.Params.Clone()},
		remote:    sip.ToHeader{DisplayName: from.DisplayName, Address: *from.Address.Clone(), Params: from.Params.Clone()},
		remoteTag: fromTagOf(from), remoteSeq: invite.CSeq().SeqNo, routes: recorded(invite),
	}
	l.local.Params.Add("tag", localTag)
	l.heard(invite)
	return l
}

// heard takes from a request or an answer that refreshes the target what it says
// about the peer.
func (l *leg) heard(msg sip.Message) {
	if contact, ok := firstOf(msg, "Contact", "m").(*sip.ContactHeader); ok && !contact.Address.Wildcard {
		l.target = *contact.Address.Clone()
	}
	if allow := valuesOf(msg, "Allow", ""); len(allow) > 0 {
		l.updates = lists(allow, string(sip.UPDATE))
	}
}

// request returns the next request inside of the dialog.
func (l *leg) request(method sip.RequestMethod) *sip.Request {
	l.localSeq++
	return l.numbered(method, l.localSeq)
}

func (l *leg) numbered(method sip.RequestMethod, seq uint32) *sip.Request {
	recipient, routes := l.routes.apply(l.target)
	req := sip.NewRequest(method, recipient)
	for _, uri := range routes {
		req.AppendHeader(&sip.RouteHeader{Address: *uri.Clone()})
	}
	req.AppendHeader(sip.HeaderClone(&l.local))
	req.AppendHeader(sip.HeaderClone(&l.remote))
	callID := l.callID
	req.AppendHeader(&callID)
	req.AppendHeader(&sip.CSeqHeader{SeqNo: seq, MethodName: method})
	hops := sip.MaxForwardsHeader(70)
	req.AppendHeader(&hops)
	req.AppendHeader(sip.NewHeader("User-Agent", userAgent))
	req.SetBody(nil)
	return req
}

// ack returns the ACK to a 2xx of invite, with the credentials that invite had
// (RFC 3261, 13.2.2.4).
func (l *leg) ack(invite *sip.Request) *sip.Request {
	ack := l.numbered(sip.ACK, invite.CSeq().SeqNo)
	for _, name := range []string{"Authorization", "Proxy-Authorization"} {
		sip.CopyHeaders(name, invite, ack)
	}
	return ack
}

// sent notes the CSeq of a request as it was last sent, credentials and all.
func (l *leg) sent(req *sip.Request) {
	if req != nil && req.CSeq() != nil {
		l.localSeq = max(l.localSeq, req.CSeq().SeqNo)
	}
}

// follows tells whether a request of the peer is in order, and notes its CSeq
// (RFC 3261, 12.2.2).
func (l *leg) follows(req *sip.Request) bool {
	seq := req.CSeq().SeqNo
	if seq < l.remoteSeq {
		return false
	}
	l.remoteSeq = seq
	return true
}

func fromOf(h *sip.FromHeader) sip.FromHeader {
	return sip.FromHeader{DisplayName: h.DisplayName, Address: *h.Address.Clone(), Params: h.Params.Clone()}
}

// tagOf returns the tag of a To; "" where it has none, as RFC 2543 allowed.
func tagOf(h *sip.ToHeader) string {
	if h == nil {
		return ""
	}
	return h.Params.GetOr("tag", "")
}

// fromTagOf returns the tag of a From.
func fromTagOf(h *sip.FromHeader) string {
	if h == nil {
		return ""
	}
	return h.Params.GetOr("tag", "")
}
