package sipua

import (
	"net"
	"strconv"
	"strings"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
)

const (
	userAgent        = "Callward"
	allowedMethods   = "INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, INFO, NOTIFY, MESSAGE"
	supportedOptions = "timer"
)

// NewRequest returns a request outside of any dialog from the account to
// recipient, complete but for Via, which Send adds: From with a tag, To, Call-ID,
// CSeq 1, Max-Forwards, the route set (outbound proxy, Service-Route), and
// Contact, Allow and Supported where the method has them.
func (e *Endpoint) NewRequest(method sip.RequestMethod, recipient sip.Uri) *sip.Request {
	req := sip.NewRequest(method, recipient)
	for _, route := range e.routes(method) {
		req.AppendHeader(&sip.RouteHeader{Address: route})
	}
	from := sip.FromHeader{DisplayName: quotable(e.cfg.Account.DisplayName), Address: e.aor()}
	from.Params.Add("tag", sip.GenerateTagN(16))
	req.AppendHeader(&from)
	to := sip.ToHeader{Address: *recipient.Clone()}
	if method == sip.REGISTER {
		to.Address = e.aor()
	}
	req.AppendHeader(&to)
	callID := sip.CallIDHeader(unguessable())
	req.AppendHeader(&callID)
	req.AppendHeader(&sip.CSeqHeader{SeqNo: 1, MethodName: method})
	hops := sip.MaxForwardsHeader(70)
	req.AppendHeader(&hops)
	req.AppendHeader(sip.NewHeader("User-Agent", userAgent))
	switch method {
	case sip.INVITE, sip.OPTIONS, sip.REGISTER, sip.UPDATE, sip.SUBSCRIBE, sip.REFER, sip.NOTIFY:
		contact := e.Contact()
		req.AppendHeader(&contact)
		offers(req)
	}
	req.SetBody(nil)
	return req
}

// offers puts into a request what we know.
func offers(req *sip.Request) {
	req.AppendHeader(sip.NewHeader("Allow", allowedMethods))
	req.AppendHeader(sip.NewHeader("Allow-Events", messageSummary))
	req.AppendHeader(sip.NewHeader("Supported", supportedOptions))
}

// aor returns the account's address of record.
func (e *Endpoint) aor() sip.Uri {
	user, _, _ := strings.Cut(e.cfg.Account.Address, "@")
	return sip.Uri{Scheme: "sip", User: user, Host: e.domain}
}

// routes returns the route set of requests outside of a dialog: the outbound
// proxy, then, but for REGISTER, the Service-Route (RFC 3608, 6.1).
func (e *Endpoint) routes(method sip.RequestMethod) []sip.Uri {
	var routes []sip.Uri
	if e.cfg.Account.Proxy != "" {
		routes = append(routes, proxyURI(e.cfg.Account))
	}
	if method == sip.REGISTER {
		return routes
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	for i, uri := range e.serviceRoute {
		if i == 0 && len(routes) > 0 && uri.Host == routes[0].Host && uri.Port == routes[0].Port {
			continue // the proxy put itself there
		}
		routes = append(routes, *uri.Clone())
	}
	return routes
}

func proxyURI(acc phone.Account) sip.Uri {
	host, port := splitHostPort(acc.Proxy)
	uri := sip.Uri{Scheme: "sip", Host: host, Port: port}
	if acc.Transport == phone.TCP || acc.Transport == phone.TLS {
		uri.UriParams.Add("transport", string(acc.Transport))
	}
	uri.UriParams.Add("lr", "")
	return uri
}

// splitHostPort splits HOST[:PORT], where HOST may be an IPv6 address with or
// without brackets; port is 0 where there is none.
func splitHostPort(text string) (host string, port int) {
	if h, p, err := net.SplitHostPort(text); err == nil {
		if n, err := strconv.ParseUint(p, 10, 16); err == nil {
			return h, int(n)
		}
	}
	return strings.Trim(text, "[]"), 0
}

// quotable escapes a display name for a quoted string (RFC 3261, 25.1).
func quotable(name string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\r", "", "\n", "").Replace(name)
}
