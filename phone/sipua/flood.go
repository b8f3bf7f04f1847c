package sipua

import (
	"bytes"
	"sync"
	"time"
)

// Each request takes some memory for 32 s, as long as a transaction lasts (RFC
// 3261, 17), so an endpoint takes so many of them a second, and so many at once.
const (
	serverRate, serverBurst     = 600, 1200
	strangerRate, strangerBurst = 10, 50 // all strangers together
)

// allowance is how many more requests are taken now. Any goroutine may call its
// methods.
type allowance struct {
	rate, burst float64 // a second, and at most

	mu   sync.Mutex
	left float64
	at   time.Time // of left
	// flooded is set from the first request that is not taken until half of the
	// burst may come again.
	flooded bool
}

func newAllowance(rate, burst float64) *allowance {
	return &allowance{rate: rate, burst: burst, left: burst}
}

// take tells how long it is until a request may be taken; 0 means that it is
// taken. flood tells whether a flood begins with it.
func (a *allowance) take(now time.Time) (wait time.Duration, flood bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.left = min(a.burst, a.left+max(0, now.Sub(a.at).Seconds())*a.rate)
	a.at = now
	if a.left < 1 {
		flood, a.flooded = !a.flooded, true
		return time.Duration((1 - a.left) / a.rate * float64(time.Second)), flood
	}
	a.left--
	a.flooded = a.flooded && a.left < a.burst/2
	return 0, false
}

// withstands tells whether a message is looked at. Of too many requests, those
// that came as datagrams are dropped, since their senders repeat them; a stream
// waits. Responses and ACKs begin nothing.
func (e *Endpoint) withstands(p packet, stranger bool) bool {
	if bytes.HasPrefix(p.bytes, []byte("SIP/")) || bytes.HasPrefix(p.bytes, []byte("ACK ")) {
		return true
	}
	allowed := e.fromServers
	if stranger {
		allowed = e.fromStrangers
	}
	for {
		wait, flood := allowed.take(time.Now())
		if flood {
			e.log.Warn("too many requests: some are left out or wait", "from", p.from)
		}
		if wait == 0 {
			return true
		}
		if p.transport == "UDP" || e.isClosed() {
			return false
		}
		time.Sleep(wait)
	}
}
