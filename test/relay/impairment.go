// Package relay stands between two that talk over UDP, like a NAT on a bad line: it gives each client an address of its
// own towards the server, and loses, delays, reorders and duplicates what passes.
package relay

import (
	"math/rand/v2"
	"sync"
	"time"
)

// Impairment says what happens to datagrams. The zero value passes each on at once.
type Impairment struct {
	// Loss, Duplicate and Reorder are probabilities, 0 to 1. Reorder holds a datagram back by HoldBack, so that those after it overtake.
	Loss, Duplicate, Reorder float64
	HoldBack                 time.Duration
	// Delay is that of every datagram, and Jitter how far it may be off either way, evenly spread. What would be negative is 0.
	Delay, Jitter time.Duration
	// Seed makes it the same each time.
	Seed uint64
}

// dice decides the fate of datagrams. Any goroutine may use it.
type dice struct {
	Impairment
	mu   sync.Mutex
	rand *rand.Rand
}

func newDice(i Impairment) *dice { return &dice{Impairment: i, rand: rand.New(rand.NewPCG(i.Seed, 1))} }

// throw returns after how long each copy of the next datagram leaves; no copy when it is lost.
func (d *dice) throw() []time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.rand.Float64() < d.Loss {
		return nil
	}
	copies := []time.Duration{d.delay()}
	if d.rand.Float64() < d.Duplicate {
		copies = append(copies, d.delay())
	}
	return copies
}

func (d *dice) delay() time.Duration {
	delay := d.Delay + time.Duration((2*d.rand.Float64()-1)*float64(d.Jitter))
	if d.rand.Float64() < d.Reorder {
		delay += d.HoldBack
	}
	return max(0, delay)
}
