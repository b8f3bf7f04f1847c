package sipua

import "github.com/emiago/sipgo/sip"

// freshName is what marks an INVITE that begins a dialog.
const freshName = "Callward-Fresh"

// fresh is the mark. By its type it is ours: what the network sends under its name has another.
type fresh struct{ sip.Header }

// tagInvites has each INVITE outside of a dialog get the tag that all its answers have, also the one that the library gives to a
// CANCEL. That answer may be made, on another goroutine, as soon as the library has the INVITE: later nothing of it may change.
func tagInvites(transport *sip.TransportLayer) {
	transport.OnMessage(func(msg sip.Message) {
		req, ok := msg.(*sip.Request)
		if !ok || !req.IsInvite() || req.To() == nil || tagOf(req.To()) != "" {
			return
		}
		req.To().Params.Add("tag", unguessable())
		req.PrependHeader(fresh{sip.NewHeader(freshName, "")})
	})
}

// Begins tells whether a request that an [Endpoint] handed on is outside of a dialog.
func Begins(req *sip.Request) bool { return localTagOf(req) == "" }

// localTagOf returns the tag that the sender of a request has from us; "" for a request outside of a dialog.
func localTagOf(req *sip.Request) string {
	for _, h := range req.GetHeaders(freshName) {
		if _, ours := h.(fresh); ours {
			return ""
		}
	}
	return tagOf(req.To())
}
