package desk

import "sync"

// inbox is a queue of things to do, from any goroutine to the one that owns what
// they are done to. It never makes anybody wait.
type inbox struct {
	ready chan struct{} // holds a token when there may be something to take

	mu    sync.Mutex
	queue []func()
}

func newInbox() *inbox { return &inbox{ready: make(chan struct{}, 1)} }

// put appends do.
func (b *inbox) put(do func()) {
	b.mu.Lock()
	b.queue = append(b.queue, do)
	b.mu.Unlock()
	select {
	case b.ready <- struct{}{}:
	default: // the owner has been told
	}
}

// work does all that is queued, in order. The owner's goroutine only.
func (b *inbox) work() {
	b.mu.Lock()
	queue := b.queue
	b.queue = nil
	b.mu.Unlock()
	for _, do := range queue {
		do()
	}
}
