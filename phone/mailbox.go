package phone

import "sync"

// Mailbox is an unbounded queue from many goroutines to the one that owns it.
// Put never blocks, so that owners may write to each other without a deadlock.
// The zero value is not ready; use NewMailbox.
type Mailbox[T any] struct {
	mu     sync.Mutex
	queue  []T
	closed bool
	ready  chan struct{}
}

// NewMailbox returns an empty mailbox.
func NewMailbox[T any]() *Mailbox[T] {
	return &Mailbox[T]{ready: make(chan struct{}, 1)}
}

// Put appends v; after Close it is dropped and Put returns false. Any goroutine.
func (m *Mailbox[T]) Put(v T) bool {
	m.mu.Lock()
	if m.closed {
		m.mu.Unlock()
		return false
	}
	m.queue = append(m.queue, v)
	m.mu.Unlock()
	select {
	case m.ready <- struct{}{}:
	default: // the owner has a wake-up waiting
	}
	return true
}

// Ready is readable when Take may return something. The owner's goroutine only.
func (m *Mailbox[T]) Ready() <-chan struct{} { return m.ready }

// Take returns all that is queued, oldest first, and empties the queue. The
// owner's goroutine only.
func (m *Mailbox[T]) Take() []T {
	m.mu.Lock()
	defer m.mu.Unlock()
	taken := m.queue
	m.queue = nil
	return taken
}

// Close makes Put drop what comes. Any goroutine, more than once.
func (m *Mailbox[T]) Close() {
	m.mu.Lock()
	m.closed = true
	m.mu.Unlock()
}
