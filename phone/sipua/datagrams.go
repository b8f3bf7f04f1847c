package sipua

import (
	"bytes"
	"errors"
	"net"
	"net/netip"
	"sync"
	"time"
)

// datagrams is the UDP socket as the library sees it: what does not pass the
// checks never reaches it, and what goes either way is traced. The library's
// goroutine reads; any goroutine writes.
type datagrams struct {
	*net.UDPConn
	e    *Endpoint
	addr netip.AddrPort
	// serving is closed once the library reads, and so knows the socket.
	serving chan struct{}
	first   sync.Once
}

func newDatagrams(conn *net.UDPConn, e *Endpoint) *datagrams {
	addr := unmapped(conn.LocalAddr().(*net.UDPAddr).AddrPort())
	return &datagrams{UDPConn: conn, e: e, addr: addr, serving: make(chan struct{})}
}

// ReadFrom returns the next datagram that passed the checks. Only a closed
// socket ends it: the system also reports here what became of packets sent before.
func (d *datagrams) ReadFrom(b []byte) (int, net.Addr, error) {
	d.first.Do(func() { close(d.serving) })
	for {
		n, from, err := d.UDPConn.ReadFromUDPAddrPort(b)
		if errors.Is(err, net.ErrClosed) {
			return 0, nil, err
		}
		if err != nil || len(bytes.Trim(b[:n], "\r\n\x00")) == 0 {
			continue
		}
		from = unmapped(from)
		answer := func(b []byte) { _, _ = d.send(b, from) }
		if message := d.e.admit(packet{b[:n], "UDP", from, d.addr, nil}, answer); message != nil {
			return copy(b, message), net.UDPAddrFromAddrPort(from), nil
		}
	}
}

// WriteTo sends one message.
func (d *datagrams) WriteTo(b []byte, to net.Addr) (int, error) {
	addr, ok := to.(*net.UDPAddr)
	if !ok {
		return 0, net.InvalidAddrError("not a UDP address")
	}
	return d.send(b, unmapped(addr.AddrPort()))
}

func (d *datagrams) send(b []byte, to netip.AddrPort) (int, error) {
	d.e.using(to)
	n, err := d.UDPConn.WriteToUDPAddrPort(b, to)
	if err == nil && len(trimCRLF(b)) > 0 {
		d.e.cfg.Trace.sent("UDP", d.addr, to, b)
	}
	return n, err
}

// using notes that something is sent to addr: a NAT keeps that way open.
func (e *Endpoint) using(addr netip.AddrPort) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if addr == e.flow.addr {
		e.flowUsed = time.Now()
	}
}
