package sipua

import (
	"context"
	"errors"
	"net/netip"
	"slices"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
)

// maxUDPRequest is the longest request that goes by UDP alone, in bytes (RFC 3261, 18.1.1).
const maxUDPRequest = 1300

// Attempt is a request on its way to one server, with its client transaction.
type Attempt struct {
	// Request is what was sent. It must not be changed: it is sent again.
	Request *sip.Request
	Tx      sip.ClientTransaction
	to      hop
	rest    []hop
}

// Send sends a request and starts its client transaction. It goes to the first
// server that takes it: those of the account outside of a dialog, the first Route
// or the Request-URI inside of one; a request that was sent before begins at the
// server it went to. req is left as it is. Errors: CodeNoServer, CodeUnreachable,
// CodeCertificate.
func (e *Endpoint) Send(ctx context.Context, req *sip.Request) (*Attempt, error) {
	hops, err := e.hops(ctx, req)
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(hops, func(h hop) bool { return h.addr.String() == req.Destination() }); i > 0 {
		hops[0], hops[i] = hops[i], hops[0]
	}
	return e.attempt(ctx, req, hops)
}

// Next sends the request of an attempt that came to nothing (503, no answer, a
// broken connection) to the next server, as a new transaction (RFC 3263, 4.3). It
// fails with CodeUnreachable when there is none left.
func (e *Endpoint) Next(ctx context.Context, a *Attempt) (*Attempt, error) {
	return e.attempt(ctx, a.Request, a.rest)
}

// Cancel sends the CANCEL of an INVITE that has had a provisional answer (RFC 3261, 9.1).
func (e *Endpoint) Cancel(ctx context.Context, a *Attempt) (*Attempt, error) {
	cancel := sip.NewRequest(sip.CANCEL, a.Request.Recipient)
	sip.CopyHeaders("Route", a.Request, cancel)
	cancel.AppendHeader(sip.HeaderClone(a.Request.Via()))
	for _, name := range []string{"From", "To", "Call-ID", "Max-Forwards"} {
		sip.CopyHeaders(name, a.Request, cancel)
	}
	cancel.AppendHeader(&sip.CSeqHeader{SeqNo: a.Request.CSeq().SeqNo, MethodName: sip.CANCEL})
	cancel.SetBody(nil)
	cancel.SetTransport(a.Request.Transport())
	cancel.SetDestination(a.Request.Destination())
	cancel.Laddr = a.Request.Laddr
	tx, err := e.ua.TransactionLayer().Request(ctx, cancel)
	if err != nil {
		return nil, failedTo("cancel", a.to, err)
	}
	return &Attempt{Request: cancel, Tx: tx, to: a.to}, nil
}

// Write sends an ACK to a 2xx, which has no transaction. It fills in Via and the
// destination; written again, the same packet goes the same way.
func (e *Endpoint) Write(req *sip.Request) error {
	if req.Via() == nil {
		ctx, cancel := context.WithTimeout(context.Background(), e.cfg.Timing.Connect)
		defer cancel()
		hops, err := e.hops(ctx, req)
		if err != nil {
			return err
		}
		if to, err := e.address(ctx, req, hops[0]); err != nil {
			return failedTo("send", to, err)
		}
	}
	if err := e.ua.TransportLayer().WriteMsg(req); err != nil {
		to, _ := netip.ParseAddrPort(req.Destination())
		return failedTo("send", hop{addr: to}, err)
	}
	return nil
}

// attempt sends req to the first of hops that takes it.
func (e *Endpoint) attempt(ctx context.Context, req *sip.Request, hops []hop) (*Attempt, error) {
	failure := error(&phone.Error{Code: phone.CodeUnreachable, Op: "send", Err: errors.New("no server is left to try")})
	for i, to := range hops {
		sent := req.Clone()
		e.creds.attach(sent)
		to, err := e.address(ctx, sent, to)
		if err == nil {
			var tx sip.ClientTransaction
			if tx, err = e.ua.TransactionLayer().Request(ctx, sent); err == nil {
				return &Attempt{Request: sent, Tx: tx, to: to, rest: hops[i+1:]}, nil
			}
		}
		failure = failedTo("send", to, err)
		if ctx.Err() != nil {
			break
		}
	}
	return nil, failure
}

// address makes req ready for a hop, sockets and connection included. It
// returns the hop as used: TCP instead of UDP for a long request.
func (e *Endpoint) address(ctx context.Context, req *sip.Request, to hop) (hop, error) {
	if err := e.bind(to.addr.Addr()); err != nil {
		return to, err
	}
	if req.Method == sip.REGISTER {
		e.mu.Lock()
		e.flow = to.flow()
		e.mu.Unlock()
	}
	e.freshen(req)
	if to.transport == "udp" {
		e.over(req, to)
		if len(req.String()) <= maxUDPRequest || e.refuses(to.addr) {
			return to, nil
		}
		long := hop{to.addr, "tcp", to.name}
		if _, err := e.connect(ctx, long); err != nil {
			e.refused(to.addr)
			e.log.Info("long request goes by UDP: the server takes no TCP", "server", to.addr, "err", err)
			return to, nil
		}
		to = long
	} else if _, err := e.connect(ctx, to); err != nil {
		return to, err
	}
	e.freshen(req)
	e.over(req, to)
	return to, nil
}

// over puts the Via and the destination of a hop into req.
func (e *Endpoint) over(req *sip.Request, to hop) {
	from := e.Addr()
	e.mu.Lock()
	if s := e.streams[to.flow()]; s != nil && e.transport() != "udp" {
		from = s.local
	}
	e.mu.Unlock()
	for req.RemoveHeader("Via") {
	}
	via := &sip.ViaHeader{
		ProtocolName: "SIP", ProtocolVersion: "2.0", Transport: to.network(),
		Host: from.Addr().String(), Port: int(from.Port()),
	}
	via.Params.Add("branch", sip.GenerateBranch())
	via.Params.Add("rport", "")
	req.PrependHeader(via)
	req.SetTransport(to.network())
	req.SetDestination(to.addr.String())
	req.Laddr = sip.Addr{}
	if to.transport == "udp" {
		req.Laddr = sip.Addr{IP: from.Addr().AsSlice(), Port: int(from.Port())}
	}
}
