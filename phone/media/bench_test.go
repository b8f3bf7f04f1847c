package media_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/media"
)

// pacer is a desk at the pace of a sound device: it serves one party in short
// runs, with a person at the other side of it.
type pacer struct {
	every  time.Duration
	person audio.Party
	cancel context.CancelFunc
	done   sync.WaitGroup
}

func (d *pacer) Attach(p audio.Party) {
	ctx, cancel := context.WithCancel(context.Background())
	d.cancel = cancel
	d.done.Go(func() {
		ticker := time.NewTicker(d.every)
		defer ticker.Stop()
		f := make(audio.Frame, d.every*audio.DeskRate/time.Second)
		for start, n := time.Now(), 0; ctx.Err() == nil; <-ticker.C {
			for ; time.Duration(n)*d.every <= time.Since(start); n++ {
				d.person.Pull(f)
				p.Push(f)
				p.Pull(f)
				d.person.Push(f)
			}
		}
	})
}

func (d *pacer) Detach(audio.Party) {
	d.cancel()
	d.done.Wait()
}

// clapper claps now and then, and takes the time until it hears the clap.
type clapper struct {
	mu     sync.Mutex
	runs   int
	said   time.Time // zero while no clap is under way
	delays []time.Duration
}

// Pull claps every half second.
func (c *clapper) Pull(f audio.Frame) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f.Silence()
	c.runs += len(f)
	if c.runs >= audio.DeskRate/2 {
		c.runs, c.said = 0, time.Now()
		for i := range f {
			f[i] = 16000 * int16(i/24%2*2-1)
		}
	}
}

// Push listens for the clap.
func (c *clapper) Push(f audio.Frame) {
	c.mu.Lock()
	defer c.mu.Unlock()
	i := slices.IndexFunc(f, func(s int16) bool { return s > 4000 })
	if i < 0 || c.said.IsZero() {
		return
	}
	c.delays = append(c.delays, time.Since(c.said)+time.Duration(i)*time.Second/audio.DeskRate)
	c.said = time.Time{}
}

// all returns the delays taken so far.
func (c *clapper) all() []time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.delays)
}

// parrot says what it hears.
type parrot struct{ last audio.Frame }

func (p *parrot) Pull(f audio.Frame) { f.Silence(); copy(f, p.last) }
func (p *parrot) Push(f audio.Frame) { p.last = append(p.last[:0], f...) }

// BenchmarkRoundTrip takes the time from a clap until it comes back from a far
// end that echoes, four pipelines on: both ends on the media clock, and one of
// them at the pace of a sound device.
func BenchmarkRoundTrip(b *testing.B) {
	b.Run("clock", func(b *testing.B) {
		me := &clapper{}
		roundTrip(b, media.Config{}, me, func(e *media.Engine, spec phone.MediaSpec, notify func(phone.MediaEvent)) phone.MediaSession {
			return e.Join(spec, me, notify)
		})
	})
	b.Run("device", func(b *testing.B) {
		me := &clapper{}
		roundTrip(b, media.Config{Desk: &pacer{every: 10 * time.Millisecond, person: me}}, me, (*media.Engine).Open)
	})
}

func roundTrip(b *testing.B, cfg media.Config, me *clapper, open func(*media.Engine, phone.MediaSpec, func(phone.MediaEvent)) phone.MediaSession) {
	cfg.Clock = newClock(b)
	engine := newEngine(b, cfg)
	near, far := &end{t: b}, &end{t: b}
	for _, e := range []*end{near, far} {
		e.events = phone.NewMailbox[phone.MediaEvent]()
	}
	spec := phone.MediaSpec{LocalIP: "127.0.0.1"}
	near.session = open(engine, spec, func(e phone.MediaEvent) { near.events.Put(e) })
	far.session = engine.Join(spec, &parrot{}, func(e phone.MediaEvent) { far.events.Put(e) })
	connect(near, far)
	var delays []time.Duration
	for len(delays) < 10 {
		wait[phone.MediaQuality](near)
		delays = me.all()
	}
	slices.Sort(delays)
	b.ReportMetric(float64(delays[len(delays)/2].Microseconds())/1000, "ms-median")
	b.ReportMetric(float64(delays[len(delays)-1].Microseconds())/1000, "ms-worst")
}
