package sipua

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
)

// hops returns where req may go, best first (RFC 3261, 8.1.2).
func (e *Endpoint) hops(ctx context.Context, req *sip.Request) ([]hop, error) {
	route, to := req.Route(), req.To()
	inDialog := to != nil && to.Params.Has("tag")
	switch {
	case inDialog && strictlyRouted(req):
		return e.hopsTo(ctx, req.Recipient, false)
	case route != nil && (inDialog || e.cfg.Account.Proxy == ""):
		return e.hopsTo(ctx, route.Address, !inDialog)
	case inDialog || e.cfg.Listen != "":
		return e.hopsTo(ctx, req.Recipient, false)
	}
	acc := e.cfg.Account
	host, port := cmp.Or(acc.Server, e.domain), acc.Port
	if acc.Proxy != "" {
		host, port = splitHostPort(acc.Proxy)
	}
	hops, err := e.names.hops(ctx, host, port, e.transport())
	if err != nil {
		return nil, err
	}
	e.trust(hops)
	return e.flowFirst(hops), nil
}

// hopsTo returns the addresses of a URI; ours marks them as the account's servers.
func (e *Endpoint) hopsTo(ctx context.Context, uri sip.Uri, ours bool) ([]hop, error) {
	transport := e.transport()
	if named, ok := uri.UriParams.Get("transport"); ok {
		transport = strings.ToLower(named)
	}
	if uri.IsEncrypted() {
		transport = "tls"
	}
	switch transport {
	case "udp", "tcp", "tls":
	default:
		return nil, &phone.Error{Code: phone.CodeUnreachable, Op: "send", Err: fmt.Errorf("no transport %q here", shortened(transport))}
	}
	hops, err := e.names.hops(ctx, uri.Host, uri.Port, transport)
	if err != nil {
		return nil, err
	}
	if ours {
		e.trust(hops)
	}
	return e.flowFirst(hops), nil
}

func (e *Endpoint) transport() string {
	if t := e.cfg.Account.Transport; t != "" {
		return string(t)
	}
	return string(phone.UDP)
}

// trust adds the addresses of the account's servers: requests from them are taken. A
// name that an address has stays: the account's comes first, by which the certificate
// is checked.
func (e *Endpoint) trust(hops []hop) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, h := range hops {
		if e.servers[h.addr.Addr()] == "" {
			e.servers[h.addr.Addr()] = cmp.Or(h.name, h.addr.Addr().String())
		}
	}
}

// flowFirst puts the server that we are registered at in front.
func (e *Endpoint) flowFirst(hops []hop) []hop {
	e.mu.Lock()
	defer e.mu.Unlock()
	for i, h := range hops {
		if h.flow() == e.flow && e.settled {
			hops[0], hops[i] = hops[i], hops[0]
		}
	}
	return hops
}

// settle notes whether the last REGISTER was accepted.
func (e *Endpoint) settle(accepted bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.settled = accepted
}

// trustServer takes requests from the account's server too where an outbound
// proxy is used instead: it may reach us past the proxy.
func (e *Endpoint) trustServer(ctx context.Context) {
	acc := e.cfg.Account
	if acc.Proxy == "" {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, e.cfg.Timing.Stop)
	defer cancel()
	if hops, err := e.names.hops(ctx, cmp.Or(acc.Server, e.domain), acc.Port, e.transport()); err == nil {
		e.trust(hops)
	}
}
