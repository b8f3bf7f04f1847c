package media

import (
	"context"
	"sync"
	"time"

	"github.com/callward/callward/audio"
)

// The media clock's beat.
const (
	beat        = 20 * time.Millisecond
	beatSamples = audio.DeskRate / 50
	// maxCatchUp is how many beats that were missed are made up for at once; a
	// longer stop, such as a sleeping machine, is left behind.
	maxCatchUp = 5
)

// Clock is the shared media clock. Every 20 ms it pulls from each attached party
// and pushes silence to it, so that the streams that no sound device serves go
// on. It is owned by the goroutine of Run, which sleeps while nothing is
// attached; its other methods may be called from any goroutine, before, during
// and after Run.
type Clock struct {
	mu      sync.Mutex
	parties []audio.Party // never changed in place: a beat in progress reads the old one
	wake    chan struct{}
	turn    chan struct{} // full while a beat is under way, so that Detach can wait for its end
}

// NewClock makes a clock that stands still until Run.
func NewClock() *Clock { return &Clock{wake: make(chan struct{}, 1), turn: make(chan struct{}, 1)} }

// Attach begins to serve p. It does not wait. A party that is attached already
// stays so.
func (c *Clock) Attach(p audio.Party) {
	c.without(p, p)
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// Detach ends that. Once it returns p is touched no more, and what was done to it
// has happened before. It must not be called by p's Pull or Push.
func (c *Clock) Detach(p audio.Party) {
	c.without(p)
	c.turn <- struct{}{} // a beat that still has p is over once there is room
	<-c.turn
}

// without replaces the list by one without p, with add at its end.
func (c *Clock) without(p audio.Party, add ...audio.Party) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var list []audio.Party
	for _, q := range c.parties {
		if q != p {
			list = append(list, q)
		}
	}
	c.parties = append(list, add...)
}

func (c *Clock) attached() []audio.Party {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.parties
}

// Run is the clock's goroutine. It returns nil once ctx is done.
func (c *Clock) Run(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-c.wake:
			c.tick(ctx)
		}
	}
}

// tick beats until nothing is attached any more. The beats are counted from
// its start, so that a late wake-up does not add up to a slow clock.
func (c *Clock) tick(ctx context.Context) {
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	start, done := time.Now(), 0
	var heard, said [beatSamples]int16
	for len(c.attached()) > 0 {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		due := int(time.Since(start) / beat)
		for done = max(done, due-maxCatchUp); done < due; done++ {
			c.turn <- struct{}{}
			for _, p := range c.attached() {
				p.Pull(heard[:])
				said = [beatSamples]int16{}
				p.Push(said[:])
			}
			<-c.turn
		}
	}
}
