// Package jitter holds RTP packets between the network, that brings them
// unevenly and out of order, and the speaker, that takes sound at a steady
// pace. It holds them for as long as the network's unevenness asks for, and
// no longer.
//
// Every packet has a media time, from its timestamp. Its transit is when it
// came less that media time: the network's delay, plus a constant. The least
// transit of the last ten seconds is the floor; a packet's wait is counted
// from when it would have come at the floor until it is played.
//
//	sender's clock   |n    |n+1  |n+2  |n+3
//	arrival          ....|n  |n+1 ......|n+2|n+3
//	floor                |n    |n+1  |n+2  |n+3
//	played                  |n    |n+1  |n+2  |n+3
//	                     <--> wait: how late a packet may be at most
//
// The target of the wait is what nearly all packets were late by, plus what
// pulls come early by. Since a packet is played as it is pulled, the delay is
// the wait and the packet's own duration.
package jitter

import "time"

const (
	// Least and Most bound the delay that is aimed at. At Least a packet of
	// 20 ms is played as it comes.
	Least = 20 * time.Millisecond
	Most  = 200 * time.Millisecond

	// initial is the delay at the start of a stream, for its first second.
	initial = 40 * time.Millisecond
	// safety is added to what was measured.
	safety = 2 * time.Millisecond
	// step is how much sound is made up at a time while nothing is there.
	step = 10 * time.Millisecond

	// capacity is how many packets are held: over a second of 10 ms packets.
	capacity = 128
	// maxPayload is 200 ms of the widest sound an RTP packet brings here, and
	// more than a packet's usual MTU.
	maxPayload = 4096
	// maxStep is the longest packet believed in.
	maxStep = 200 * time.Millisecond
	// seam is the gap between packets that is still none.
	seam = time.Millisecond

	// none is an index before every packet's.
	none, firstIndex = 0, 1 << 16
)

// Buffer is the jitter buffer of one stream. It has no goroutine and no lock:
// its owner's lock guards all methods, that neither block nor, once the
// stream runs, allocate.
type Buffer struct {
	line      timeline
	arrivals  recent
	pace      pace
	reception reception
	stats     Stats // without what is computed when asked

	origin   time.Time     // what times are counted from
	settling time.Duration // least wait during the first second after a start
	patient  time.Duration // least wait at any time
	step     time.Duration // how long the sender's packets last
	guess    time.Duration // what the newest packet says on that

	slots   [capacity]slot // by index
	next    int64          // the index to be played next, or none
	newest  int64
	playing bool          // something has been played
	end     time.Duration // media time of what follows on the last sound played
	filled  time.Duration // made up since then
	spare   []byte        // the payload that was given out last
}

// slot remembers one packet, and that it came, also when it has been played.
type slot struct {
	seen  bool
	index int64
	held  bool
	media time.Duration
	Packet
}

// New makes a buffer for a codec with the given RTP clock rate (over 0) whose
// packets last about as long as packet: what SDP says, or 20 ms. How long they
// do last is seen in the stream.
func New(clockRate int, packet time.Duration) *Buffer {
	return &Buffer{
		line:     timeline{clockRate: int64(clockRate), index: firstIndex},
		settling: initial - packet,
		step:     packet,
	}
}

// since makes t a time on the buffer's own clock.
func (b *Buffer) since(t time.Time) time.Duration {
	if b.origin.IsZero() {
		b.origin = t
	}
	return t.Sub(b.origin)
}

// target is the wait to aim at.
func (b *Buffer) target(at time.Duration) time.Duration {
	wait := b.arrivals.nearTop - b.arrivals.least + b.pace.margin() + safety
	if b.arrivals.age(at) < windowLength {
		wait = max(wait, b.settling)
	}
	return max(0, Least-b.step, b.patient, min(wait, Most-b.step))
}

// Patient has a packet wait for so long at least, Most at the most: for who is in no hurry, and would rather have all
// packets in time, and no sound stretched, than a short delay.
func (b *Buffer) Patient(wait time.Duration) { b.patient = min(wait, Most-b.step) }

// Stats returns the counts and delays.
func (b *Buffer) Stats(now time.Time) Stats {
	s := b.stats
	s.Lost = uint64(b.reception.lost())
	s.Target = b.target(b.since(now)) + b.step
	if b.playing {
		s.Delay = max(0, b.pace.mean-b.arrivals.least) + b.pace.kept + b.step
	}
	return s
}

// Report returns the reception report of the present source and begins the
// next interval; false while nothing has been received.
func (b *Buffer) Report() (Report, bool) { return b.reception.report(b.line.clockRate) }
