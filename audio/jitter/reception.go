package jitter

import "time"

// Report is what an RTCP reception report block says of the present source
// (RFC 3550, 6.4.1). There is none to send while nothing has been received.
type Report struct {
	SSRC           uint32
	FractionLost   uint8  // of the packets expected since the Report before, in 256ths
	CumulativeLost int32  // 24 bits; negative where duplicates outnumber losses
	HighestSeq     uint32 // sequence number in the low 16 bits, wraps above
	Jitter         uint32 // in timestamp units
}

// reception counts one source's packets as RFC 3550, A.3 and A.8 would have
// it. Owned by the Buffer.
type reception struct {
	heard    bool
	ssrc     uint32
	firstSeq uint16
	first    int64 // index of the first packet
	highest  int64
	received int64 // duplicates and late ones too
	unique   int64
	pastLost int64 // of sources before

	reportedExpected, reportedReceived int64

	transit time.Duration
	timed   bool
	jitter  time.Duration
}

// begin starts a new count for the source of p.
func (r *reception) begin(p *Packet, index int64) {
	*r = reception{
		heard: true, ssrc: p.SSRC, firstSeq: p.Seq,
		first: index, highest: index,
		pastLost: r.lost(),
	}
}

// count takes a packet by its index; again tells that it had come before.
func (r *reception) count(index int64, again bool) {
	r.highest = max(r.highest, index)
	r.received++
	if !again {
		r.unique++
		// A straggler from before the first packet that came.
		if index < r.first {
			r.firstSeq -= uint16(r.first - index)
			r.first = index
		}
	}
}

// time takes the transit of a packet with sound.
func (r *reception) time(transit time.Duration, newClock bool) {
	if r.timed && !newClock {
		r.jitter += ((transit - r.transit).Abs() - r.jitter) / 16
	}
	r.transit, r.timed = transit, true
}

func (r *reception) expected() int64 {
	if !r.heard {
		return 0
	}
	return r.highest - r.first + 1
}

// lost is how many packets of all sources never came.
func (r *reception) lost() int64 { return r.pastLost + max(0, r.expected()-r.unique) }

// report makes the next report; false when nothing was received.
func (r *reception) report(clockRate int64) (Report, bool) {
	if !r.heard {
		return Report{}, false
	}
	expected := r.expected() - r.reportedExpected
	lost := expected - (r.received - r.reportedReceived)
	r.reportedExpected, r.reportedReceived = r.expected(), r.received
	var fraction uint8
	if expected > 0 && lost > 0 {
		fraction = uint8(min(255, lost*256/expected))
	}
	const limit = 1 << 23
	return Report{
		SSRC:           r.ssrc,
		FractionLost:   fraction,
		CumulativeLost: int32(max(-limit, min(limit-1, r.expected()-r.received))),
		HighestSeq:     uint32(r.firstSeq) + uint32(r.highest-r.first),
		Jitter:         uint32(min(1<<32-1, int64(r.jitter)*clockRate/int64(time.Second))),
	}, true
}
