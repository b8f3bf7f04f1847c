package ui

import "time"

const (
	// beat is how often level meters move: more often costs more than all else.
	beat = 250 * time.Millisecond
	// beats are in a second.
	beats = int(time.Second / beat)
)

// ticker calls on Fyne's goroutine, which owns it, four times a second while it runs.
type ticker struct {
	bridge *bridge
	tick   func(second bool)
	stop   chan struct{} // nil while it stands
}

func newTicker(b *bridge, tick func(second bool)) *ticker { return &ticker{bridge: b, tick: tick} }

// run starts or stops it.
func (t *ticker) run(on bool) {
	if on == (t.stop != nil) {
		return
	}
	if !on {
		close(t.stop)
		t.stop = nil
		return
	}
	stop := make(chan struct{})
	t.stop = stop
	t.bridge.work.Go(func() {
		clock := time.NewTicker(beat)
		defer clock.Stop()
		for n := 1; ; n++ {
			select {
			case <-stop:
				return
			case <-t.bridge.ctx.Done():
				return
			case <-clock.C:
				t.bridge.screen(func() {
					if t.stop == stop {
						t.tick(n%beats == 0)
					}
				})
			}
		}
	})
}
