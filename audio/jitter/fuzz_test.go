package jitter

import (
	"encoding/binary"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// FuzzPutGet feeds packets and pulls of any kind. Five bytes are one move.
func FuzzPutGet(f *testing.F) {
	f.Add([]byte{})
	steady := []byte{}
	for range 200 {
		steady = append(steady, 0, 1, 0, 0, 0, 1, 20, 10, 0, 0)
	}
	f.Add(steady)
	f.Add([]byte{0, 1, 0, 0, 0, 0, 200, 9, 1, 1, 3, 0, 0, 0, 0, 1, 255, 255, 0, 0, 2, 9, 9, 9, 9, 1, 20, 20, 20, 0})
	f.Fuzz(func(t *testing.T, moves []byte) {
		m := machine{t: t, buffer: New(8000, 20*time.Millisecond), now: time.Unix(1, 0), given: map[uint32]bool{}}
		for ; len(moves) >= 5; moves = moves[5:] {
			m.move(moves[0], moves[1], moves[2], binary.BigEndian.Uint16(moves[3:]))
		}
		m.drain()
	})
}

// machine is a buffer with what is known of it from outside, and the index
// that it played last.
type machine struct {
	t      *testing.T
	buffer *Buffer
	now    time.Time

	packet    Packet
	put       uint32
	soundless uint64
	given     map[uint32]bool
	last      int64
}

func (m *machine) move(kind, a, b byte, c uint16) {
	switch kind % 5 {
	case 0: // the next packet, or one near it
		m.packet.Seq += uint16(int8(a))
		m.packet.Timestamp += uint32(160*int32(int8(a)) + int32(int16(c)))
		m.packet.Marker = b&1 != 0
		m.receive(b&2 != 0)
	case 1: // time passes, and sound is pulled
		m.now = m.now.Add(time.Duration(a) * time.Millisecond)
		m.pull(Pull{Now: m.now, Run: time.Duration(b%40) * time.Millisecond, Kept: time.Duration(c%20) * time.Millisecond})
	case 2: // everything leaps
		m.packet.Seq += c
		m.packet.Timestamp += uint32(a)<<24 + uint32(b)<<12
		m.packet.SSRC += uint32(a & 1)
		m.receive(b&2 != 0)
	case 3: // a long time passes
		m.now = m.now.Add(time.Duration(c) * time.Second)
	case 4: // a heap
		for range a {
			m.packet.Seq++
			m.packet.Timestamp += uint32(c)
			m.receive(false)
		}
	}
	m.check()
}

func (m *machine) receive(soundless bool) {
	m.packet.Payload = nil
	if soundless {
		m.soundless++
	} else {
		m.packet.Payload = binary.BigEndian.AppendUint32(nil, m.put)
	}
	m.buffer.Put(m.now, m.packet)
	m.put++
}

func (m *machine) pull(p Pull) Answer {
	answer := m.buffer.Get(p)
	if answer.Action != Play {
		require.Positive(m.t, answer.Duration)
		require.LessOrEqual(m.t, answer.Duration, maxStep)
		return answer
	}
	id := binary.BigEndian.Uint32(answer.Packet.Payload)
	require.False(m.t, m.given[id], "played twice")
	m.given[id] = true
	require.Greater(m.t, m.buffer.next, m.last, "played out of order")
	m.last = m.buffer.next
	return answer
}

func (m *machine) check() {
	stats := m.buffer.Stats(m.now)
	require.EqualValues(m.t, m.put, stats.Received)
	gone := uint64(len(m.given)) + stats.Late + stats.Duplicate + stats.Discarded
	require.LessOrEqual(m.t, gone, stats.Received)
	require.LessOrEqual(m.t, stats.Received, gone+m.soundless+capacity)
	require.GreaterOrEqual(m.t, stats.Target, Least)
	require.GreaterOrEqual(m.t, stats.Delay, time.Duration(0))
	m.buffer.Report()
}

// drain pulls until nothing is left, which may not take more than there is
// room for.
func (m *machine) drain() {
	m.now = m.now.Add(time.Hour)
	played := 0
	for range 4 * capacity {
		if m.pull(Pull{Now: m.now}).Action == Play {
			played++
		}
	}
	require.LessOrEqual(m.t, played, capacity)
	m.check()
}
