package desk_test

import (
	"context"
	"math"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/desk"
	"github.com/callward/callward/audio/device"
	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/test/pulse"
)

// soon is how long a test waits for what happens at once.
const soon = 10 * time.Second

// tick is how often it looks.
const tick = 10 * time.Millisecond

// lab is a desk that runs, with a standby clock that only keeps lists.
type lab struct {
	*desk.Desk
	host    device.Host
	standby standby
	events  chan desk.Event
}

func newLab(t testing.TB) *lab {
	l := &lab{events: make(chan desk.Event, 100)}
	l.Desk = desk.New(desk.Config{Host: &l.host, Standby: &l.standby, Notify: func(e desk.Event) { l.events <- e }})
	ran := make(chan error, 1)
	go func() { ran <- l.Run(context.Background()) }()
	t.Cleanup(func() {
		require.NoError(t, l.Close())
		require.NoError(t, <-ran)
		require.NoError(t, l.host.Close())
		require.Empty(t, l.standby.list(), "the standby clock was left with parties")
	})
	return l
}

// expect returns the next event, which must be of a role and kind.
func (l *lab) expect(t *testing.T, r desk.Role, k desk.Kind) desk.Event {
	t.Helper()
	select {
	case e := <-l.events:
		require.Equal(t, r.String()+" "+k.String(), e.Role.String()+" "+e.Kind.String(), "%+v", e)
		return e
	case <-time.After(soon):
		require.Fail(t, "no event", "%v %v", r, k)
		return desk.Event{}
	}
}

func (l *lab) quiet(t *testing.T) {
	t.Helper()
	select {
	case e := <-l.events:
		require.Fail(t, "an event", "%+v", e)
	default:
	}
}

// standby is a clock that stands still and knows what is attached to it.
type standby struct {
	mu      sync.Mutex
	parties []audio.Party
}

func (s *standby) Attach(p audio.Party) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.parties = append(s.parties, p)
}

func (s *standby) Detach(p audio.Party) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, q := range s.parties {
		if q == p {
			s.parties = append(s.parties[:i], s.parties[i+1:]...)
			return
		}
	}
}

func (s *standby) list() []audio.Party {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]audio.Party(nil), s.parties...)
}

// party says a tone and keeps what it hears. Its fields but mu are unguarded where
// the desk's promises guard them: the race detector sees to those.
type party struct {
	wave
	pulls int

	mu    sync.Mutex
	heard audio.Frame
	most  int // the longest run pushed or pulled
}

func (p *party) Pull(f audio.Frame) {
	p.pulls++
	p.wave.Pull(f)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.most = max(p.most, len(f))
}

func (p *party) Push(f audio.Frame) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.heard = append(p.heard, f...)
	p.most = max(p.most, len(f))
}

// last returns the newest quarter second that the party heard, or less.
func (p *party) last() audio.Frame {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append(audio.Frame(nil), p.heard[max(0, len(p.heard)-audio.DeskRate/4):]...)
}

// wave is a Tone of some length; 0 is endless.
type wave struct {
	hz, amplitude float64
	length        int
	at            int
}

func (w *wave) Pull(f audio.Frame) {
	for i := range f {
		f[i] = 0
		if w.length == 0 || w.at < w.length {
			f[i] = int16(w.amplitude * math.Sin(2*math.Pi*w.hz*float64(w.at)/audio.DeskRate))
		}
		w.at++
	}
}

func (w *wave) Done() bool { return w.length > 0 && w.at >= w.length }

// hears waits until the end of what was recorded is a pure tone of an amplitude.
func hears(t *testing.T, last func() audio.Frame, hz, amplitude float64) {
	t.Helper()
	var share, power float64
	require.Eventually(t, func() bool {
		f := last()
		if len(f) < audio.DeskRate/5 {
			return false
		}
		power = spectrum.Power(f)
		share = spectrum.Goertzel(f, audio.DeskRate, hz) / power
		return share > 0.99 && math.Abs(math.Sqrt(2*power)/amplitude-1) < 0.05
	}, soon, tick, "%v Hz", hz)
}

func recorder(t *testing.T, server *pulse.Server, source string) func() audio.Frame {
	t.Helper()
	r, err := server.Hear(source)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Stop()) })
	return func() audio.Frame { return r.Last(250 * time.Millisecond) }
}

// speak plays a tone of a whole number of Hz into a sink until the test ends.
func speak(t *testing.T, server *pulse.Server, sink string, hz, amplitude int) {
	t.Helper()
	player, err := server.PlayTo(sink)
	require.NoError(t, err)
	t.Cleanup(player.Stop)
	player.Repeat(pulse.Tone(float64(hz), amplitude, time.Second))
}

func count(text, part string) int { return strings.Count(text, part) }
