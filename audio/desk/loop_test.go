package desk_test

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/device"
	"github.com/callward/callward/audio/ring"
	"github.com/callward/callward/test/pulse"
)

// echo says what it hears, as a far end with no delay would. It never keeps more
// than a period back, whatever hiccup there was.
type echo struct{ *ring.Ring }

func newEcho() echo { return echo{ring.New(1 << 15)} }

func (e echo) Push(f audio.Frame) { e.Write(f) }

func (e echo) Pull(f audio.Frame) {
	for e.Len() > len(f)+device.Period {
		e.Read(f)
	}
	f[e.Read(f):].Silence()
}

// The bound leaves room for the race detector and a busy machine; the figure
// itself is the benchmark's.
func TestSoundGoesRoundInTime(t *testing.T) {
	server := pulse.New(t)
	l := newLab(t)
	e := newEcho()
	l.Attach(e)
	latency, err := server.Loop(5)
	require.NoError(t, err)
	t.Logf("microphone to speaker: %v", latency.Delays)
	require.Less(t, latency.Median(), 100*time.Millisecond)
	l.Detach(e)
}

// BenchmarkLoop tells how long sound takes from the microphone through a party and
// back to the speaker, and what an idle call costs: go test -bench Loop -benchtime 1x.
func BenchmarkLoop(b *testing.B) {
	server := pulse.New(b)
	l := newLab(b)
	e := newEcho()
	l.Attach(e)
	var delays []time.Duration
	var busy, whole time.Duration
	for b.Loop() {
		time.Sleep(2 * time.Second) // the devices are open and the ticks have settled
		before, start := processorTime(b), time.Now()
		time.Sleep(10 * time.Second)
		busy, whole = busy+processorTime(b)-before, whole+time.Since(start)
		latency, err := server.Loop(10)
		require.NoError(b, err)
		delays = append(delays, latency.Delays...)
	}
	slices.Sort(delays)
	b.ReportMetric(float64(delays[len(delays)/2].Microseconds())/1000, "ms/loop")
	b.ReportMetric(100*busy.Seconds()/whole.Seconds(), "%core")
	l.Detach(e)
}

// processorTime is what the process has used so far, in ticks of 10 ms.
func processorTime(b *testing.B) time.Duration {
	stat, err := os.ReadFile("/proc/self/stat")
	require.NoError(b, err)
	var user, system int64
	var skip string
	fields := []any{&skip, &skip, &skip, &skip, &skip, &skip, &skip, &skip, &skip, &skip, &skip, &skip, &skip, &user, &system}
	_, err = fmt.Sscan(string(stat), fields...)
	require.NoError(b, err)
	return time.Duration(user+system) * 10 * time.Millisecond
}
