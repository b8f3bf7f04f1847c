// Package desk joins the agent to calls: one microphone and one loudspeaker on one
// side, the parties of the calls on the other, a ringing device beside them.
//
//	            ring                                                 ring
//	microphone ─────► volume, meter ─┬► party   party ─┬► volume, meter ─────► speaker
//	                                 ├► party   party ─┤
//	                                 └► listener  tone ─┘
//	                                          ringtone ─► volume ────────────► ring device
//
// Two goroutines: the desk's, which moves the sound every 20 ms and never waits
// for anything, and the keeper's, which opens and closes devices and waits for
// the sound server.
package desk

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/device"
	"github.com/callward/callward/audio/mixer"
)

// Clock pulls and pushes the parties that are attached to it, at a pace of its
// own: the Desk at that of the sound devices, the media clock every 20 ms.
// Attach does not wait. Once Detach has returned, the party is touched no more,
// and what was done to it has happened before.
type Clock interface {
	Attach(p audio.Party)
	Detach(p audio.Party)
}

// Tone is a Source that knows when it is over: what it gives from then on is
// silence. A tone that goes on until it is stopped is never Done.
type Tone interface {
	audio.Source
	// Done is called by the goroutine that pulls.
	Done() bool
}

// Config is what a Desk is made with.
type Config struct {
	// Host is where devices are found. The desk closes what it opens there, not
	// the Host itself.
	Host *device.Host
	// Standby pulls the attached parties while no device works, so that calls
	// go on in silence. Its Attach and Detach are called by the desk's goroutine;
	// they must not call the Desk.
	Standby Clock
	// Notify is told what becomes of the devices, in order. It is called by the
	// keeper's goroutine and must not block, nor call Close. May be nil.
	Notify func(Event)
}

// Desk is owned by the goroutine of Run; its methods may be called from any
// other. What they ask for is done once Run runs, and no more when it has ended.
type Desk struct {
	cfg     Config
	keeper  *keeper
	inbox   *inbox
	working atomic.Bool

	quit    chan struct{} // closed by Close
	once    sync.Once
	started atomic.Bool
	done    chan struct{} // closed by the end of Run

	// Of the desk's goroutine:
	parties   []audio.Party
	listeners []audio.Sink
	tone      Tone // nil when there is none
	ringtone  Tone // nil when there is none
	beside    [roles][]audio.Source
	wanted    [roles]bool
	mic       *inlet  // nil while closed
	speaker   *outlet // nil while closed
	ringer    *outlet // nil while closed
	health    [roles]health
	pace      pace
	bus       mixer.Bus
	volume    [roles]mixer.Gain
	meter     [roles]mixer.Meter // read by others; that of Ringer is not used
	out, in   [device.Period]int16
}

// New makes a Desk that does nothing until Run.
func New(cfg Config) *Desk {
	d := &Desk{cfg: cfg, inbox: newInbox(), quit: make(chan struct{}), done: make(chan struct{})}
	d.keeper = newKeeper(cfg.Host, cfg.Notify, d.hand)
	for r := range d.volume {
		d.volume[r] = mixer.NewGain()
	}
	return d
}

// Run is the desk's goroutine, to be called once. It returns once ctx is done or
// Close is called; by then the devices are closed and no party is touched any
// more. It fails where the sound server does not let go of a device.
func (d *Desk) Run(ctx context.Context) error {
	d.started.Store(true)
	defer close(d.done)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	kept := make(chan struct{})
	go func() {
		defer close(kept)
		d.keeper.run(ctx)
	}()

	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return d.end(cancel, kept)
		case <-d.quit:
			return d.end(cancel, kept)
		case <-d.inbox.ready:
			d.inbox.work()
			d.want()
			d.wake(timer)
		case <-timer.C:
			d.turn(timer)
		}
	}
}

// wake starts the ticks where they rest and a device is open.
func (d *Desk) wake(timer *time.Timer) {
	switch {
	case d.open() && !d.pace.running:
		timer.Reset(d.pace.start(time.Now()))
	case !d.open() && (d.tone != nil || d.ringtone != nil):
		timer.Reset(time.Second)
	}
}

// turn is what the timer is for.
func (d *Desk) turn(timer *time.Timer) {
	switch {
	case d.open():
		d.tick()
		timer.Reset(d.pace.next(time.Now(), d.mic.late(d.pace.due)))
		return
	case d.pace.running:
		d.pace.running = false
	default:
		d.lapse()
	}
	d.wake(timer)
}

// end lets go of the parties and stops the keeper. It does not wait for ever: a
// sound server that hangs must not keep the program from ending.
func (d *Desk) end(cancel context.CancelFunc, kept <-chan struct{}) error {
	d.dismiss()
	cancel()
	select {
	case <-kept:
		return nil
	case <-time.After(2 * time.Second):
		return errors.New("the sound server does not answer: devices are left open")
	}
}

// Close ends Run and waits for it.
func (d *Desk) Close() error {
	d.once.Do(func() { close(d.quit) })
	if d.started.Load() {
		<-d.done
	}
	return nil
}

// Attach begins to pull p into the speaker and to push the microphone to it:
// by the devices, which are opened as needed, else by the standby clock. Who
// does it may change at any moment; there is never more than one. Attach does
// not wait. A party that is attached already stays so.
func (d *Desk) Attach(p audio.Party) { d.inbox.put(func() { d.attach(p) }) }

// Detach ends that. Once it returns, neither the desk nor the standby clock
// touches p, and all that they did to it has happened before. It waits for the
// desk's goroutine, and must not be called by p's Pull or Push.
func (d *Desk) Detach(p audio.Party) {
	detached := make(chan struct{})
	d.inbox.put(func() {
		d.detach(p)
		close(detached)
	})
	select {
	case <-detached:
	case <-d.done:
	}
}

// Play plays t in the speaker beside the parties, in place of the tone before
// it. nil stops.
func (d *Desk) Play(t Tone) { d.inbox.put(func() { d.tone = t }) }

// Ring plays t on the ringing device, in place of the tone before it. nil stops.
func (d *Desk) Ring(t Tone) { d.inbox.put(func() { d.ringtone = t }) }

// Choose names the device for a role, as it is listed; empty means the
// system's default. A device that is not there now is taken once it is, and
// the default serves until then.
func (d *Desk) Choose(r Role, name string) {
	d.keeper.inbox.put(func() { d.keeper.choose(r, name) })
}

// SetVolume multiplies what goes through the device of a role by volume, from 0 to
// 2 with 1 for no change, within the next 20 ms of sound. What would be beyond
// full scale is bent towards it.
func (d *Desk) SetVolume(r Role, volume float64) {
	d.inbox.put(func() { d.volume[r].Set(volume) })
}

// Working tells whether a device paces the desk now, rather than nothing or, for
// the parties, the standby clock.
func (d *Desk) Working() bool { return d.working.Load() }
