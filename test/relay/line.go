package relay

import (
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"
)

// maxDatagram is what UDP can carry.
const maxDatagram = 65535

// Counts are of datagrams, both ways together.
type Counts struct{ Came, Left int64 }

// line is the sockets of a relay, and the impairment of what passes. Any goroutine may use it.
type line struct {
	dice       atomic.Pointer[dice]
	came, left atomic.Int64

	mu      sync.Mutex
	closed  bool
	sockets map[*net.UDPConn]bool
	under   map[*time.Timer]bool
	running sync.WaitGroup
}

func newLine(i Impairment) *line {
	l := &line{sockets: map[*net.UDPConn]bool{}, under: map[*time.Timer]bool{}}
	l.Impair(i)
	return l
}

// Impair changes what happens to datagrams from now on.
func (l *line) Impair(i Impairment) { l.dice.Store(newDice(i)) }

// Counts returns how many datagrams came and left so far.
func (l *line) Counts() Counts { return Counts{l.came.Load(), l.left.Load()} }

// Close closes all sockets, drops what is under way, and waits for the goroutines.
func (l *line) Close() error {
	l.mu.Lock()
	l.closed = true
	for socket := range l.sockets {
		_ = socket.Close()
	}
	for timer := range l.under {
		if timer.Stop() {
			l.running.Done()
		}
	}
	l.mu.Unlock()
	l.running.Wait()
	return nil
}

// open opens a socket whose datagrams are given to take, on a goroutine that ends when the socket is closed.
func (l *line) open(at netip.AddrPort, take func(from netip.AddrPort, datagram []byte)) (*net.UDPConn, error) {
	conn, err := net.ListenUDP("udp", net.UDPAddrFromAddrPort(at))
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		_ = conn.Close()
		return nil, net.ErrClosed
	}
	l.sockets[conn] = true
	l.running.Go(func() {
		buf := make([]byte, maxDatagram)
		for {
			n, from, err := conn.ReadFromUDPAddrPort(buf)
			if err != nil {
				return
			}
			l.came.Add(1)
			take(netip.AddrPortFrom(from.Addr().Unmap(), from.Port()), append([]byte(nil), buf[:n]...))
		}
	})
	return conn, nil
}

// shut closes one socket.
func (l *line) shut(conn *net.UDPConn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.sockets, conn)
	_ = conn.Close()
}

// pass sends a datagram from a socket as the dice fall.
func (l *line) pass(from *net.UDPConn, to netip.AddrPort, datagram []byte) {
	for _, delay := range l.dice.Load().throw() {
		if delay == 0 {
			l.send(from, to, datagram)
			continue
		}
		l.later(delay, func() { l.send(from, to, datagram) })
	}
}

func (l *line) send(from *net.UDPConn, to netip.AddrPort, datagram []byte) {
	l.left.Add(1) // first, so that whoever has it finds it counted
	_, _ = from.WriteToUDPAddrPort(datagram, to)
}

// later runs do after delay, unless the line is closed before.
func (l *line) later(delay time.Duration, do func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return
	}
	l.running.Add(1)
	var timer *time.Timer
	timer = time.AfterFunc(delay, func() {
		defer l.running.Done()
		do()
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.under, timer)
	})
	l.under[timer] = true
}
