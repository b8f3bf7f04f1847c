package sipua

import (
	"math/rand/v2"
	"time"
)

// backoff is how long to wait after each failure in a row: from least, doubling,
// to at most most, spread over a quarter so that the phones of an office do not
// all come back at once. Its owner's goroutine only.
type backoff struct {
	least, most time.Duration
	last        time.Duration
}

// next returns the wait after one more failure.
func (b *backoff) next() time.Duration {
	b.last = min(max(2*b.last, b.least), b.most)
	spread := time.Duration(rand.Int64N(int64(b.last)/4 + 1))
	if b.last+spread > b.most {
		return b.most - spread
	}
	return b.last + spread
}

// reset begins anew.
func (b *backoff) reset() { b.last = 0 }
