package jitter

import "time"

const (
	// windowLength is short enough to follow a network that gets worse within
	// a second or two, windowCount long enough to not forget a bad spell
	// before the next one.
	windowLength = time.Second
	windowCount  = 10
	// warmUp is how long a new start is only looked at for its least value:
	// sockets that were not read and routes that were not known let the first
	// packets come late and in a heap.
	warmUp = 200 * time.Millisecond
)

// recent keeps the least value and the nearly largest one of the last ten
// seconds. Nearly largest is the second largest of each second: the largest
// of fifty may be a single stray. Owned by the Buffer.
type recent struct {
	windows [windowCount]window
	used    int // windows in use
	newest  int // index of the one that is being filled
	began   time.Duration
	least   time.Duration
	nearTop time.Duration
}

type window struct {
	start          time.Duration
	least          time.Duration
	top, secondTop time.Duration
	tops           int // values that counted for the tops
}

// restart forgets everything.
func (r *recent) restart() { *r = recent{} }

// observe takes a value seen at a time. Times do not go backwards.
func (r *recent) observe(at, value time.Duration) {
	if r.used == 0 {
		r.began = at
	}
	if r.used == 0 || at-r.windows[r.newest].start >= windowLength {
		if r.used > 0 {
			r.newest = (r.newest + 1) % windowCount
		}
		r.used = min(r.used+1, windowCount)
		r.windows[r.newest] = window{start: at, least: value}
	}
	w := &r.windows[r.newest]
	w.least = min(w.least, value)
	if at-r.began >= warmUp {
		w.addTop(value)
	}
	r.summarise()
}

func (w *window) addTop(value time.Duration) {
	w.tops++
	switch {
	case w.tops == 1:
		w.top, w.secondTop = value, w.least
	case value > w.top:
		w.top, w.secondTop = value, w.top
	case value > w.secondTop:
		w.secondTop = value
	}
}

func (r *recent) summarise() {
	r.least = r.windows[r.newest].least
	r.nearTop = r.least
	for _, w := range r.windows[:r.used] {
		r.least = min(r.least, w.least)
		if w.tops > 1 {
			r.nearTop = max(r.nearTop, w.secondTop)
		}
	}
}

// age is how long after its start r is at a time.
func (r *recent) age(at time.Duration) time.Duration {
	if r.used == 0 {
		return 0
	}
	return at - r.began
}

// idle is how long the newest window has been open without a successor.
func (r *recent) idle(at time.Duration) time.Duration {
	if r.used == 0 {
		return 0
	}
	return at - r.windows[r.newest].start
}
