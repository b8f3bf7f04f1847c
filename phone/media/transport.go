package media

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/netip"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/net/ipv4"
	"golang.org/x/net/ipv6"

	"github.com/callward/callward/phone"
)

const (
	// expedited is DSCP EF (RFC 3246) in its place in the traffic class octet.
	expedited = 46 << 2
	// portTries is how often a pair of ports is looked for.
	portTries = 100
	// maxPacket is the longest packet that is read whole.
	maxPacket = 2048
	// maxFailures in a row mean that a socket is broken; the watch ends the call.
	maxFailures = 1000
)

// Transport is the sockets of one session: RTP on an even port and RTCP on the
// next (RFC 3550, 11). The streams of several forks share it, one after the
// other. Two goroutines of its own read; its methods may be called from any.
type Transport struct {
	name      string // the canonical name of its streams in RTCP (RFC 7022)
	rtp, rtcp *net.UDPConn
	source    source
	stream    atomic.Pointer[Stream] // who gets what arrives; nil before the first agreement
	readers   sync.WaitGroup
}

// openTransport binds a pair of ports at ip.
func openTransport(ip netip.Addr) (*Transport, error) {
	t := &Transport{name: strconv.FormatUint(rand.Uint64(), 36) + strconv.FormatUint(rand.Uint64(), 36)}
	var err error
	for range portTries {
		if t.rtp, t.rtcp, err = listenPair(ip); err == nil {
			break
		}
	}
	if err != nil {
		return nil, &phone.Error{Code: phone.CodeUnreachable, Op: "open sockets for sound", Err: err}
	}
	for _, c := range []*net.UDPConn{t.rtp, t.rtcp} {
		if ip.Is4() {
			_ = ipv4.NewConn(c).SetTOS(expedited) // a system that will not mark still sends
		} else {
			_ = ipv6.NewConn(c).SetTrafficClass(expedited)
		}
	}
	return t, nil
}

// listenPair takes any free port and, with it, the other of its pair.
func listenPair(ip netip.Addr) (rtp, rtcp *net.UDPConn, err error) {
	one, err := listen(ip, 0)
	if err != nil {
		return nil, nil, err
	}
	port := one.LocalAddr().(*net.UDPAddr).AddrPort().Port()
	other, err := listen(ip, port^1)
	if err != nil {
		return nil, nil, errors.Join(err, one.Close())
	}
	if port%2 == 0 {
		return one, other, nil
	}
	return other, one, nil
}

func listen(ip netip.Addr, port uint16) (*net.UDPConn, error) {
	network := "udp6"
	if ip.Is4() {
		network = "udp4"
	}
	return net.ListenUDP(network, net.UDPAddrFromAddrPort(netip.AddrPortFrom(ip, port)))
}

// start begins to read.
func (t *Transport) start() {
	t.readers.Go(func() { t.read(t.rtp) })
	t.readers.Go(func() { t.read(t.rtcp) })
}

// Close frees the sockets and waits for the readers.
func (t *Transport) Close() error {
	err := errors.Join(t.rtp.Close(), t.rtcp.Close())
	t.readers.Wait()
	return err
}

// port returns the port of RTP.
func (t *Transport) port() int { return t.rtp.LocalAddr().(*net.UDPAddr).Port }

// play makes s the stream that gets what arrives.
func (t *Transport) play(s *Stream) { t.stream.Store(s) }

// read hands on what arrives until the socket is closed. RTP and RTCP are told
// apart by their contents, whichever port they came to (RFC 5761, 4).
func (t *Transport) read(c *net.UDPConn) {
	buf := make([]byte, maxPacket)
	for failures := 0; failures < maxFailures; {
		n, from, err := c.ReadFromUDPAddrPort(buf)
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil { // on some systems, that nobody took what was sent
			failures++
			continue
		}
		failures = 0
		stream := t.stream.Load()
		if stream == nil {
			continue
		}
		from = netip.AddrPortFrom(from.Addr().Unmap(), from.Port())
		switch packet := buf[:n]; {
		case isRTCP(packet):
			stream.receiveRTCP(packet, from, time.Now())
		case c == t.rtp:
			stream.receiveRTP(packet, from, time.Now())
		}
	}
}

// isRTCP reports whether a packet is RTCP by its type (RFC 5761, 4).
func isRTCP(packet []byte) bool { return len(packet) >= 8 && packet[1] >= 192 && packet[1] <= 223 }

// sendRTP sends to where the peer is; nowhere while that is not known.
func (t *Transport) sendRTP(packet []byte) error {
	return send(t.rtp, packet, t.source.rtp())
}

// sendRTCP sends to where the peer takes reports.
func (t *Transport) sendRTCP(packet []byte) error {
	c := t.rtcp
	if t.source.mux() {
		c = t.rtp
	}
	return send(c, packet, t.source.rtcp())
}

func send(c *net.UDPConn, packet []byte, to netip.AddrPort) error {
	if !to.IsValid() || to.Port() == 0 {
		return nil
	}
	if _, err := c.WriteToUDPAddrPort(packet, to); err != nil {
		return fmt.Errorf("send to %s: %w", to, err)
	}
	return nil
}
