package jitter_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callward/callward/audio/jitter"
)

// Whatever a network does to an honest sender's packets: they are played in
// order and once, counted exactly, and not held too long.
func TestAnyNetwork(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := &sender{
			seq:       rapid.Uint16().Draw(t, "seq"),
			timestamp: rapid.Uint32().Draw(t, "timestamp"),
			packet:    rapid.SampledFrom([]time.Duration{10 * ms, 20 * ms, 30 * ms, 40 * ms}).Draw(t, "packet"),
			ppm:       rapid.Float64Range(-300, 300).Draw(t, "ppm"),
		}
		p := newPlayer(s.packet)
		p.run = rapid.SampledFrom([]time.Duration{5 * ms, 10 * ms, 20 * ms}).Draw(t, "run")
		p.grain = rapid.SampledFrom([]time.Duration{0, 3 * ms, 7 * ms}).Draw(t, "grain")
		spread := rapid.IntRange(0, 150).Draw(t, "spread")
		loss := rapid.IntRange(0, 30).Draw(t, "loss")
		twice := rapid.IntRange(0, 10).Draw(t, "twice")

		draw := rapid.IntRange(0, 99)
		arrivals := s.send(rapid.IntRange(2, 400).Draw(t, "count"), func() time.Duration {
			if draw.Draw(t, "loss") < loss {
				return -1
			}
			return time.Duration(spread*draw.Draw(t, "delay")/100) * ms
		})
		if len(arrivals) == 0 {
			return
		}
		missing := missingBetween(arrivals)
		unique := len(arrivals)
		for _, a := range arrivals {
			if draw.Draw(t, "twice") < twice {
				a.at += time.Duration(draw.Draw(t, "later")) * ms
				arrivals = append(arrivals, a)
			}
		}
		p.play(arrivals, s.next+time.Second)

		numbers := p.numbers()
		for i := 1; i < len(numbers); i++ {
			require.Greater(t, numbers[i], numbers[i-1])
		}
		stats := p.stats()
		require.EqualValues(t, len(arrivals), stats.Received)
		require.EqualValues(t, len(arrivals)-unique, stats.Duplicate)
		require.EqualValues(t, unique-len(numbers), stats.Late)
		require.EqualValues(t, missing, stats.Lost)
		require.Zero(t, stats.Discarded)
		require.LessOrEqual(t, largest(p.delays), jitter.Most+s.packet+p.run)
		require.LessOrEqual(t, largest(p.targets), jitter.Most)
	})
}

// missingBetween is how many packets between the first and the last in order
// did not come.
func missingBetween(arrivals []arrival) int {
	first, last := arrivals[0].Seq, arrivals[len(arrivals)-1].Seq
	return int(last-first) + 1 - len(arrivals)
}
