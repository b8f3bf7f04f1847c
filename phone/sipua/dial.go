package sipua

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/netip"
	"os"
	"time"

	"github.com/callward/callward/phone"
)

// refusalLasts is how long a server that refused TCP for one long request gets
// the next ones by UDP at once.
const refusalLasts = 10 * time.Minute

// tlsConfig trusts the system's certificates and those of caFile, if not empty.
func tlsConfig(caFile string) (*tls.Config, error) {
	cfg := &tls.Config{MinVersion: tls.VersionTLS12}
	if caFile == "" {
		return cfg, nil
	}
	pem, err := os.ReadFile(caFile)
	if err != nil {
		return nil, &phone.Error{Code: phone.CodeCertificate, Op: "CA file", Err: err}
	}
	pool, err := x509.SystemCertPool()
	if err != nil { // none on this system
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, &phone.Error{Code: phone.CodeCertificate, Op: "CA file", Err: errors.New(caFile + " holds no certificate")}
	}
	cfg.RootCAs = pool
	return cfg, nil
}

// connect returns the connection to a hop, and dials where there is none.
func (e *Endpoint) connect(ctx context.Context, to hop) (*stream, error) {
	select {
	case e.dialing <- struct{}{}:
		defer func() { <-e.dialing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	e.mu.Lock()
	s, closed := e.streams[to.flow()], e.closed
	e.mu.Unlock()
	if closed {
		return nil, net.ErrClosed
	}
	if s != nil { // it may be so new that the library has not got it yet
		select {
		case <-s.serving:
			return s, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	ctx, cancel := context.WithTimeout(ctx, e.cfg.Timing.Connect)
	defer cancel()
	conn, err := e.dial(ctx, to)
	if err != nil {
		return nil, err
	}
	s = newStream(conn, e, to.network(), nil)
	s.onEnd = func() { e.forget(to.flow(), s) }
	e.remember(to.flow(), s)
	if err := e.adopted[to.transport].take(s); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (e *Endpoint) dial(ctx context.Context, to hop) (net.Conn, error) {
	dialer := net.Dialer{KeepAliveConfig: net.KeepAliveConfig{
		Enable: true, Idle: 30 * time.Second, Interval: 10 * time.Second, Count: 3,
	}}
	conn, err := dialer.DialContext(ctx, "tcp", to.addr.String())
	if err != nil || to.transport != "tls" {
		return conn, err
	}
	cfg := e.tls.Clone()
	// The name that was configured, not one that DNS or a Contact gave (RFC 5922, 4).
	cfg.ServerName = e.nameOf(to)
	secure := tls.Client(conn, cfg)
	if err := secure.HandshakeContext(ctx); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return secure, nil
}

// nameOf returns the name that a server's certificate is to have. A server of the
// account is known by the name in the account, whatever it calls itself in a Contact or
// Record-Route: mostly its address.
func (e *Endpoint) nameOf(to hop) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	if name := e.servers[to.addr.Addr()]; name != "" {
		return name
	}
	return to.name
}

// remember keeps a connection for what is sent to its peer.
func (e *Endpoint) remember(to flow, s *stream) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.streams[to] = s
}

// onLost sets who is told when the connection to the registrar ends.
func (e *Endpoint) onLost(lost func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.lost = lost
}

// connected tells whether the way to the registrar is open; UDP always is.
func (e *Endpoint) connected() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.flow.transport == "udp" || e.streams[e.flow] != nil
}

// forget takes an ended connection out; losing the registrar's is told.
func (e *Endpoint) forget(to flow, s *stream) {
	e.mu.Lock()
	ours := e.streams[to] == s
	if ours {
		delete(e.streams, to)
	}
	lost := e.lost
	if !ours || to != e.flow || e.closed {
		lost = nil
	}
	e.mu.Unlock()
	if lost != nil {
		lost()
	}
}

// refuses tells whether a server refused TCP a short while ago.
func (e *Endpoint) refuses(addr netip.AddrPort) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	at, ok := e.refusals[addr]
	return ok && time.Since(at) < refusalLasts
}

func (e *Endpoint) refused(addr netip.AddrPort) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.refusals[addr] = time.Now()
}
