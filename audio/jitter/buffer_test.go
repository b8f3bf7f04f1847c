package jitter_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio/jitter"
)

const ms = time.Millisecond

// On a network that delays all alike, the delay is the packet's own duration,
// or the least there is, and what the grid of pulls costs.
func TestSettlesAtTheLeast(t *testing.T) {
	for _, packet := range []time.Duration{10 * ms, 20 * ms, 30 * ms, 40 * ms, 60 * ms} {
		for _, run := range []time.Duration{5 * ms, 10 * ms, 20 * ms} {
			t.Run(fmt.Sprintf("packets of %v in runs of %v", packet, run), func(t *testing.T) {
				s, p := &sender{packet: packet}, newPlayer(packet)
				p.run = run
				count := int(10 * time.Second / packet)
				p.play(s.send(count, steady), s.next+100*ms)
				p.requireOrder(t)
				require.Equal(t, count, len(p.played))
				require.Zero(t, p.concealed)

				stats := p.stats()
				require.Equal(t, jitter.Stats{Received: uint64(count), Delay: stats.Delay, Target: stats.Target}, stats)
				settled := p.delays[2*time.Second/run : 10*time.Second/run]
				require.LessOrEqual(t, largest(settled), max(jitter.Least, packet)+2*ms+run)
				require.Zero(t, p.put)
			})
		}
	}
}

// The delay follows the network's unevenness up within a second or two and
// down when it has been good for ten.
func TestFollowsTheNetwork(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	s, p := &sender{}, newPlayer(0)
	p.grain = 4 * ms
	arrivals := s.send(500, uneven(random, 2*ms, 0))
	arrivals = append(arrivals, s.send(500, uneven(random, 80*ms, 0))...)
	arrivals = append(arrivals, s.send(1000, uneven(random, 2*ms, 0))...)

	p.play(arrivals, s.next+100*ms)
	p.requireOrder(t)
	second := int(time.Second / p.run)
	require.LessOrEqual(t, mean(p.delays[5*second:10*second]), 36*ms)
	require.GreaterOrEqual(t, mean(p.delays[12*second:20*second]), 80*ms)
	require.LessOrEqual(t, largest(p.delays), 130*ms)
	require.LessOrEqual(t, mean(p.delays[32*second:]), 36*ms)
	require.Less(t, p.stats().Late, uint64(12), "of 500 packets that came unevenly")
}

// Who is patient has all packets of an uneven network, and no sound is stretched for a shorter delay.
func TestPatience(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	s, p := &sender{}, newPlayer(0)
	p.buffer.Patient(120 * ms)
	arrivals := s.send(500, uneven(random, 2*ms, 0))
	arrivals = append(arrivals, s.send(500, uneven(random, 90*ms, 0))...)
	arrivals = append(arrivals, s.send(1000, uneven(random, 2*ms, 0))...)
	last := arrivals[len(arrivals)-4:]
	for i := range last { // at once, sooner than they are due
		last[i].at = last[0].at
	}
	p.play(arrivals, s.next+400*ms)
	p.requireOrder(t)
	require.Len(t, p.played, 2000)
	require.Zero(t, p.cut+p.put+p.concealed)
}

func TestPutsInOrder(t *testing.T) {
	s, p := &sender{seq: 65000, timestamp: 1<<32 - 4000}, newPlayer(0)
	arrivals := s.send(1000, steady)
	for i := 1; i < len(arrivals); i += 7 {
		arrivals[i-1].at, arrivals[i].at = arrivals[i].at, arrivals[i-1].at
	}
	p.play(arrivals, s.next+100*ms)
	p.requireOrder(t)
	// Until the first packets have shown that some come 20 ms late.
	require.GreaterOrEqual(t, len(p.played), 990)
	require.Zero(t, p.stats().Lost)
	require.EqualValues(t, 1000-len(p.played), p.stats().Late)
}

func TestCountsDuplicatesAndLosses(t *testing.T) {
	s, p := &sender{}, newPlayer(0)
	arrivals := s.send(500, steady)
	arrivals = append(arrivals, arrivals[100:150]...) // later, when they have been played
	for i := 500; i < 550; i++ {
		arrivals[i].at += time.Duration(i%3) * 30 * ms
	}
	arrivals = append(arrivals[:300], arrivals[310:]...)
	p.play(arrivals, s.next+100*ms)
	p.requireOrder(t)
	stats := p.stats()
	require.EqualValues(t, 540, stats.Received)
	require.EqualValues(t, 50, stats.Duplicate)
	require.EqualValues(t, 10, stats.Lost)
	require.Zero(t, stats.Late)
	require.Len(t, p.played, 490)
	require.InDelta(t, 200*ms, p.concealed+p.waited-(13*ms+3*20*ms), float64(50*ms))
}

// A single packet that is far too late is left out and concealed; it does not
// hold up those behind it.
func TestLatePacketIsDropped(t *testing.T) {
	s, p := &sender{}, newPlayer(0)
	arrivals := s.send(500, steady)
	arrivals[250].at += 400 * ms
	p.play(arrivals, s.next+100*ms)
	p.requireOrder(t)
	require.EqualValues(t, 1, p.stats().Late)
	require.Zero(t, p.stats().Lost)
	require.Len(t, p.played, 499)
	require.LessOrEqual(t, largest(p.delays[200:]), 43*ms)
}

// Sequence number and timestamp wrap within the talk, and every packet is
// played.
func TestWraps(t *testing.T) {
	s, p := &sender{seq: 65530, timestamp: 1<<32 - 1000}, newPlayer(0)
	p.play(s.send(70000, steady), s.next)
	p.requireOrder(t)
	require.Len(t, p.played, 70000)
	require.Zero(t, p.stats().Lost)
	report, ok := p.buffer.Report()
	require.True(t, ok)
	require.EqualValues(t, 65530+69999, report.HighestSeq)
	require.Zero(t, report.CumulativeLost)
}

// What begins anew, in any of its counters, is played at once, and nothing is
// lost by it.
func TestBeginsAnew(t *testing.T) {
	for name, change := range map[string]func(*sender){
		"another source":            func(s *sender) { s.ssrc, s.seq, s.timestamp = 77, 40000, 3<<30 },
		"same numbers, new source":  func(s *sender) { s.ssrc = 77 },
		"timestamp leaps ahead":     func(s *sender) { s.timestamp += 1 << 29 },
		"timestamp a little ahead":  func(s *sender) { s.timestamp += 2000 },
		"timestamp leaps back":      func(s *sender) { s.timestamp -= 1 << 29 },
		"timestamp a little back":   func(s *sender) { s.timestamp -= 4000 },
		"timestamp half way round":  func(s *sender) { s.timestamp += 1 << 31 },
		"sequence leaps":            func(s *sender) { s.seq += 20000 },
		"sequence leaps back":       func(s *sender) { s.seq -= 500 },
		"both leap, same source":    func(s *sender) { s.seq, s.timestamp = s.seq-50, s.timestamp+1<<28 },
		"clock stood in a pause":    func(s *sender) { s.next += 5 * time.Second },
		"new source after a pause":  func(s *sender) { s.next += 5 * time.Second; s.ssrc = 77 },
		"new source, same sequence": func(s *sender) { s.ssrc, s.timestamp = 77, 5 },
	} {
		t.Run(name, func(t *testing.T) {
			s, p := &sender{seq: 1000, timestamp: 1 << 30}, newPlayer(0)
			arrivals := s.send(500, steady)
			change(s)
			at := s.next + 10*ms
			arrivals = append(arrivals, s.send(500, steady)...)
			p.play(arrivals, s.next+100*ms)
			p.requireOrder(t)
			require.Len(t, p.played, 1000)
			require.Zero(t, p.stats().Lost)
			require.InDelta(t, at, p.played[500].at, float64(40*ms), "the first packet was not played at once")
			require.LessOrEqual(t, largest(p.delays[450:]), 60*ms)
			require.LessOrEqual(t, p.delays[len(p.delays)-1], 36*ms)
		})
	}
}

// Pauses of a sender that suppresses silence are no loss, and what comes after
// them is not held longer than before.
func TestTalkSpurts(t *testing.T) {
	for _, marked := range []bool{true, false} {
		for _, pause := range []time.Duration{20 * ms, 100 * ms, 3 * time.Second, time.Minute} {
			t.Run(fmt.Sprintf("pause of %v, marked %v", pause, marked), func(t *testing.T) {
				s, p := &sender{}, newPlayer(0)
				var arrivals []arrival
				for range 10 {
					spurt := s.send(100, steady)
					spurt[0].Marker = marked
					arrivals = append(arrivals, spurt...)
					s.pause(pause)
				}
				p.play(arrivals, s.next+100*ms)
				p.requireOrder(t)
				require.Len(t, p.played, 1000)
				require.Zero(t, p.stats().Lost)
				require.Zero(t, p.concealed)
				require.LessOrEqual(t, largest(p.delays[200:]), 36*ms)
			})
		}
	}
}

// An outage, whose packets are lost or come in a heap, ends with the outage.
func TestOutage(t *testing.T) {
	for _, length := range []time.Duration{60 * ms, 150 * ms, 500 * ms, 5 * time.Second} {
		for _, heap := range []bool{true, false} {
			t.Run(fmt.Sprintf("%v, heap %v", length, heap), func(t *testing.T) {
				s, p := &sender{}, newPlayer(0)
				p.grain = 4 * ms
				arrivals := s.send(500, steady)
				over := s.next + length + 10*ms
				kept := arrivals
				for _, a := range s.send(1500, steady) {
					if a.at >= over {
						kept = append(kept, a)
					} else if heap {
						a.at = over
						kept = append(kept, a)
					}
				}
				p.play(kept, s.next)
				p.requireOrder(t)
				first := 0
				for p.played[first].at < over {
					first++
				}
				require.Less(t, p.played[first].at-over, 40*ms)
				require.LessOrEqual(t, largest(p.delays), jitter.Most)
				require.LessOrEqual(t, p.delays[len(p.delays)-1], 36*ms)
				require.Equal(t, heap, p.stats().Lost == 0)
			})
		}
	}
}

// The first packets come in a heap when the socket was not read at first: the
// delay does not remember that.
func TestHeapAtTheStart(t *testing.T) {
	s, p := &sender{}, newPlayer(0)
	arrivals := s.send(500, steady)
	for i := range 10 {
		arrivals[i].at = arrivals[10].at
	}
	p.play(arrivals, s.next+100*ms)
	p.requireOrder(t)
	require.LessOrEqual(t, largest(p.delays[200:]), 36*ms)
}

// An hour with clocks that differ by more than clocks do.
func TestDrift(t *testing.T) {
	for _, ppm := range []float64{200, -200} {
		for _, run := range []time.Duration{10 * ms, 20 * ms} {
			t.Run(fmt.Sprintf("%+v ppm in runs of %v", ppm, run), func(t *testing.T) {
				random := rand.New(rand.NewPCG(5, 6))
				s, p := &sender{ppm: ppm}, newPlayer(0)
				p.run, p.grain = run, 4*ms
				p.play(s.send(180000, uneven(random, 2*ms, 0)), 59*time.Minute)
				p.requireOrder(t)
				require.LessOrEqual(t, largest(p.delays[1000:]), 30*ms+run+6*ms)
				require.LessOrEqual(t, p.waited, 50*ms, "sound was made up")
				require.Zero(t, p.stats().Late)
				corrected := p.cut - p.put
				if ppm < 0 {
					corrected = -corrected
				}
				require.InDelta(t, 708*ms, corrected, float64(40*ms))
			})
		}
	}
}

// A device that takes several runs at once, or irregularly, is given the delay
// that this needs, and no more.
func TestUnevenPulls(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for name, c := range map[string]struct {
		early func(*player) func() time.Duration
		most  time.Duration
	}{
		"two at once": {func(p *player) func() time.Duration {
			return func() time.Duration { return p.now % (20 * ms) / (10 * ms) * 10 * ms }
		}, 45 * ms},
		"four at once": {func(p *player) func() time.Duration {
			return func() time.Duration { return p.now % (40 * ms) / (10 * ms) * 10 * ms }
		}, 65 * ms},
		"some early": {func(*player) func() time.Duration {
			return func() time.Duration { return time.Duration(random.IntN(9)) * ms }
		}, 45 * ms},
	} {
		t.Run(name, func(t *testing.T) {
			s, p := &sender{}, newPlayer(0)
			p.early = c.early(p)
			p.play(s.send(1500, steady), s.next)
			p.requireOrder(t)
			require.GreaterOrEqual(t, len(p.played), 1495)
			require.LessOrEqual(t, mean(p.delays[500:]), c.most)
			require.LessOrEqual(t, p.waited, 130*ms)
			require.LessOrEqual(t, p.cut+p.put, 150*ms)
		})
	}
}

// Packets that bring no sound take their sequence numbers, and are no loss.
func TestPacketsWithoutSound(t *testing.T) {
	s, p := &sender{}, newPlayer(0)
	arrivals := s.send(300, steady)
	for i := 100; i < 120; i++ {
		arrivals[i].Timestamp = arrivals[100].Timestamp
		arrivals[i].Payload = nil
	}
	p.play(arrivals, s.next+100*ms)
	p.requireOrder(t)
	require.Len(t, p.played, 280)
	require.Zero(t, p.stats().Lost)
	require.Zero(t, p.concealed)
}

// What Get gave stays as it is while packets are put.
func TestPayloadStays(t *testing.T) {
	b := jitter.New(clockRate, 20*ms)
	now := origin
	put := func(i int) {
		b.Put(now, jitter.Packet{Seq: uint16(i), Timestamp: uint32(i * 160), Payload: []byte{byte(i), byte(i)}})
	}
	put(0)
	now = now.Add(30 * ms)
	answer := b.Get(jitter.Pull{Now: now})
	require.Equal(t, jitter.Play, answer.Action)
	for i := 1; i < 1000; i++ {
		put(i)
	}
	require.Equal(t, []byte{0, 0}, answer.Packet.Payload)
}

// A flood that nobody pulls is held to what the buffer has room for, and what
// is played after it is the newest.
func TestFlood(t *testing.T) {
	b := jitter.New(clockRate, 20*ms)
	const count = 100000
	payload := make([]byte, 160)
	for i := range count {
		b.Put(origin.Add(time.Duration(i)*time.Microsecond), jitter.Packet{Seq: uint16(i), Timestamp: uint32(i * 160), Payload: payload})
	}
	stats := b.Stats(origin.Add(time.Second))
	require.EqualValues(t, count, stats.Received)
	require.GreaterOrEqual(t, stats.Discarded, uint64(count-128))

	b.Put(origin.Add(time.Second), jitter.Packet{Payload: make([]byte, 1<<16)})
	require.Equal(t, stats.Discarded+1, b.Stats(origin.Add(time.Second)).Discarded)

	played := 0
	for range 1000 {
		if b.Get(jitter.Pull{Now: origin.Add(2 * time.Second)}).Action == jitter.Play {
			played++
		}
	}
	require.Positive(t, played)
	require.LessOrEqual(t, played, 128)
}

// A buffer that was not pulled for a while goes on with what is new.
func TestNotPulledForAWhile(t *testing.T) {
	s, p := &sender{}, newPlayer(0)
	p.play(s.send(500, steady), s.next)
	arrivals := s.send(500, steady)
	for len(arrivals) > 400 {
		p.buffer.Put(origin.Add(arrivals[0].at), arrivals[0].Packet)
		arrivals = arrivals[1:]
	}
	p.now = arrivals[0].at
	p.play(arrivals, s.next+100*ms)
	p.requireOrder(t)
	require.LessOrEqual(t, largest(p.delays[1001:]), 45*ms)
	require.EqualValues(t, 1000-len(p.played), p.stats().Late)
}

// Once every slot has held a packet, nothing is allocated.
func TestNoAllocation(t *testing.T) {
	s, p := &sender{}, newPlayer(0)
	p.play(s.send(500, steady), s.next)
	next := s.send(1001, steady)
	require.Zero(t, testing.AllocsPerRun(1000, func() {
		at := origin.Add(next[0].at)
		p.buffer.Put(at, next[0].Packet)
		p.buffer.Get(jitter.Pull{Now: at.Add(10 * ms), Run: 20 * ms})
		next = next[1:]
	}))
}
