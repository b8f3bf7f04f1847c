package jitter

import "time"

// Put takes a packet that came from the network at now. It copies the
// payload. Any packet will do, in any order.
func (b *Buffer) Put(now time.Time, p Packet) {
	b.stats.Received++
	if len(p.Payload) > maxPayload {
		b.stats.Discarded++
		return
	}
	at := b.since(now)
	where := b.line.locate(&p, at, b.arrivals.least, b.step)
	if where.newSource {
		b.reception.begin(&p, where.index)
	}
	s := &b.slots[where.index&(capacity-1)]
	again := s.seen && s.index == where.index
	b.reception.count(where.index, again)
	if again {
		b.stats.Duplicate++
		return
	}
	if len(p.Payload) > 0 {
		b.measure(&p, where, at)
	}
	b.line.advance(&p, where)
	b.store(&p, where)
}

// measure learns from a packet's time.
func (b *Buffer) measure(p *Packet, where place, at time.Duration) {
	transit := at - where.media
	b.reception.time(transit, where.newClock)
	if where.newClock || b.arrivals.idle(at) > windowCount*windowLength {
		b.settling = b.target(at)
		b.arrivals.restart()
	}
	b.arrivals.observe(at, transit)
	if !where.newClock && !p.Marker && where.index == b.line.index+1 {
		b.learnStep(where.media - b.line.duration(b.line.ticks))
	}
}

// learnStep takes the time between two packets that follow each other. Two
// the same, one after the other, are how long packets last.
func (b *Buffer) learnStep(d time.Duration) {
	if d <= 0 || d > maxStep {
		return
	}
	if d == b.guess {
		b.step = d
	}
	b.guess = d
}

// store keeps a packet in its slot, unless its time is over.
func (b *Buffer) store(p *Packet, where place) {
	index := where.index
	switch {
	case b.next == none:
		b.next, b.newest = index, index
	case index < b.next && b.playing, index <= b.newest-capacity:
		b.late(index)
		return
	}
	b.next = min(b.next, index)
	b.newest = max(b.newest, index)
	b.makeRoom()
	s := &b.slots[index&(capacity-1)]
	payload := append(s.Payload[:0], p.Payload...)
	*s = slot{seen: true, index: index, held: true, media: where.media, Packet: *p}
	s.Payload = payload
}

// makeRoom lets go of what is further behind the newest packet than there are
// slots.
func (b *Buffer) makeRoom() {
	oldest := b.newest - capacity + 1
	if b.next >= oldest {
		return
	}
	for index := b.next; index < min(oldest, b.next+capacity); index++ {
		b.drop(index, &b.stats.Discarded)
	}
	b.next = oldest
}

// late counts a packet whose time is over, and remembers it so that it is a
// duplicate the next time.
func (b *Buffer) late(index int64) {
	b.stats.Late++
	if s := &b.slots[index&(capacity-1)]; !s.held && s.index < index {
		s.seen, s.index = true, index
	}
}

// drop lets go of the packet with an index, if it is held, and counts it.
func (b *Buffer) drop(index int64, counter *uint64) {
	if s := b.slot(index); s != nil {
		s.held = false
		if len(s.Payload) > 0 {
			*counter++
		}
	}
}

// slot returns the packet with an index, nil when it is not held.
func (b *Buffer) slot(index int64) *slot {
	if s := &b.slots[index&(capacity-1)]; s.held && s.index == index {
		return s
	}
	return nil
}
