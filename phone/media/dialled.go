package media

import "math"

// dialled turns the event packets of the peer into digits, one for each time a
// key was pressed however many of its packets are lost, repeated or out of order.
// It is guarded by its Stream's lock.
type dialled struct {
	any       bool
	last      telephoneEvent
	timestamp uint32 // of last: the moment the key went down
}

// packet takes an event packet and returns the digit where it is the first of
// one, else 0.
func (d *dialled) packet(e telephoneEvent, timestamp uint32) (digit byte) {
	since := timestamp - d.timestamp
	switch {
	case !d.any:
	case since == 0 || since > math.MaxInt32: // the same key, or one before it
		if since == 0 && e.end {
			d.last.end = true
		}
		return 0
	case e.code == d.last.code && !d.last.end && since == math.MaxUint16:
		// A key held for longer than a duration can say goes on under a new
		// timestamp (RFC 4733, 2.5.1.3).
		d.timestamp = timestamp
		return 0
	case e.code == d.last.code && since <= uint32(e.duration):
		// Some gateways wrongly move the timestamp on with every packet. A second
		// press cannot begin within the time that its packet says it lasted.
		d.timestamp = timestamp
		return 0
	}
	d.any, d.last, d.timestamp = true, e, timestamp
	return digits[e.code]
}
