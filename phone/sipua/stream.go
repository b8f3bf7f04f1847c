package sipua

import (
	"bufio"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"
)

// writeTimeout bounds how long a peer that takes nothing may hold a sender up.
const writeTimeout = 5 * time.Second

// stream is a TCP or TLS connection as the library sees it: it reads whole
// messages that passed the checks, and what goes either way is traced. The
// library's goroutine reads; any goroutine writes.
type stream struct {
	net.Conn
	e             *Endpoint
	transport     string // "TCP" or "TLS"
	local, remote netip.AddrPort
	in            *bufio.Reader
	rest          []byte // of a message that was longer than the reader's buffer
	// serving is closed once the library reads, and so knows the connection.
	serving chan struct{}
	first   sync.Once
	used    atomic.Int64 // when something was last sent, Unix nanoseconds
	ended   sync.Once
	onEnd   func()
}

func newStream(conn net.Conn, e *Endpoint, transport string, onEnd func()) *stream {
	s := &stream{
		Conn: conn, e: e, transport: transport, in: bufio.NewReader(conn),
		serving: make(chan struct{}), onEnd: onEnd,
	}
	s.local, _ = netip.ParseAddrPort(conn.LocalAddr().String())
	s.remote, _ = netip.ParseAddrPort(conn.RemoteAddr().String())
	s.local, s.remote = unmapped(s.local), unmapped(s.remote)
	return s
}

// Read returns bytes of the next message that passed the checks.
func (s *stream) Read(b []byte) (int, error) {
	s.first.Do(func() { close(s.serving) })
	for len(s.rest) == 0 {
		message, err := readMessage(s.in, s.pong)
		if message != nil {
			message = s.e.admit(packet{message, s.transport, s.remote, s.local, err}, s.answer)
		}
		if err != nil && err != errTooLong {
			s.end()
			return 0, err
		}
		s.rest = message
	}
	n := copy(b, s.rest)
	s.rest = s.rest[n:]
	return n, nil
}

// Write sends one message.
func (s *stream) Write(b []byte) (int, error) {
	s.used.Store(time.Now().UnixNano())
	if err := s.Conn.SetWriteDeadline(time.Now().Add(writeTimeout)); err != nil {
		return 0, err
	}
	n, err := s.Conn.Write(b)
	if err == nil && len(trimCRLF(b)) > 0 {
		s.e.cfg.Trace.sent(s.transport, s.local, s.remote, b)
	}
	return n, err
}

// Close closes the connection, and tells its owner.
func (s *stream) Close() error {
	err := s.Conn.Close()
	s.end()
	return err
}

func (s *stream) end()            { s.ended.Do(s.onEnd) }
func (s *stream) answer(b []byte) { _, _ = s.Write(b) }

// pong answers a ping of the server's; for others there is nobody here.
func (s *stream) pong() {
	if !s.e.isStranger(s.remote.Addr()) {
		s.answer([]byte("\r\n"))
	}
}
