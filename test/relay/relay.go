package relay

import (
	"net"
	"net/netip"
	"sync"
)

// Relay passes datagrams of any number of clients to one server and back. Its methods may be called from any goroutine.
type Relay struct {
	*line
	front  *net.UDPConn
	server netip.AddrPort
	// change is applied to each datagram before it is passed on.
	change func(towards side, datagram []byte) []byte

	mu      sync.Mutex
	clients map[netip.AddrPort]*net.UDPConn
}

// side is where a datagram goes.
type side int

const (
	toServer side = iota
	toClient
)

// Start opens a relay at an address such as 127.0.0.1:0 to server. Close ends it.
func Start(address string, server netip.AddrPort, i Impairment) (*Relay, error) {
	return start(newLine(i), address, server, func(_ side, datagram []byte) []byte { return datagram })
}

func start(l *line, address string, server netip.AddrPort, change func(side, []byte) []byte) (*Relay, error) {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return nil, err
	}
	r := &Relay{line: l, server: server, change: change, clients: map[netip.AddrPort]*net.UDPConn{}}
	ready := make(chan struct{})
	r.front, err = r.open(at, func(client netip.AddrPort, datagram []byte) {
		<-ready
		r.fromClient(client, datagram)
	})
	close(ready)
	return r, err
}

// Addr is where clients find the relay.
func (r *Relay) Addr() netip.AddrPort { return r.front.LocalAddr().(*net.UDPAddr).AddrPort() }

// Rebind forgets the clients, as a NAT does that was silent for too long: each gets a new address towards the server when
// it sends the next time, and what is sent to its old one is lost.
func (r *Relay) Rebind() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for client, conn := range r.clients {
		r.shut(conn)
		delete(r.clients, client)
	}
}

func (r *Relay) fromClient(client netip.AddrPort, datagram []byte) {
	if conn := r.mapping(client); conn != nil {
		r.pass(conn, r.server, r.change(toServer, datagram))
	}
}

// mapping returns the socket towards the server that stands for client, or nil when there can be none.
func (r *Relay) mapping(client netip.AddrPort) *net.UDPConn {
	r.mu.Lock()
	defer r.mu.Unlock()
	if conn := r.clients[client]; conn != nil {
		return conn
	}
	conn, err := r.open(netip.AddrPortFrom(r.Addr().Addr(), 0), func(_ netip.AddrPort, datagram []byte) {
		r.pass(r.front, client, r.change(toClient, datagram))
	})
	if err != nil {
		return nil
	}
	r.clients[client] = conn
	return conn
}
