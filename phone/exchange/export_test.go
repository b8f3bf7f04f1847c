package exchange

import "time"

// HurryCallers sets how long callers let the phone ring.
func HurryCallers(x *Exchange, patience time.Duration) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.running.patience = patience
}
