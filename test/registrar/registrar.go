// Package registrar is the smallest SIP server that a phone can have as its account's: it takes any registration, tells
// a lab where the phone listens, and passes everything else on to a peer behind it and back.
package registrar

import (
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/callward/callward/test/wire"
)

// Policy answers a REGISTER, the nth (from 1) that came. It returns nil to say nothing at all.
type Policy func(n int, register wire.Received) *wire.Message

// Options say how the server behaves. The zero value registers everybody, and drops all that is not a REGISTER.
type Options struct {
	// Address is where the phone finds the server; 127.0.0.1:0 by default.
	Address string
	// Policy answers the REGISTERs; Accept by default.
	Policy Policy
	// Behind is the peer that gets what is no REGISTER, from a socket whose address is Back.
	Behind netip.AddrPort
}

// Server is a running registrar. Its methods may be called from any goroutine.
type Server struct {
	front, back *net.UDPConn
	policy      Policy
	behind      netip.AddrPort
	running     sync.WaitGroup

	mu        sync.Mutex
	phone     netip.AddrPort // whoever registered last
	registers []wire.Received
	more      chan struct{} // closed and replaced with each REGISTER answered
}

// Start opens the server. Close ends it.
func Start(o Options) (*Server, error) {
	if o.Address == "" {
		o.Address = "127.0.0.1:0"
	}
	if o.Policy == nil {
		o.Policy = Accept
	}
	at, err := netip.ParseAddrPort(o.Address)
	if err != nil {
		return nil, err
	}
	s := &Server{policy: o.Policy, behind: o.Behind, more: make(chan struct{})}
	if s.front, err = net.ListenUDP("udp", net.UDPAddrFromAddrPort(at)); err != nil {
		return nil, err
	}
	if s.back, err = net.ListenUDP("udp", net.UDPAddrFromAddrPort(netip.AddrPortFrom(at.Addr(), 0))); err != nil {
		_ = s.front.Close()
		return nil, err
	}
	s.running.Go(func() { serve(s.front, s.fromPhone) })
	s.running.Go(func() { serve(s.back, s.fromBehind) })
	return s, nil
}

// Close ends the server and waits for it.
func (s *Server) Close() error {
	_ = s.front.Close()
	_ = s.back.Close()
	s.running.Wait()
	return nil
}

// Addr is where the phone finds the server.
func (s *Server) Addr() netip.AddrPort { return s.front.LocalAddr().(*net.UDPAddr).AddrPort() }

// Back is where the peer behind the server finds the phone.
func (s *Server) Back() netip.AddrPort { return s.back.LocalAddr().(*net.UDPAddr).AddrPort() }

// Registers returns all REGISTERs so far.
func (s *Server) Registers() []wire.Received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.registers)
}

// Await returns the nth REGISTER (from 1), waiting at most patience for it.
func (s *Server) Await(n int, patience time.Duration) (wire.Received, error) {
	deadline := time.After(patience)
	for {
		s.mu.Lock()
		registers, more := s.registers, s.more
		s.mu.Unlock()
		if len(registers) >= n {
			return registers[n-1], nil
		}
		select {
		case <-more:
		case <-deadline:
			return wire.Received{}, fmt.Errorf("%d REGISTERs came in %v, not %d", len(registers), patience, n)
		}
	}
}

// Contact returns the address that the phone registered first, waiting at most patience for it.
func (s *Server) Contact(patience time.Duration) (uri string, err error) {
	r, err := s.Await(1, patience)
	if err != nil {
		return "", err
	}
	return wire.URI(r.Get("Contact")), nil
}

// serve is a goroutine for each socket; it ends when the socket is closed.
func serve(conn *net.UDPConn, take func(from netip.AddrPort, datagram []byte)) {
	buf := make([]byte, 65535)
	for {
		n, from, err := conn.ReadFromUDPAddrPort(buf)
		if err != nil {
			return
		}
		take(netip.AddrPortFrom(from.Addr().Unmap(), from.Port()), buf[:n])
	}
}

func (s *Server) fromPhone(from netip.AddrPort, datagram []byte) {
	m := wire.Parse(datagram)
	if m.Method() == "REGISTER" {
		s.register(wire.Received{Message: m, From: from, At: time.Now()})
		return
	}
	s.mu.Lock()
	s.phone = from
	s.mu.Unlock()
	if s.behind.IsValid() && strings.TrimSpace(string(datagram)) != "" { // keepalives stay here
		_, _ = s.back.WriteToUDPAddrPort(datagram, s.behind)
	}
}

func (s *Server) fromBehind(_ netip.AddrPort, datagram []byte) {
	s.mu.Lock()
	phone := s.phone
	s.mu.Unlock()
	if phone.IsValid() {
		_, _ = s.front.WriteToUDPAddrPort(datagram, phone)
	}
}

func (s *Server) register(r wire.Received) {
	s.mu.Lock()
	s.phone = r.From
	n := len(s.registers) + 1
	s.mu.Unlock()
	if answer := s.policy(n, r); answer != nil {
		_, _ = s.front.WriteToUDPAddrPort([]byte(answer.String()), r.From)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.registers = append(s.registers, r)
	close(s.more)
	s.more = make(chan struct{})
}
