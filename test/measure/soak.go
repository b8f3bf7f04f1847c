package measure

import (
	"fmt"
	"time"

	"github.com/callward/callward/test/proc"
)

// Growth is what many calls in a row leave behind: what the phone uses at rest after the first of them and after the last,
// and how long it takes to ring.
type Growth struct {
	Calls               int
	Before, After       proc.Usage
	RingFirst, RingLast time.Duration
}

// settle is how long a phone has to put away what belonged to its last call: sockets that linger, timers of transactions
// (RFC 3261, 17: 32 s for those that may last longest), and then their memory.
const settle = 60 * time.Second

// Soak makes n calls in a row to the phone of process pid, each answered by answer, and ended by the caller. What it uses
// is looked at after the first of them, so many that all is there that it needs, and after the last.
func Soak(p *Probe, pid, first, n int, answer func() error) (Growth, error) {
	g := Growth{Calls: n}
	tenth := max(1, n/10)
	var rings []time.Duration
	for i := range n {
		rang, err := p.Call(answer)
		if err != nil {
			return g, fmt.Errorf("call %d of %d: %w", i+1, n, err)
		}
		rings = append(rings, rang)
		if i+1 == max(1, first) {
			if g.Before, err = rested(pid); err != nil {
				return g, err
			}
		}
	}
	var err error
	if g.After, err = rested(pid); err != nil {
		return g, err
	}
	g.RingFirst, g.RingLast = Median(rings[:tenth]), Median(rings[n-tenth:])
	return g, nil
}

// rested is what a phone uses once it has settled.
func rested(pid int) (proc.Usage, error) {
	time.Sleep(settle)
	return proc.UsageOf(pid)
}

// String says it in words.
func (g Growth) String() string {
	return fmt.Sprintf("%d calls: memory %d to %d MB, sockets %d to %d, files %d to %d, threads %d to %d, rings in %.2f to %.2f ms",
		g.Calls, g.Before.Resident>>20, g.After.Resident>>20, g.Before.Sockets, g.After.Sockets, g.Before.Files, g.After.Files,
		g.Before.Threads, g.After.Threads, float64(g.RingFirst)/1e6, float64(g.RingLast)/1e6)
}
