// Package twilio is a server that behaves as Twilio's Messages API (2010-04-01) is documented to, for tests: accounts, messages
// both ways, pages, numbers of errors, and a limit of requests; and that fails where a test wants it to.
package twilio

import (
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/callward/callward/test/cert"
)

// Version is the version of the API, which its paths begin with.
const Version = "/2010-04-01"

// The one account that there is.
const (
	AccountSID = "AC00000000000000000000000000000001"
	AuthToken  = "token-of-the-test"
)

// Request is one that was made.
type Request struct {
	Method, Path, Query string
	// Form is the body of a POST, as it came.
	Form string
	At   time.Time
	// Status is what it was answered with; 0 where the connection was dropped.
	Status int
}

// Server is the server, on 127.0.0.1, over TLS. Its methods may be called from any goroutine; mu guards the rest.
type Server struct {
	// URL is where it is, CAFile what its certificate is checked by.
	URL, CAFile string

	http    *http.Server
	serving sync.WaitGroup

	mu       sync.Mutex
	own      []string // the account's numbers
	messages []*Message
	requests []Request
	refused  map[string]int
	faults   []Fault
	limit    int // requests that are left until pause; below 0 for no limit
	pause    time.Duration
	until    time.Time
	changed  chan struct{}
}

// Start starts a server whose account has some numbers; its certificates are put into dir.
func Start(dir string, numbers ...string) (*Server, error) {
	authority, err := cert.NewAuthority(dir, "Twilio of the test")
	if err != nil {
		return nil, err
	}
	pair, err := authority.Server("127.0.0.1")
	if err != nil {
		return nil, err
	}
	certificate, err := tls.LoadX509KeyPair(pair.Cert, pair.Key)
	if err != nil {
		return nil, err
	}
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12})
	if err != nil {
		return nil, err
	}
	s := &Server{
		URL: "https://" + listener.Addr().String(), CAFile: authority.File,
		own: numbers, refused: map[string]int{}, limit: -1, changed: make(chan struct{}),
	}
	s.http = &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second, ErrorLog: log.New(io.Discard, "", 0)}
	s.serving.Go(func() { _ = s.http.Serve(listener) }) // it ends by Close
	return s, nil
}

// Close ends it, and waits for that.
func (s *Server) Close() error {
	err := s.http.Close()
	s.mu.Lock()
	for _, f := range s.faults {
		f.release()
	}
	s.mu.Unlock()
	s.serving.Wait()
	return err
}

// Host is where it is, without the scheme.
func (s *Server) Host() string { return s.URL[len("https://"):] }

// Requests are those that were made, in order.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// Posts are the requests that sent a text.
func (s *Server) Posts() []Request {
	return slices.DeleteFunc(s.Requests(), func(r Request) bool { return r.Method != http.MethodPost })
}

// Messages are all, oldest first.
func (s *Server) Messages() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := make([]Message, 0, len(s.messages))
	for _, m := range s.messages {
		list = append(list, *m)
	}
	return list
}

// Await waits until what the server has seen fits, and fails after patience.
func (s *Server) Await(patience time.Duration, fits func() bool) error {
	end := time.NewTimer(patience)
	defer end.Stop()
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if fits() {
			return nil
		}
		select {
		case <-changed:
		case <-end.C:
			return fmt.Errorf("not seen within %s; requests: %v", patience, s.Requests())
		}
	}
}

// change tells those who wait. mu is held.
func (s *Server) change() {
	close(s.changed)
	s.changed = make(chan struct{})
}

func write(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value) // who asked may be gone
}
