package sipua

import (
	"slices"
	"strings"

	"github.com/emiago/sipgo/sip"
)

// routeSet is the proxies that requests inside of a dialog pass, the next one
// first (RFC 3261, 12.1).
type routeSet []sip.Uri

// recorded returns the Record-Routes of a message, top first.
func recorded(msg sip.Message) routeSet {
	var routes routeSet
	for _, header := range msg.GetHeaders("Record-Route") {
		if h, ok := header.(*sip.RecordRouteHeader); ok {
			routes = append(routes, *h.Address.Clone())
		}
	}
	return routes
}

// reversed returns the set as the caller uses it.
func (r routeSet) reversed() routeSet {
	r = slices.Clone(r)
	slices.Reverse(r)
	return r
}

// apply returns the Request-URI and the Routes of a request to target (RFC 3261,
// 12.2.1.1): a first proxy that routes strictly takes the place of the target.
func (r routeSet) apply(target sip.Uri) (recipient sip.Uri, routes []sip.Uri) {
	if len(r) == 0 || isLoose(r[0]) {
		return requestURI(target), r
	}
	return requestURI(r[0]), append(slices.Clone(r[1:]), target)
}

// requestURI returns uri without what a Request-URI must not have (RFC 3261, 19.1.1).
func requestURI(uri sip.Uri) sip.Uri {
	uri = *uri.Clone()
	uri.Headers = nil
	uri.UriParams.Remove("method")
	return uri
}

func isLoose(uri sip.Uri) bool {
	return slices.ContainsFunc(uri.UriParams, func(p sip.HeaderKV) bool { return strings.EqualFold(p.K, "lr") })
}

// strictlyRouted tells whether a request of a dialog goes to its Request-URI
// although it has Routes: its last Route is then the remote target.
func strictlyRouted(req *sip.Request) bool {
	routes := req.GetHeaders("Route")
	if len(routes) == 0 || isLoose(req.Recipient) {
		return false
	}
	last, ok := routes[len(routes)-1].(*sip.RouteHeader)
	return ok && !isLoose(last.Address)
}
