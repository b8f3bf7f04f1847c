package jitter

import "time"

// Get says what to play next. It is called whenever more sound is needed than
// is decoded, any number of times in one pull, with the same Pull.
func (b *Buffer) Get(p Pull) Answer {
	at := b.since(p.Now)
	target := b.target(at)
	if b.playing && b.filled == 0 {
		b.pace.observe(at, at-b.end, p)
	}
	head, lost := b.head()
	if head == nil {
		return b.fill(Wait, step)
	}
	if b.tooLate(head, lost, at, target) {
		head, lost = b.skip(head, at, target), true
	}
	wait := b.wait(head, at)
	gap := head.media - b.end
	switch {
	case wait >= target:
	case !b.playing, gap > seam && !lost:
		// A talk spurt begins: silence before it may be as long as it must.
		return b.fill(Wait, step)
	case lost && gap > b.filled+seam:
		return b.fill(Conceal, min(gap-b.filled, b.step))
	}
	return b.play(head, at, target)
}

// wait is how long a packet has waited since it would have come at the floor.
func (b *Buffer) wait(s *slot, at time.Duration) time.Duration {
	return at - s.media - b.arrivals.least
}

// head returns the first packet with sound, nil for none, and whether any
// before it is missing. It lets go of what brought no sound and is first.
func (b *Buffer) head() (s *slot, lost bool) {
	for index := b.next; index <= b.newest; index++ {
		s := b.slot(index)
		switch {
		case s == nil:
			lost = true
		case len(s.Payload) > 0:
			return s, lost
		case !lost:
			s.held = false
			b.next = index + 1
		}
	}
	return nil, false
}

// Empty tells whether no sound waits to be played.
func (b *Buffer) Empty() bool {
	head, _ := b.head()
	return head == nil
}

// after returns the first packet with sound behind s, nil for none.
func (b *Buffer) after(s *slot) *slot {
	for index := s.index + 1; index <= b.newest; index++ {
		if s := b.slot(index); s != nil && len(s.Payload) > 0 {
			return s
		}
	}
	return nil
}

// tooLate tells whether the first packet is better left out: it would bring
// the delay over Most, and what Patient asks for, or its time has been filled and the next is there.
func (b *Buffer) tooLate(head *slot, lost bool, at, target time.Duration) bool {
	wait := b.wait(head, at)
	if wait > Most-b.step+b.patient {
		return true
	}
	gap := head.media - b.end
	if !b.playing || (gap > seam && !lost) {
		return false // silence was filled
	}
	return b.filled > 0 && b.filled >= gap+b.step && wait > target+stretchGrain
}

// skip leaves out packets from head on for as long as the one behind has
// waited enough, and returns the one to go on with.
func (b *Buffer) skip(head *slot, at, target time.Duration) *slot {
	for {
		following := b.after(head)
		if following == nil || b.wait(following, at) < target {
			return head
		}
		b.drop(head.index, &b.stats.Late)
		b.next = head.index + 1
		head = following
	}
}

// fill answers that d is to be made up.
func (b *Buffer) fill(action Action, d time.Duration) Answer {
	b.filled += d
	return Answer{Action: action, Duration: d}
}

// play answers with a packet and lets go of it.
func (b *Buffer) play(s *slot, at, target time.Duration) Answer {
	duration := b.step
	if following := b.slot(s.index + 1); following != nil && len(following.Payload) > 0 {
		if d := following.media - s.media; d > 0 && d < b.step {
			duration = d
		}
	}
	answer := Answer{Action: Play, Packet: s.Packet}
	if b.playing && b.filled == 0 && (s.media-b.end).Abs() <= seam {
		if b.patient == 0 || at-s.media-b.arrivals.least < target { // who is patient has no delay cut
			answer.Stretch = b.pace.stretch(b.arrivals.least, target)
		}
	} else {
		b.pace.change(at - s.media)
	}
	// The slot takes the payload that was given out before, so that a Put
	// cannot write into this one.
	s.Payload, b.spare = b.spare[:0], s.Payload
	s.held = false
	b.next = s.index + 1
	b.playing, b.filled = true, 0
	b.end = s.media + duration
	return answer
}
