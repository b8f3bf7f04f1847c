package media_test

import (
	"context"
	"math"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/media"
)

// patience is how long a test waits for what must happen.
const patience = 20 * time.Second

// person says a tone and remembers what it hears. The goroutine that serves
// it calls Pull and Push; the other methods any.
type person struct {
	hz float64

	mu    sync.Mutex
	at    int
	heard audio.Frame
	news  chan struct{}
}

func newPerson(hz float64) *person { return &person{hz: hz, news: make(chan struct{}, 1)} }

// Pull says the tone.
func (p *person) Pull(f audio.Frame) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := range f {
		f[i] = int16(8000 * math.Sin(2*math.Pi*p.hz*float64(p.at)/audio.DeskRate))
		p.at++
	}
}

// Push hears.
func (p *person) Push(f audio.Frame) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.heard = append(p.heard, f...)
	select {
	case p.news <- struct{}{}:
	default:
	}
}

// listen returns the next d that is heard.
func (p *person) listen(t *testing.T, d time.Duration) audio.Frame {
	t.Helper()
	p.mu.Lock()
	p.heard = nil
	p.mu.Unlock()
	want := int(d * audio.DeskRate / time.Second)
	deadline := time.After(patience)
	for {
		select {
		case <-p.news:
		case <-deadline:
			require.FailNow(t, "nothing is pushed")
		}
		p.mu.Lock()
		heard := p.heard
		p.mu.Unlock()
		if len(heard) >= want {
			return heard[:want]
		}
	}
}

// hears waits until nothing but the tone is heard for half a second; 0 is silence.
func (p *person) hears(t *testing.T, hz float64) {
	t.Helper()
	var level, share float64
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); {
		f := p.listen(t, 500*time.Millisecond)
		level = spectrum.RMS(f)
		if hz == 0 {
			if level < -60 { // A-law has no zero
				return
			}
			continue
		}
		share = spectrum.Goertzel(f, audio.DeskRate, hz) / max(1, spectrum.Power(f))
		if level > -20 && share > 0.95 {
			return
		}
	}
	require.FailNow(t, "not heard", "%v Hz has a share of %.3f, level %.1f dB", hz, share, level)
}

// end is one end of a call.
type end struct {
	t       testing.TB
	person  *person
	session phone.MediaSession
	events  *phone.Mailbox[phone.MediaEvent]
	seen    []phone.MediaEvent // taken and not waited for yet
}

// newClock makes a clock that runs until the test is over.
func newClock(t testing.TB) *media.Clock {
	clock := media.NewClock()
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { _ = clock.Run(ctx) })
	t.Cleanup(func() { cancel(); running.Wait() })
	return clock
}

// newEngine makes an engine that is closed with the test.
func newEngine(t testing.TB, cfg media.Config) *media.Engine {
	if cfg.Clock == nil {
		cfg.Clock = newClock(t)
	}
	engine := media.NewEngine(cfg)
	t.Cleanup(func() { require.NoError(t, engine.Close()) })
	return engine
}

// join opens a session for a person who says hz.
func join(t *testing.T, engine *media.Engine, hz float64) *end {
	e := &end{t: t, person: newPerson(hz), events: phone.NewMailbox[phone.MediaEvent]()}
	e.session = engine.Join(phone.MediaSpec{LocalIP: "127.0.0.1"}, e.person, func(ev phone.MediaEvent) { e.events.Put(ev) })
	return e
}

// wait returns the next event of a type, and leaves those of others for later.
func wait[T phone.MediaEvent](e *end) T {
	e.t.Helper()
	deadline := time.After(patience)
	for {
		for i, ev := range e.seen {
			if want, ok := ev.(T); ok {
				e.seen = append(e.seen[:i:i], e.seen[i+1:]...)
				return want
			}
			if failed, ok := ev.(phone.MediaFailed); ok {
				require.FailNow(e.t, "failed", failed.Err)
			}
		}
		select {
		case <-e.events.Ready():
			e.seen = append(e.seen, e.events.Take()...)
		case <-deadline:
			var none T
			require.FailNow(e.t, "an event did not come", "%T; those that did: %v", none, e.seen)
		}
	}
}

// none checks that no event of a type has come so far.
func none[T phone.MediaEvent](e *end) {
	e.t.Helper()
	e.seen = append(e.seen, e.events.Take()...)
	for _, ev := range e.seen {
		_, is := ev.(T)
		require.False(e.t, is, "%#v", ev)
	}
}

// connect lets a call b.
func connect(a, b *end) (atA, atB phone.Agreed) {
	a.t.Helper()
	return offer(a, b, false)
}

// offer lets a make an offer to b.
func offer(a, b *end, hold bool) (atA, atB phone.Agreed) {
	a.t.Helper()
	a.session.Offer(hold)
	b.session.Answer(wait[phone.MediaOffer](a).SDP)
	answer := wait[phone.MediaAnswer](b)
	a.session.Accept("b", answer.SDP)
	return wait[phone.MediaAgreed](a).Agreed, answer.Agreed
}

// all returns what was heard since listen began.
func (p *person) all() audio.Frame {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.heard
}
