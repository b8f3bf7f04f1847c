package jitter_test

import (
	"encoding/binary"
	"math/rand/v2"
	"sort"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio/jitter"
)

const clockRate = 8000

// arrival is a packet and when it comes.
type arrival struct {
	at time.Duration
	jitter.Packet
}

// sender makes the packets of one source.
type sender struct {
	ssrc      uint32
	seq       uint16
	timestamp uint32
	packet    time.Duration // 0 is 20 ms
	ppm       float64       // how much its clock is fast
	next      time.Duration // when the next packet leaves
	sent      int
}

// send makes n packets that take delay() each to come; negative is lost. Each
// payload says which it is.
func (s *sender) send(n int, delay func() time.Duration) []arrival {
	if s.packet == 0 {
		s.packet = 20 * time.Millisecond
	}
	var out []arrival
	for range n {
		p := jitter.Packet{Seq: s.seq, Timestamp: s.timestamp, SSRC: s.ssrc, Marker: s.sent == 0}
		p.Payload = binary.BigEndian.AppendUint32(nil, uint32(s.sent))
		if d := delay(); d >= 0 {
			out = append(out, arrival{s.next + d, p})
		}
		s.seq++
		s.timestamp += uint32(s.packet * clockRate / time.Second)
		s.sent++
		s.next += time.Duration(float64(s.packet) / (1 + s.ppm*1e-6))
	}
	return out
}

// pause lets time pass in which nothing is sent, as silence suppression does.
func (s *sender) pause(d time.Duration) {
	s.next += d
	s.timestamp += uint32(d * clockRate / time.Second)
}

func steady() time.Duration { return 10 * time.Millisecond }

// uneven is a network that delays by 10 ms and up to spread more.
func uneven(random *rand.Rand, spread time.Duration, loss float64) func() time.Duration {
	return func() time.Duration {
		if random.Float64() < loss {
			return -1
		}
		return 10*time.Millisecond + time.Duration(random.Float64()*float64(spread))
	}
}

// player pulls sound on its own clock, as a device does, and notes what it got.
type player struct {
	buffer *jitter.Buffer
	packet time.Duration
	run    time.Duration // 0 is 10 ms
	grain  time.Duration // stretches come in multiples of this, as periods; 0 is any
	early  func() time.Duration

	now       time.Duration
	kept      time.Duration
	played    []played
	waited    time.Duration
	concealed time.Duration
	cut       time.Duration
	put       time.Duration
	delays    []time.Duration // by pull
	targets   []time.Duration
}

type played struct {
	at time.Duration
	jitter.Packet
}

var origin = time.Unix(1e9, 0)

func newPlayer(packet time.Duration) *player {
	if packet == 0 {
		packet = 20 * time.Millisecond
	}
	return &player{
		buffer: jitter.New(clockRate, 20*time.Millisecond), packet: packet,
		run: 10 * time.Millisecond, now: 3 * time.Millisecond,
	}
}

// play runs the arrivals into the buffer and pulls until the end.
func (p *player) play(arrivals []arrival, until time.Duration) {
	sort.SliceStable(arrivals, func(i, j int) bool { return arrivals[i].at < arrivals[j].at })
	for ; p.now < until; p.now += p.run {
		pullAt := p.now
		if p.early != nil {
			pullAt -= p.early()
		}
		for len(arrivals) > 0 && arrivals[0].at <= pullAt {
			p.buffer.Put(origin.Add(arrivals[0].at), arrivals[0].Packet)
			arrivals = arrivals[1:]
		}
		p.pull(pullAt)
	}
}

func (p *player) pull(at time.Duration) {
	ask := jitter.Pull{Now: origin.Add(at), Run: p.run, Kept: p.kept}
	for p.kept < p.run {
		a := p.buffer.Get(ask)
		switch a.Action {
		case jitter.Wait:
			p.waited += a.Duration
			p.kept += a.Duration
		case jitter.Conceal:
			p.concealed += a.Duration
			p.kept += a.Duration
		case jitter.Play:
			packet := a.Packet
			packet.Payload = append([]byte(nil), packet.Payload...)
			p.played = append(p.played, played{at, packet})
			p.kept += p.packet - p.stretch(a.Stretch)
		}
	}
	p.kept -= p.run
	s := p.buffer.Stats(origin.Add(at))
	p.delays = append(p.delays, s.Delay)
	p.targets = append(p.targets, s.Target)
}

// stretch does what is advised as far as a period allows.
func (p *player) stretch(advice time.Duration) time.Duration {
	limit := p.packet - 5*time.Millisecond
	advice = max(-limit, min(limit, advice))
	if p.grain > 0 {
		advice -= advice % p.grain
	}
	if advice > 0 {
		p.cut += advice
	} else {
		p.put -= advice
	}
	return advice
}

func (p *player) stats() jitter.Stats { return p.buffer.Stats(origin.Add(p.now)) }

// numbers is which packets were played.
func (p *player) numbers() []uint32 {
	var out []uint32
	for _, packet := range p.played {
		out = append(out, binary.BigEndian.Uint32(packet.Payload))
	}
	return out
}

// requireOrder fails unless every packet was played after the one before it.
func (p *player) requireOrder(t *testing.T) {
	t.Helper()
	numbers := p.numbers()
	for i := 1; i < len(numbers); i++ {
		require.Greater(t, numbers[i], numbers[i-1], "at %d", i)
	}
}

func mean(ds []time.Duration) time.Duration {
	var sum time.Duration
	for _, d := range ds {
		sum += d
	}
	return sum / time.Duration(max(1, len(ds)))
}

func largest(ds []time.Duration) time.Duration {
	var most time.Duration
	for _, d := range ds {
		most = max(most, d)
	}
	return most
}
