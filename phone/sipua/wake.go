package sipua

import "time"

// sleepLeast is by how much a look at the clock must be late to mean that the
// machine slept.
const sleepLeast = 10 * time.Second

// wakeWatch finds out that the machine slept: by the wall clock a look that is
// due every so often then comes late. (The monotonic clock stands still during
// sleep on some systems.) Its owner's goroutine only.
type wakeWatch struct{ last time.Time }

// slept tells whether the machine slept since the last look, which was to be
// every ago. A clock that was set forward looks the same and does no harm.
func (w *wakeWatch) slept(now time.Time, every time.Duration) bool {
	now = now.Round(0) // without the monotonic reading
	late := !w.last.IsZero() && now.Sub(w.last) > every+sleepLeast
	w.last = now
	return late
}
