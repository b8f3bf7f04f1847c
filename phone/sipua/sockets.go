package sipua

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/netip"
	"slices"

	"github.com/callward/callward/phone"
)

// sockets are a UDP socket and a TCP listener on the same address and port.
type sockets struct {
	addr netip.AddrPort
	udp  *datagrams
	tcp  net.Listener
}

// Close closes both.
func (s *sockets) Close() error { return errors.Join(s.udp.Close(), s.tcp.Close()) }

// listen opens the sockets at addr, IP:PORT, and serves them until they are closed.
func (e *Endpoint) listen(addr string) error {
	at, err := netip.ParseAddrPort(addr)
	if err != nil {
		return &phone.Error{Code: phone.CodeInvalid, Op: "listen", Field: "listen", Err: err}
	}
	sock, err := e.open(at)
	if err != nil {
		return &phone.Error{Code: phone.CodeUnreachable, Op: "listen", Err: err}
	}
	e.running.Go(func() { _ = e.ua.TransportLayer().ServeUDP(sock.udp) })
	e.running.Go(func() { _ = e.ua.TransportLayer().ServeTCP(newAcceptor(sock.tcp, e, "TCP")) })
	<-sock.udp.serving // before that nothing can be sent from it
	e.mu.Lock()
	old := e.sock
	if e.closed {
		old = sock
		err = net.ErrClosed
	} else {
		e.sock = sock
	}
	e.mu.Unlock()
	if old != nil {
		err = errors.Join(err, old.Close())
		e.hangUp()
	}
	return err
}

// hangUp closes the connections that were opened from here.
func (e *Endpoint) hangUp() {
	e.mu.Lock()
	streams := slices.Collect(maps.Values(e.streams))
	e.mu.Unlock()
	for _, s := range streams {
		_ = s.Close() // it may be broken: that is why
	}
}

// open takes a port that is free for both. A port of 0 is any.
func (e *Endpoint) open(at netip.AddrPort) (*sockets, error) {
	var failure error
	for range 10 { // what is free for TCP may be taken for UDP
		tcp, err := net.ListenTCP("tcp", net.TCPAddrFromAddrPort(at))
		if err != nil {
			return nil, err
		}
		addr := unmapped(tcp.Addr().(*net.TCPAddr).AddrPort())
		udp, err := net.ListenUDP("udp", net.UDPAddrFromAddrPort(addr))
		if err == nil {
			return &sockets{addr: addr, udp: newDatagrams(udp, e), tcp: tcp}, nil
		}
		failure = errors.Join(err, tcp.Close())
		if at.Port() != 0 {
			break
		}
	}
	return nil, failure
}

// bind opens the sockets at the local address that to is reached from, unless
// they are open there. A server's sockets stay as they are.
func (e *Endpoint) bind(to netip.Addr) error {
	if e.cfg.Listen != "" {
		return nil
	}
	local, err := localAddr(to)
	if err != nil {
		return &phone.Error{Code: phone.CodeUnreachable, Op: "connect", Err: fmt.Errorf("no route to %s: %w", to, err)}
	}
	e.binding.Lock()
	defer e.binding.Unlock()
	if e.isClosed() {
		return net.ErrClosed
	}
	if at := e.Addr(); at.IsValid() && (at.Addr() == local || !e.moves(to)) {
		return nil
	}
	return e.listen(netip.AddrPortFrom(local, 0).String())
}

// moves tells whether a route to this address decides where the sockets are:
// it is the account's server that must reach them.
func (e *Endpoint) moves(to netip.Addr) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.servers[to] != ""
}

// moved tells whether the account's server is now reached from another address
// than that of the sockets; the error is that there is no route to it.
func (e *Endpoint) moved() (bool, error) {
	e.mu.Lock()
	flow, sock := e.flow, e.sock
	e.mu.Unlock()
	if sock == nil || !flow.addr.IsValid() {
		return false, nil
	}
	local, err := localAddr(flow.addr.Addr())
	return err == nil && local != sock.addr.Addr(), err
}

// localIP returns the address that the account's server reaches us at; "" while
// it is not known.
func (e *Endpoint) localIP() string {
	e.mu.Lock()
	flow, sock := e.flow, e.sock
	e.mu.Unlock()
	if flow.addr.IsValid() {
		if local, err := localAddr(flow.addr.Addr()); err == nil {
			return local.WithZone("").String()
		}
	}
	if sock == nil {
		return ""
	}
	return sock.addr.Addr().WithZone("").String()
}

// localAddr returns the local address that packets to an address would leave
// from. Nothing is sent.
func localAddr(to netip.Addr) (netip.Addr, error) {
	var d net.Dialer
	conn, err := d.DialContext(context.Background(), "udp", netip.AddrPortFrom(to, 9).String())
	if err != nil {
		return netip.Addr{}, err
	}
	defer conn.Close()
	return unmapped(conn.LocalAddr().(*net.UDPAddr).AddrPort()).Addr(), nil
}

// unmapped writes an IPv4 address that came as IPv6 as IPv4.
func unmapped(a netip.AddrPort) netip.AddrPort {
	return netip.AddrPortFrom(a.Addr().Unmap(), a.Port())
}
