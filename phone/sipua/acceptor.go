package sipua

import (
	"errors"
	"net"
	"strings"
	"time"
)

const (
	// serverStreams and strangerStreams are how many connections that others
	// opened are kept at once, of the account's servers and of anybody else.
	serverStreams, strangerStreams = 128, 32
	// strangerTimeout is how long a connection from elsewhere than the account's
	// servers may stay.
	strangerTimeout = 32 * time.Second
	// acceptPause is waited after a failure to accept, such as too many open files.
	acceptPause = 100 * time.Millisecond
)

// acceptor makes streams of the connections that a listener accepts. The
// library's goroutine owns it.
type acceptor struct {
	net.Listener
	e         *Endpoint
	transport string // "TCP" or "TLS"
	// servers and strangers hold one for each connection that is kept.
	servers, strangers chan struct{}
	// refusing is set from the first connection that is refused to the next that is kept.
	refusing bool
}

func newAcceptor(listener net.Listener, e *Endpoint, transport string) *acceptor {
	return &acceptor{
		Listener: listener, e: e, transport: transport,
		servers: make(chan struct{}, serverStreams), strangers: make(chan struct{}, strangerStreams),
	}
}

// Accept returns the next connection. Only a closed listener ends it: the
// library would never ask again.
func (a *acceptor) Accept() (net.Conn, error) {
	for {
		conn, err := a.Listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return nil, err
		}
		if err != nil {
			a.e.log.Error("no connection can be taken", "err", err)
			time.Sleep(acceptPause)
			continue
		}
		if s := a.admit(conn); s != nil {
			return s, nil
		}
		_ = conn.Close() // nobody waits for what becomes of it
	}
}

// admit returns the stream of a connection that is kept, or nil.
func (a *acceptor) admit(conn net.Conn) *stream {
	s := newStream(conn, a.e, a.transport, nil)
	stranger := a.e.isStranger(s.remote.Addr())
	places := a.servers
	if stranger {
		places = a.strangers
		// Long enough for a request inside of a dialog; who sends none is not kept.
		if conn.SetReadDeadline(time.Now().Add(strangerTimeout)) != nil {
			return nil
		}
	}
	select {
	case places <- struct{}{}:
		a.refusing = false
	default:
		if !a.refusing {
			a.e.log.Warn("connections are refused: too many are open", "from", s.remote)
		}
		a.refusing = true
		return nil
	}
	from := flow{s.remote, strings.ToLower(a.transport)}
	s.onEnd = func() {
		<-places
		a.e.forget(from, s)
	}
	a.e.remember(from, s)
	return s
}
