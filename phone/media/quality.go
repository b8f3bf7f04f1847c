package media

import (
	"time"

	"github.com/callward/callward/audio/jitter"
	"github.com/callward/callward/phone"
)

// lossSeconds is over how long loss is measured: 1 % is then five packets.
const lossSeconds = 10

// lossWindow is the packet counts of the last seconds. It is owned by the
// session's goroutine.
type lossWindow struct {
	counts [lossSeconds]lossCount
	next   int
}

type lossCount struct{ came, lost uint64 }

// share takes the counts of this second and returns the share that was lost
// since the oldest ones.
func (w *lossWindow) share(now lossCount) float64 {
	oldest := w.counts[w.next]
	if now.came < oldest.came || now.lost < oldest.lost { // counted anew, with another codec
		*w, oldest = lossWindow{}, lossCount{}
	}
	w.counts[w.next] = now
	w.next = (w.next + 1) % lossSeconds
	came, lost := now.came-oldest.came, now.lost-oldest.lost
	if came+lost == 0 {
		return 0
	}
	return float64(lost) / float64(came+lost)
}

// quality tells how the stream does. It is to be called every second.
func (s *Stream) quality(now time.Time, loss *lossWindow) phone.Quality {
	stats := s.stats(now)
	s.reports.mu.Lock()
	defer s.reports.mu.Unlock()
	return phone.Quality{
		Loss:      loss.share(lossCount{stats.Received - stats.Duplicate, stats.Lost}),
		Jitter:    s.reports.jitter,
		RoundTrip: s.reports.roundTrip,
		Delay:     stats.Delay,
	}
}

func (s *Stream) stats(now time.Time) jitter.Stats {
	p := s.pipeline.Load()
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.buffer.Stats(now)
}
