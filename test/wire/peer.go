package wire

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"time"
)

// maxDatagram is what UDP can carry.
const maxDatagram = 65535

// Received is a message and who sent it.
type Received struct {
	Message
	From netip.AddrPort
	At   time.Time
}

// Peer is a UDP socket that speaks SIP. One goroutine uses it.
type Peer struct {
	conn *net.UDPConn
	// early holds what came while another message was waited for.
	early []Received
}

// Listen opens a Peer at address, such as "127.0.0.1:0".
func Listen(address string) (*Peer, error) {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return nil, err
	}
	conn, err := net.ListenUDP("udp", net.UDPAddrFromAddrPort(at))
	if err != nil {
		return nil, err
	}
	return &Peer{conn: conn}, nil
}

// Addr is where the Peer listens.
func (p *Peer) Addr() netip.AddrPort { return p.conn.LocalAddr().(*net.UDPAddr).AddrPort() }

// Close closes the socket.
func (p *Peer) Close() error { return p.conn.Close() }

// Send sends a message.
func (p *Peer) Send(to netip.AddrPort, m Message) error { return p.SendRaw(to, []byte(m.String())) }

// SendRaw sends any bytes.
func (p *Peer) SendRaw(to netip.AddrPort, datagram []byte) error {
	_, err := p.conn.WriteToUDPAddrPort(datagram, to)
	return err
}

// ErrSilence is what Receive returns when nothing that was waited for came in time.
var ErrSilence = errors.New("no such message came")

// Receive returns the first message not yet returned that accept takes, waiting at most patience. The others are kept for later calls.
func (p *Peer) Receive(patience time.Duration, accept func(Message) bool) (Received, error) {
	for i, r := range p.early {
		if accept(r.Message) {
			p.early = append(p.early[:i:i], p.early[i+1:]...)
			return r, nil
		}
	}
	if err := p.conn.SetReadDeadline(time.Now().Add(patience)); err != nil {
		return Received{}, err
	}
	buf := make([]byte, maxDatagram)
	for {
		n, from, err := p.conn.ReadFromUDPAddrPort(buf)
		if err != nil {
			return Received{}, fmt.Errorf("%w: %w", ErrSilence, err)
		}
		r := Received{Parse(buf[:n]), netip.AddrPortFrom(from.Addr().Unmap(), from.Port()), time.Now()}
		if accept(r.Message) {
			return r, nil
		}
		p.early = append(p.early, r)
	}
}

// Request accepts requests of a method.
func Request(method string) func(Message) bool {
	return func(m Message) bool { return m.Method() == method }
}

// Response accepts responses to a method, from status low to high.
func Response(method string, low, high int) func(Message) bool {
	return func(m Message) bool {
		return m.Status() >= low && m.Status() <= high && m.CSeqMethod() == method
	}
}

// Forget drops what came while another message was waited for.
func (p *Peer) Forget() { p.early = nil }
