package jitter

import "time"

const (
	// maxDropout and maxMisorder bound what a sequence number may leap and
	// still belong to the same run (RFC 3550, A.1).
	maxDropout  = 3000
	maxMisorder = 100
	// A packet that is so much later or earlier than the network can explain
	// is from a clock that was set anew. Late, it could not be played
	// otherwise either; early packets are rarer than clocks that jump.
	lateJump  = 300 * time.Millisecond
	earlyJump = 100 * time.Millisecond
)

// place is where a packet stands in the stream.
type place struct {
	index int64         // counts packets; without wrap
	media time.Duration // when its first sample is, on the sender's clock
	// newSource and newClock tell that the packet does not continue what was
	// before in its sequence numbers, in its timestamps.
	newSource, newClock bool
}

// timeline gives packets their place: it extends sequence numbers and
// timestamps beyond their wrap, and lets what begins anew follow on what was
// before. Owned by the Buffer.
type timeline struct {
	clockRate int64

	started bool
	timed   bool // a timestamp of this source is known
	ssrc    uint32
	seq     uint16 // of the newest packet
	index   int64
	stamp   uint32 // of the newest packet with sound
	ticks   int64
}

// locate returns the place of p, that came at a time. floor is the least
// transit (arrival less media time) of late, and step how long the newest
// packet lasts. The timeline does not move.
func (t *timeline) locate(p *Packet, at, floor, step time.Duration) place {
	leap := int64(int16(p.Seq - t.seq))
	at -= floor
	fresh := place{index: t.index + 1, media: max(at, t.duration(t.ticks)+step), newSource: true, newClock: true}
	if !t.started {
		fresh.media = at
		return fresh
	}
	if p.SSRC != t.ssrc || leap > maxDropout || leap < -maxMisorder {
		return fresh
	}
	next := place{index: t.index + leap}
	if len(p.Payload) == 0 {
		return next
	}
	if !t.timed {
		next.media, next.newClock = fresh.media, true
		return next
	}
	ticks := int64(int32(p.Timestamp - t.stamp))
	next.media = t.duration(t.ticks + ticks)
	offset := at - next.media
	if offset <= lateJump && offset >= -earlyJump {
		return next
	}
	if leap <= 0 {
		// Behind in both is a straggler; behind in one is a new start.
		if ticks <= 0 && ticks >= -maxMisorder*t.clockRate/5 {
			return next
		}
		return fresh
	}
	next.media, next.newClock = fresh.media, true
	return next
}

// advance moves the timeline on to a packet in its place, unless it is an
// older one.
func (t *timeline) advance(p *Packet, at place) {
	if at.newSource {
		t.started, t.timed = true, false
	} else if at.index <= t.index {
		return
	}
	t.ssrc, t.seq, t.index = p.SSRC, p.Seq, at.index
	if len(p.Payload) > 0 {
		t.timed = true
		t.stamp, t.ticks = p.Timestamp, t.count(at.media)
	}
}

// duration is how long ticks of the RTP clock last.
func (t *timeline) duration(ticks int64) time.Duration {
	// In two parts, since a product of nanoseconds overflows after two days.
	whole, rest := ticks/t.clockRate, ticks%t.clockRate
	return time.Duration(whole)*time.Second + time.Duration(rest)*time.Second/time.Duration(t.clockRate)
}

// count is how many ticks of the RTP clock are nearest to d.
func (t *timeline) count(d time.Duration) int64 {
	whole, rest := d/time.Second, d%time.Second
	half := time.Second / 2
	if rest < 0 {
		half = -half
	}
	return int64(whole)*t.clockRate + int64((rest*time.Duration(t.clockRate)+half)/time.Second)
}
