package sipua

import (
	"context"
	"errors"
	"net"
	"sync"
	"syscall"
)

// adopter is a listener that accepts the streams that were dialled here: so the
// library uses them for requests both ways, and never dials by itself.
type adopter struct {
	streams chan *stream
	done    chan struct{}
	once    sync.Once
}

func newAdopter() *adopter {
	return &adopter{streams: make(chan *stream), done: make(chan struct{})}
}

// take hands s over and returns once the library knows it.
func (a *adopter) take(s *stream) error {
	select {
	case a.streams <- s:
	case <-a.done:
		return net.ErrClosed
	}
	select {
	case <-s.serving:
		return nil
	case <-a.done:
		return net.ErrClosed
	}
}

// Accept returns the next stream.
func (a *adopter) Accept() (net.Conn, error) {
	select {
	case s := <-a.streams:
		return s, nil
	case <-a.done:
		return nil, net.ErrClosed
	}
}

// Close ends Accept.
func (a *adopter) Close() error {
	a.once.Do(func() { close(a.done) })
	return nil
}

// Addr returns an address that means nothing.
func (a *adopter) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4zero} }

// adopt makes the library accept what take gives.
func (e *Endpoint) adopt() {
	layer := e.ua.TransportLayer()
	e.running.Go(func() { _ = layer.ServeTCP(e.adopted["tcp"]) })
	e.running.Go(func() { _ = layer.ServeTLS(e.adopted["tls"]) })
}

var errEnded = errors.New("the connection has ended")

// noDialer keeps the library from opening connections past the checks.
func noDialer(net.Addr) net.Dialer {
	return net.Dialer{Control: func(string, string, syscall.RawConn) error { return errEnded }}
}

// noDNS keeps the library from looking up what a peer wrote into Via.
func noDNS(context.Context, string, string) (net.Conn, error) { return nil, errEnded }
