package control

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"sync"
	"time"

	"github.com/callward/callward/phone"
)

const (
	// queueLength is how many lines may wait for a client; then its requests are
	// not read and its events wait in the subscription.
	queueLength = 16
	// writeTimeout is how long a client may let a line wait that is being written.
	writeTimeout = 30 * time.Second
	// opTimeout is how long the phone has for one request.
	opTimeout = 20 * time.Second
)

// session is one client's connection. The goroutine of serve reads, answers and
// owns all fields; two more that it starts and waits for write, and pass events
// on: they use what does not change, and the queue.
type session struct {
	phone Phone
	log   *slog.Logger
	conn  net.Conn
	queue chan outgoing
	lines *bufio.Reader

	pumps      sync.WaitGroup
	subscribed bool
}

// outgoing is a line for the client.
type outgoing struct {
	line []byte
	// sent is called once the line is written, or will never be; may be nil.
	sent func()
}

func newSession(ph Phone, log *slog.Logger, conn net.Conn) *session {
	return &session{phone: ph, log: log, conn: conn, queue: make(chan outgoing, queueLength)}
}

// serve answers the client until it leaves or ctx is done.
func (s *session) serve(ctx context.Context) {
	alive, hangUp := context.WithCancel(ctx)
	defer context.AfterFunc(alive, func() { s.conn.Close() })()

	var writer sync.WaitGroup
	writer.Go(func() { s.write(hangUp) })

	pumping, stopPump := context.WithCancel(alive)
	s.read(ctx, pumping)
	stopPump()
	s.pumps.Wait()
	close(s.queue)
	writer.Wait() // what is queued still goes out
	hangUp()
	s.conn.Close()
}

// read answers each line until there is no other. Requests are carried out
// under ctx, so that one whose client has gone is still done as a whole.
func (s *session) read(ctx, pumping context.Context) {
	lines := bufio.NewReader(s.conn)
	s.lines = lines
	for {
		line, err := readLine(lines, maxLine)
		switch {
		case errors.Is(err, errTooLong):
			s.fail(0, malformed("The request is longer than %d bytes.", maxLine))
		case err != nil:
			return
		default:
			s.request(ctx, pumping, line)
		}
	}
}

// write writes the queue until it is closed. Once a write fails, or waits for
// too long, it drops the rest and hangs up.
func (s *session) write(hangUp context.CancelFunc) {
	failed := false
	for out := range s.queue {
		if !failed {
			if err := s.writeLine(out.line); err != nil {
				failed = true
				hangUp()
			}
		}
		if out.sent != nil {
			out.sent()
		}
	}
}

func (s *session) writeLine(line []byte) error {
	if err := s.conn.SetWriteDeadline(time.Now().Add(writeTimeout)); err != nil {
		return err
	}
	_, err := s.conn.Write(line)
	return err
}

// request carries out one line and queues what came of it.
func (s *session) request(ctx, pumping context.Context, line []byte) {
	req, err := decodeRequest(line)
	if err != nil {
		s.fail(req.ID, err)
		return
	}
	switch req.Op {
	case "events":
		s.subscribe(pumping, req.ID)
	case "quit":
		s.send(Answer{ID: req.ID, OK: json.RawMessage(`{}`)}, s.phone.Quit)
	default:
		s.handle(ctx, req)
	}
}

func (s *session) handle(ctx context.Context, req Request) {
	var stop func()
	do, known := handlers[req.Op]
	if known {
		ctx, stop = context.WithTimeout(ctx, opTimeout)
	} else if do, known = patient[req.Op]; known {
		ctx, stop = s.whileConnected(ctx)
	} else {
		s.fail(req.ID, invalid("op", "This program has no request %q.", req.Op))
		return
	}
	result, err := do(ctx, s.phone, req.Args)
	stop()
	if err != nil {
		s.fail(req.ID, err)
		return
	}
	if result == nil {
		result = none{}
	}
	ok, err := encodeLine(result)
	if err != nil {
		s.fail(req.ID, &phone.Error{Code: phone.CodeInternal, Op: req.Op, Err: err})
		return
	}
	s.send(Answer{ID: req.ID, OK: ok}, nil)
}

// whileConnected is done once the client hangs up. stop waits until the connection can be read again.
func (s *session) whileConnected(ctx context.Context) (_ context.Context, stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		if _, err := s.lines.Peek(1); err != nil { // else there is another request: the client is still there
			cancel()
		}
	}()
	return ctx, func() {
		_ = s.conn.SetReadDeadline(time.Now()) // wakes Peek; where it fails the connection is gone
		<-watched
		_ = s.conn.SetReadDeadline(time.Time{})
		cancel()
	}
}

func (s *session) fail(id uint64, err error) {
	s.send(Answer{ID: id, Error: wireError(err)}, nil)
}

// send queues a line. It waits while the queue is full, which ends by the write
// timeout at the latest: the writer then drains it.
func (s *session) send(a Answer, sent func()) {
	a.Version = Version
	line, err := encodeLine(a)
	if err != nil {
		s.log.Error("control: answer not encoded", "err", err)
	}
	s.queue <- outgoing{line, sent}
}
