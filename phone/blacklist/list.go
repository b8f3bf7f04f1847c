// Package blacklist is the list of who is blocked, in memory: a million entries, of which
// one is found while a packet waits. It is pure: it knows neither disk nor network.
package blacklist

import (
	"sync"
	"time"

	"github.com/callward/callward/phone"
)

// List satisfies phone.Blacklist. No goroutine owns it; mu guards all.
type List struct {
	mu       sync.RWMutex
	rules    *rules
	contacts func(number string) bool
}

var _ phone.Blacklist = (*List)(nil)

// New returns an empty list.
func New() *List { return &List{rules: newRules(0)} }

// Match implements phone.Blacklist.
func (l *List) Match(numbers []string, now time.Time) (phone.Match, bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	var best phone.Match
	at := seconds(now)
	for _, number := range numbers {
		l.rules.exact(number, at, func(s slot) { best = better(best, s.match(number)) })
	}
	if best.Mode.Blocks() {
		return best, true
	}
	for _, number := range numbers {
		if best.Row == 0 && l.rules.known.holds(at) && l.contacts != nil && l.contacts(number) {
			best = l.rules.known.match(number)
		}
	}
	if best.Row != 0 {
		return best, true
	}
	longest := 0
	for _, number := range numbers {
		if s, n := l.rules.prefix(number, at); n > longest {
			best, longest = s.match(number), n
		}
	}
	return best, longest > 0
}

// Hidden implements phone.Blacklist.
func (l *List) Hidden(now time.Time) (phone.Match, bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if s := l.rules.hidden; s.holds(seconds(now)) {
		return s.match(""), true
	}
	return phone.Match{}, false
}

// Put implements phone.Blacklist.
func (l *List) Put(r phone.Rule) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rules.drop(map[uint32]bool{uint32(r.Row): true})
	l.rules.put(r)
}

// Drop implements phone.Blacklist.
func (l *List) Drop(rows ...int64) {
	gone := make(map[uint32]bool, len(rows))
	for _, row := range rows {
		gone[uint32(row)] = true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rules.drop(gone)
}

// Load implements phone.Blacklist.
func (l *List) Load(each func(yield func(phone.Rule) error) error) error {
	fresh := newRules(0)
	err := each(func(r phone.Rule) error {
		fresh.put(r)
		return nil
	})
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rules = fresh
	return nil
}

// SetContacts implements phone.Blacklist.
func (l *List) SetContacts(known func(number string) bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.contacts = known
}

// better returns which of two matches of a number itself decides.
func better(a, b phone.Match) phone.Match {
	if rank(b) > rank(a) {
		return b
	}
	return a
}

func rank(m phone.Match) int {
	own := m.Kind == phone.KindNumber
	switch {
	case m.Row == 0:
		return 0
	case m.Mode == phone.LetThrough:
		return 1
	case !own && m.Mode == phone.AllowVoicemails:
		return 2
	case !own:
		return 3
	case m.Mode == phone.AllowVoicemails:
		return 4
	}
	return 5
}

// seconds are those since 1970, 0 for the zero time.
func seconds(t time.Time) uint32 {
	if t.IsZero() {
		return 0
	}
	return uint32(min(max(t.Unix(), 1), 1<<32-1))
}
