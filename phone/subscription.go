package phone

import "sync"

// subscriptionLimit is how many events may wait for one subscriber.
const subscriptionLimit = 4096

// Subscription is one reader's events, in order and without gaps. The loop
// gives, one goroutine reads; Close may be called by any, more than once.
type Subscription struct {
	events chan Event
	after  uint64 // events up to this number were before it; the loop owns it

	mu     sync.Mutex
	closed bool
	lost   bool
}

// Events are those since Subscribe. It is closed after Close, when the phone
// has ended, or when too many wait.
func (s *Subscription) Events() <-chan Event { return s.events }

// Lost tells, once Events is closed, whether it was because too many waited.
func (s *Subscription) Lost() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lost
}

// Close ends it.
func (s *Subscription) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.close()
}

func (s *Subscription) close() {
	if !s.closed {
		s.closed = true
		close(s.events)
	}
}

// give passes e on without waiting; false when the subscription is over.
func (s *Subscription) give(e Event) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	select {
	case s.events <- e:
		return true
	default: // a slow reader never holds the phone up
		s.lost = true
		s.close()
		return false
	}
}

// subscribed adds a subscription.
type subscribed struct{ s *Subscription }

func (in subscribed) apply(l *loop) {
	in.s.after = l.seq
	l.subscriptions = append(l.subscriptions, in.s)
}
