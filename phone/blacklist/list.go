// Package blacklist is the list of who is blocked, in memory: a million entries, of which
// one is found while a packet waits. It is pure: it knows neither disk nor network.
package blacklist

import (
	"sync"
	"time"

	"github.com/callward/callward/phone"
)

// List satisfies phone.Blacklist. No goroutine owns it. Who changes it has changing, so that
// what takes long is done while others read; mu guards all that they read.
type List struct {
	changing sync.Mutex
	mu       sync.RWMutex
	rules    *rules
	contacts func(number string) bool
}

var _ phone.Blacklist = (*List)(nil)

// New returns an empty list.
func New() *List { return &List{rules: newRules()} }

// Match implements phone.Blacklist.
func (l *List) Match(numbers []string, now time.Time) (phone.Match, bool) {
	own, prefix, known, isContact := l.find(numbers, seconds(now))
	if own.Mode.Blocks() {
		return own, true
	}
	if own.Row == 0 && known.row != 0 && isContact != nil {
		for _, number := range numbers {
			if isContact(number) {
				return known.match(number), true
			}
		}
	}
	if own.Row == 0 {
		own = prefix
	}
	return own, own.Row != 0
}

// find returns what fits some numbers themselves, what fits as a prefix, and what lets contacts through.
func (l *List) find(numbers []string, at uint32) (own, prefix phone.Match, known slot, isContact func(string) bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	var decides slot
	longest := 0
	for _, number := range numbers {
		if s := l.rules.exact(number, at); s.rank() > decides.rank() {
			decides, own = s, s.match(number)
		}
		if s, n := l.rules.prefix(number, at); n > longest {
			prefix, longest = s.match(number), n
		}
	}
	if l.rules.known.holds(at) {
		known = l.rules.known
	}
	return own, prefix, known, l.contacts
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
	l.changing.Lock()
	defer l.changing.Unlock()
	if roomy := l.rules.table.roomFor(len(r.Numbers)); roomy != l.rules.table {
		l.mu.Lock()
		l.rules.table = roomy
		l.mu.Unlock()
	}
	old := l.rules.dig(r.Row)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rules.bury(old)
	l.rules.put(r)
}

// Drop implements phone.Blacklist.
func (l *List) Drop(rows ...int64) {
	l.changing.Lock()
	defer l.changing.Unlock()
	old := l.rules.dig(rows...)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rules.bury(old)
}

// Load implements phone.Blacklist. What Put and Drop change while it reads may be lost.
func (l *List) Load(each func(yield func(phone.Rule) error) error) error {
	fresh := newRules()
	err := each(func(r phone.Rule) error {
		fresh.table = fresh.table.roomFor(len(r.Numbers))
		fresh.put(r)
		return nil
	})
	if err != nil {
		return err
	}
	l.changing.Lock()
	defer l.changing.Unlock()
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

// seconds are those since 1970, 0 for the zero time.
func seconds(t time.Time) uint32 {
	if t.IsZero() {
		return 0
	}
	return uint32(min(max(t.Unix(), 1), 1<<32-1))
}
