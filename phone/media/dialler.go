package media

import (
	"strings"
	"sync"
	"time"
)

// How a digit is sent: long enough for every exchange (ITU-T Q.24 asks for 40 ms
// of each).
const (
	toneLength = 100 * time.Millisecond
	toneGap    = 70 * time.Millisecond
	// endRepeats is how often the end of a digit is sent (RFC 4733, 2.5.1.4).
	endRepeats = 3
)

// dialler is the digits that wait to be sent and the one that is. queue may be
// called from any goroutine; next by the one that pushes.
type dialler struct {
	mu      sync.Mutex
	waiting []byte // event codes

	active  bool
	event   telephoneEvent
	start   uint32 // timestamp at which the key went down
	elapsed time.Duration
	ends    int // end packets sent
}

// queue adds digits; what is none is left out.
func (d *dialler) queue(keys string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, key := range strings.ToUpper(keys) {
		if code := strings.IndexRune(digits, key); code >= 0 {
			d.waiting = append(d.waiting, byte(code))
		}
	}
}

// slot is what goes out in place of a packet of sound.
type slot struct {
	event     telephoneEvent
	timestamp uint32
	marker    bool
	gap       bool // nothing but silence: the pause after a digit
}

// next returns what a digit needs to have sent in the packet of sound that
// starts at timestamp and lasts length, or false where no digit is due.
func (d *dialler) next(timestamp uint32, length time.Duration, clockRate int) (slot, bool) {
	if !d.active && !d.begin(timestamp) {
		return slot{}, false
	}
	first := d.elapsed == 0
	d.elapsed += length
	s := slot{timestamp: d.start, marker: first}
	switch {
	case d.ends < endRepeats:
		if d.ends == 0 { // every end packet tells the same duration
			d.event.duration = uint16(d.elapsed * time.Duration(clockRate) / time.Second)
			d.event.end = d.elapsed >= toneLength
		}
		if d.event.end {
			d.ends++
		}
		s.event = d.event
	default:
		s.gap = true
	}
	d.active = d.ends < endRepeats || d.elapsed < toneLength+toneGap
	return s, true
}

// begin takes the next digit from the queue.
func (d *dialler) begin(timestamp uint32) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.waiting) == 0 {
		return false
	}
	d.active, d.start, d.elapsed, d.ends = true, timestamp, 0, 0
	d.event = telephoneEvent{code: d.waiting[0]}
	d.waiting = d.waiting[1:]
	return true
}
