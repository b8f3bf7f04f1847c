package control

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"sync"
	"time"

	"github.com/callward/callward/phone"
)

// maxClients is how many connections are served at once; one more is refused.
const maxClients = 64

// acceptPause is waited after a failure to accept, such as too many open files.
const acceptPause = 100 * time.Millisecond

// Server answers the clients of one profile's socket. The goroutine of Run owns
// the listener and starts one session per client; Close may be called from any.
type Server struct {
	phone    Phone
	log      *slog.Logger
	listener net.Listener
	places   chan struct{} // one taken per client
	closing  context.Context
	close    context.CancelFunc

	mu      sync.Mutex
	running sync.WaitGroup // Add under mu, before closing is done
}

// Listen opens the socket of the profile that claim holds. The server serves
// once Run is called. ph gets the requests.
func Listen(claim *Claim, ph Phone, log *slog.Logger) (*Server, error) {
	listener, err := listen(claim.profile)
	if err != nil {
		return nil, storageError("open the control socket", err)
	}
	closing, cancel := context.WithCancel(context.Background())
	return &Server{
		phone:    ph,
		log:      log,
		listener: listener,
		places:   make(chan struct{}, maxClients),
		closing:  closing,
		close:    cancel,
	}, nil
}

// Run serves until ctx is done or Close is called, and returns nil then, once
// the last session is over.
func (s *Server) Run(ctx context.Context) error {
	s.mu.Lock()
	if s.closing.Err() != nil {
		s.mu.Unlock()
		return nil
	}
	s.running.Add(1)
	s.mu.Unlock()
	defer s.running.Done()

	ctx, cancel := context.WithCancel(ctx)
	defer context.AfterFunc(s.closing, cancel)()
	defer context.AfterFunc(ctx, func() { s.listener.Close() })()

	var clients sync.WaitGroup
	defer clients.Wait()
	defer cancel()
	for ctx.Err() == nil {
		conn, err := s.listener.Accept()
		if err != nil {
			s.acceptFailed(ctx, err)
			continue
		}
		if !s.admit(conn) {
			conn.Close()
			continue
		}
		clients.Go(func() {
			newSession(s.phone, s.log, conn).serve(ctx)
			<-s.places
		})
	}
	return nil
}

// Close ends Run and waits for it. It must not be called by a method of Phone.
func (s *Server) Close() error {
	s.mu.Lock()
	s.close()
	s.mu.Unlock()
	s.listener.Close() // for a server that never ran; else Run does it
	s.running.Wait()
	return nil
}

// admit tells whether conn is served: its owner is ours and a place is free.
func (s *Server) admit(conn net.Conn) bool {
	if err := checkPeer(conn); err != nil {
		s.log.Warn("control: client refused", "err", err)
		return false
	}
	select {
	case s.places <- struct{}{}:
		return true
	default:
		s.log.Warn("control: client refused: too many are connected", "limit", maxClients)
		line, _ := encodeLine(Answer{Version: Version, Error: &Error{
			Code: phone.CodeState, Message: "Too many programs are connected to Callward.",
		}})
		_ = conn.SetWriteDeadline(time.Now().Add(acceptPause))
		_, _ = conn.Write(line)
		return false
	}
}

func (s *Server) acceptFailed(ctx context.Context, err error) {
	if ctx.Err() != nil || errors.Is(err, net.ErrClosed) {
		return
	}
	s.log.Error("control: no connection can be taken", "err", err)
	select {
	case <-ctx.Done():
	case <-time.After(acceptPause):
	}
}
