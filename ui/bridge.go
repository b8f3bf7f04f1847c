package ui

import (
	"context"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"github.com/callward/callward/phone"
)

// feed is where the phone's events come from; *phone.Phone satisfies it.
type feed interface {
	Snapshot() phone.Snapshot
	Subscribe() *phone.Subscription
}

// bridge brings what happens in the phone to the goroutine of the screen, and
// work from there to others. It is the only place that calls fyne.Do.
type bridge struct {
	ctx  context.Context
	stop context.CancelFunc
	work sync.WaitGroup
	// drawn is called on the goroutine of the screen after what may show something for the first time. It is set before
	// that.
	drawn func()

	mu   sync.Mutex
	left bool // the screen takes nothing more
}

func newBridge(ctx context.Context) *bridge {
	ctx, stop := context.WithCancel(ctx)
	return &bridge{ctx: ctx, stop: stop, drawn: func() {}}
}

// follow gives what happens after it was called, in order, and then the newest
// state, on the goroutine of the screen. lost is called once the phone has ended.
func (b *bridge) follow(from feed, happened func([]phone.Event, phone.Snapshot), lost func()) {
	subscription := from.Subscribe() // at once: what happens from here on is not in a snapshot that was taken before
	b.work.Go(func() {
		defer func() { subscription.Close() }()
		for {
			batch, ok := b.next(subscription)
			if len(batch) > 0 {
				b.show(func() { happened(batch, from.Snapshot()) })
			}
			if b.ctx.Err() != nil {
				return
			}
			if ok {
				continue
			}
			if !subscription.Lost() {
				b.screen(lost)
				return
			}
			subscription = from.Subscribe() // the screen was slower than the phone: what it shows is made anew
			b.show(func() { happened(nil, from.Snapshot()) })
		}
	})
}

// admit gives requests on the goroutine of the screen.
func (b *bridge) admit(door <-chan Request, open func(Request)) {
	b.work.Go(func() {
		for {
			select {
			case <-b.ctx.Done():
				return
			case r := <-door:
				b.show(func() { open(r) })
			}
		}
	})
}

// every runs f on the goroutine of the screen, again and again.
func (b *bridge) every(wait time.Duration, f func()) {
	b.work.Go(func() {
		ticker := time.NewTicker(wait)
		defer ticker.Stop()
		for {
			select {
			case <-b.ctx.Done():
				return
			case <-ticker.C:
				b.screen(f)
			}
		}
	})
}

// next waits for an event and takes those that follow at once; false where there will be none.
func (b *bridge) next(s *phone.Subscription) (batch []phone.Event, ok bool) {
	select {
	case <-b.ctx.Done():
		return nil, false
	case e, open := <-s.Events():
		if !open {
			return nil, false
		}
		batch = append(batch, e)
	}
	for {
		select {
		case e, open := <-s.Events():
			if !open {
				return batch, false
			}
			batch = append(batch, e)
		default:
			return batch, true
		}
	}
}

// show runs f, which may show something for the first time, on the goroutine of the
// screen, and has the window drawn.
func (b *bridge) show(f func()) {
	b.screen(func() {
		f()
		b.drawn()
	})
}

// screen runs f on the goroutine of the screen, unless the program ends.
func (b *bridge) screen(f func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.left {
		return
	}
	fyne.Do(func() {
		if b.ctx.Err() == nil {
			f()
		}
	})
}

// leave runs quit on the goroutine of the screen, and nothing after it: Fyne
// panics where something comes while it ends.
func (b *bridge) leave(quit func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.left = true
	fyne.Do(quit)
}

// Do implements view.Worker.
func (b *bridge) Do(work func(ctx context.Context) error, done func(error)) {
	b.work.Go(func() {
		err := work(b.ctx)
		b.show(func() { done(err) })
	})
}

// close ends what is under way, and waits for it.
func (b *bridge) close() {
	b.stop()
	b.work.Wait()
}
