package media

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio"
)

// counter counts what the clock does with it.
type counter struct {
	pulls, pushes int
	slow          time.Duration // how long the first pull lasts
}

func (c *counter) Pull(audio.Frame) {
	if c.pulls++; c.pulls == 1 {
		time.Sleep(c.slow)
	}
}

func (c *counter) Push(f audio.Frame) {
	c.pushes++
	for _, s := range f {
		if s != 0 {
			panic("the clock says something")
		}
	}
}

// withClock runs a test on a clock whose time is the test's.
func withClock(t *testing.T, test func(t *testing.T, c *Clock)) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		c := NewClock()
		go func() { _ = c.Run(ctx) }() // the bubble waits for its end
		test(t, c)
	})
}

func TestClockBeats(t *testing.T) {
	withClock(t, func(t *testing.T, c *Clock) {
		p, q := &counter{}, &counter{}
		c.Attach(p)
		c.Attach(p)
		time.Sleep(time.Second + time.Millisecond)
		c.Attach(q)
		time.Sleep(time.Second)
		c.Detach(p)
		require.Equal(t, counter{pulls: 100, pushes: 100}, *p)
		time.Sleep(time.Second)
		c.Detach(q)
		require.Equal(t, counter{pulls: 100, pushes: 100}, *q)
		require.Equal(t, 100, p.pulls, "touched after Detach")

		time.Sleep(time.Hour)
		c.Attach(p)
		time.Sleep(time.Second + time.Millisecond)
		c.Detach(p)
		require.Equal(t, 150, p.pulls, "the hour without is not made up for")
	})
}

func TestClockCatchesUp(t *testing.T) {
	withClock(t, func(t *testing.T, c *Clock) {
		p := &counter{slow: 90 * time.Millisecond}
		c.Attach(p)
		time.Sleep(time.Second + time.Millisecond)
		c.Detach(p)
		require.Equal(t, 50, p.pulls, "the beats that were missed are made up for")
	})
}

func TestClockDetachWaits(t *testing.T) {
	withClock(t, func(t *testing.T, c *Clock) {
		p := &counter{slow: 10 * time.Millisecond}
		c.Attach(p)
		time.Sleep(25 * time.Millisecond)
		start := time.Now()
		c.Detach(p)
		require.Equal(t, 5*time.Millisecond, time.Since(start), "the pull under way ends first")
		require.Equal(t, p.pulls, p.pushes)
	})
}

func TestClockWithoutRun(t *testing.T) {
	c := NewClock()
	p := &counter{}
	c.Attach(p)
	c.Detach(p)
	require.Zero(t, p.pulls)
}
