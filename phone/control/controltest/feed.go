package controltest

import (
	"sync"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control"
)

// Limit is how many events wait for a subscriber before it is given up.
const Limit = 4096

// feed numbers events and gives them to subscribers, under its lock.
type feed struct {
	mu   sync.Mutex
	seq  uint64
	subs map[*subscription]bool
}

// subscription is one reader's; the feed's lock guards what changes.
type subscription struct {
	feed   *feed
	events chan phone.Event
	lost   bool
}

// Subscribe returns a subscription to what is published from now on.
func (p *Phone) Subscribe() control.Subscription {
	p.feed.mu.Lock()
	defer p.feed.mu.Unlock()
	sub := &subscription{feed: &p.feed, events: make(chan phone.Event, Limit)}
	if p.feed.subs == nil {
		p.feed.subs = map[*subscription]bool{}
	}
	p.feed.subs[sub] = true
	return sub
}

// Subscribers returns how many subscriptions are neither closed nor given up.
func (p *Phone) Subscribers() int {
	p.feed.mu.Lock()
	defer p.feed.mu.Unlock()
	return len(p.feed.subs)
}

// Publish numbers an event and gives it to every subscriber. It never waits.
func (p *Phone) Publish(e phone.Event) {
	p.feed.mu.Lock()
	defer p.feed.mu.Unlock()
	p.feed.seq++
	e.Seq = p.feed.seq
	for sub := range p.feed.subs {
		select {
		case sub.events <- e:
		default:
			sub.lost = true
			p.feed.end(sub)
		}
	}
}

// end closes a subscription; the lock is held.
func (f *feed) end(sub *subscription) {
	if f.subs[sub] {
		delete(f.subs, sub)
		close(sub.events)
	}
}

func (s *subscription) Events() <-chan phone.Event { return s.events }

func (s *subscription) Lost() bool {
	s.feed.mu.Lock()
	defer s.feed.mu.Unlock()
	return s.lost
}

func (s *subscription) Close() {
	s.feed.mu.Lock()
	defer s.feed.mu.Unlock()
	s.feed.end(s)
}
