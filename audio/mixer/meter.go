package mixer

import (
	"math"
	"sync/atomic"

	"github.com/callward/callward/audio"
)

// Quietest is the level of silence in dBov, the lowest that RFC 6464 can tell.
const Quietest = -127.0

// What a Meter looks back on, at audio.DeskRate: 240 ms in blocks of 20 ms.
const (
	meterBlock  = audio.DeskRate / 50
	meterBlocks = 12
)

// Meter tells how loud the last quarter second was. The goroutine that mixes
// calls Add and Reset, any one Level; nobody waits for the other. The zero value
// has heard nothing.
type Meter struct {
	blocks [meterBlocks]uint64 // sums of squares, the oldest at next
	next   int
	block  uint64 // the sum of squares of the block under way
	filled int    // its samples so far

	sum atomic.Uint64 // of blocks
}

// Add takes f into account.
func (m *Meter) Add(f audio.Frame) {
	for len(f) > 0 {
		n := min(len(f), meterBlock-m.filled)
		for _, x := range f[:n] {
			m.block += uint64(int32(x) * int32(x))
		}
		f = f[n:]
		if m.filled += n; m.filled == meterBlock {
			m.turn()
		}
	}
}

// turn replaces the oldest block by the one under way, which is complete.
func (m *Meter) turn() {
	m.sum.Store(m.sum.Load() - m.blocks[m.next] + m.block)
	m.blocks[m.next] = m.block
	m.next = (m.next + 1) % meterBlocks
	m.block, m.filled = 0, 0
}

// Reset forgets what was heard.
func (m *Meter) Reset() {
	m.blocks, m.block, m.filled = [meterBlocks]uint64{}, 0, 0
	m.sum.Store(0)
}

// Level returns how loud the last quarter second was in dBov, from Quietest to
// 0: its root mean square beside that of a square wave at full scale (RFC 6464,
// section 3).
func (m *Meter) Level() float64 {
	sum := m.sum.Load()
	if sum == 0 {
		return Quietest
	}
	const loudest = meterBlocks * meterBlock * 32768 * 32768
	return max(Quietest, 10*math.Log10(float64(sum)/loudest))
}
