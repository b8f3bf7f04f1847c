package desk

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/device"
)

// Whatever the microphone's clock and the length of its runs, the ticks come to be
// where each takes one period and little waits.
func TestTicksFollowTheMicrophone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		run := rapid.SampledFrom([]int{48, 59, 120, 160, 240, 256, 320, 480, device.Period}).Draw(t, "run")
		drift := 1 + float64(rapid.IntRange(-200, 200).Draw(t, "ppm"))/1e6
		lasts := time.Duration(float64(run) * drift * float64(time.Second) / audio.DeskRate)
		start := time.Unix(1000, 0)
		first := start.Add(time.Duration(rapid.IntRange(0, 20000).Draw(t, "phase")) * time.Microsecond)

		var p pace
		var mic phase
		now := start.Add(p.start(start))
		for tick := range 500 {
			turns := uint64(max(0, now.Sub(first)/lasts))
			left, periods := int(turns)*run-int(mic.taken), 0
			for ; left >= device.Period; left -= device.Period {
				mic.taken += device.Period
				periods++
			}
			late := mic.after(turns, left, now.Sub(first.Add(time.Duration(turns)*lasts)))
			wait := p.next(now, late)
			require.InDelta(t, period.Seconds(), wait.Seconds(), pull.Seconds()+1e-6)
			now = now.Add(wait)
			if tick > 150 {
				require.Equal(t, 1, periods, "tick %d", tick)
				require.LessOrEqual(t, left, settled+mostUneven, "tick %d", tick)
			}
		}
	})
}

func TestTicksWithoutAMicrophoneAreEven(t *testing.T) {
	now := time.Unix(1000, 0)
	var p pace
	require.Zero(t, p.start(now))
	for range 10 {
		late := 3 * time.Millisecond
		wait := p.next(now.Add(late), 0)
		require.Equal(t, period-late, wait, "a late tick does not delay the next")
		now = now.Add(period)
	}
	require.Zero(t, p.next(now.Add(time.Hour), 0), "after a long sleep")
	require.Equal(t, period, p.next(now.Add(time.Hour), 0), "missed ticks are not made up for")
}

func TestQueueGrowsWithLateTicksAndShrinksAgain(t *testing.T) {
	l := lateness{allowed: leastLate, fresh: settling}
	missed := uint64(1000)
	ticks := func(n int, gap uint64) {
		for range n {
			missed += gap
			l.adapt(missed)
		}
	}
	ticks(settling, 960)
	require.Equal(t, leastLate, l.allowed, "a queue that was empty at first says nothing")
	ticks(1+settling, 240)
	require.Equal(t, leastLate+lateStep, l.allowed, "one gap counts once")
	ticks(100, 1)
	require.Equal(t, mostLate, l.allowed)
	ticks(forgiven-settling, 0)
	require.Equal(t, mostLate, l.allowed)
	ticks(settling+1, 0)
	require.Equal(t, mostLate-lateStep, l.allowed)
	ticks(100*forgiven, 0)
	require.Equal(t, leastLate, l.allowed)
}

// Each tick queues a period while the queue stays within bounds, and comes back
// where it does not.
func TestAmountToQueue(t *testing.T) {
	const run = 240
	l := lateness{allowed: 120}
	require.Equal(t, 960+420, l.amount(0, run), "an empty queue")
	require.Equal(t, 960, l.amount(120, run))
	require.Equal(t, 960, l.amount(720, run))
	require.Equal(t, 960+420-721, l.amount(721, run), "a full one")
	require.Zero(t, l.amount(5000, run))
}
