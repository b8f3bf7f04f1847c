package twilio

import (
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Fault is what goes wrong with the next request that it fits.
type Fault struct {
	// Method is the method of those; "" for all.
	Method string
	// Taken has the request done before it fails, so that its answer alone is lost.
	Taken bool
	// Drop closes the connection. Else Status is the answer, with Retry where that is set; 0 is the right answer, late.
	Drop   bool
	Status int
	Retry  string
	// Held is what the answer waits for; nil for nothing.
	Held *Hold
}

// Hold is what an answer waits for, until it is released.
type Hold struct {
	once sync.Once
	free chan struct{}
}

// NewHold returns one that holds.
func NewHold() *Hold { return &Hold{free: make(chan struct{})} }

// Release has all that wait go on.
func (h *Hold) Release() { h.once.Do(func() { close(h.free) }) }

func (f Fault) release() {
	if f.Held != nil {
		f.Held.Release()
	}
}

// Fail has the next requests go wrong, one for each.
func (s *Server) Fail(faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, faults...)
}

// Heal forgets what Fail has not used, and lets go what is held.
func (s *Server) Heal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.faults {
		f.release()
	}
	s.faults = nil
}

// Refuse has texts to a number refused with the number of an error.
func (s *Server) Refuse(number string, code int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refused[number] = code
}

// Limit has n requests more answered, and those that come within pause after them refused with 429.
func (s *Server) Limit(n int, pause time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.limit, s.pause = n, pause
}

// fault takes the first fault that fits a request. mu is held.
func (s *Server) fault(r *http.Request) (Fault, bool) {
	for i, f := range s.faults {
		if f.Method == "" || f.Method == r.Method {
			s.faults = append(s.faults[:i:i], s.faults[i+1:]...)
			return f, true
		}
	}
	return Fault{}, false
}

// tooMany tells whether a request is beyond the limit, and for how many seconds that lasts. mu is held.
func (s *Server) tooMany() (retry string, is bool) {
	now := time.Now()
	if s.limit == 0 && s.until.IsZero() {
		s.until = now.Add(s.pause)
	}
	switch {
	case s.limit < 0:
		return "", false
	case s.limit > 0:
		s.limit--
		return "", false
	case now.Before(s.until):
		return strconv.Itoa(int(s.until.Sub(now)/time.Second) + 1), true
	}
	s.limit, s.until = -1, time.Time{}
	return "", false
}
