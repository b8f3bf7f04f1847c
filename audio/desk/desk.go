// Package desk joins the agent to calls: one microphone and one speaker on one
// side, the parties of the calls on the other, a ringing device beside them.
package desk

import (
	"context"

	"github.com/callward/callward/audio"
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
	// Standby pulls the attached parties while no device works, so that calls
	// go on in silence.
	Standby Clock
	// Notify is told what becomes of the devices, in order. It is called by a
	// goroutine of the Desk, must not block and must not call the Desk.
	// May be nil.
	Notify func(Event)
}

// Desk is owned by the goroutine of Run; its methods may be called from any
// other, before, during and after Run.
type Desk struct{ cfg Config }

// New makes a Desk that does nothing until Run.
func New(cfg Config) *Desk { return &Desk{cfg: cfg} }

// Run is the desk's goroutine. It returns nil once ctx is done or Close is
// called; by then the devices are closed and no party is touched any more.
func (d *Desk) Run(ctx context.Context) error { <-ctx.Done(); return nil }

// Close ends Run and waits for it.
func (d *Desk) Close() error { return nil }

// Attach begins to pull p into the speaker and to push the microphone to it:
// by the devices, which are opened as needed, else by the standby clock. Who
// does it may change at any moment; there is never more than one. Attach does
// not wait. A party that is attached already stays so.
func (d *Desk) Attach(p audio.Party) { d.cfg.Standby.Attach(p) }

// Detach ends that. Once it returns, neither the desk nor the standby clock
// touches p, and all that they did to it has happened before. It must not be
// called by p's Pull or Push.
func (d *Desk) Detach(p audio.Party) { d.cfg.Standby.Detach(p) }

// Play plays t in the speaker beside the parties, in place of the tone before
// it. nil stops.
func (d *Desk) Play(t Tone) {}

// Ring plays t on the ringing device, in place of the tone before it. nil stops.
func (d *Desk) Ring(t Tone) {}

// Choose names the device for a role, as it is listed; empty means the
// system's default. A device that is not there now is taken once it is, and
// the default serves until then.
func (d *Desk) Choose(r Role, name string) {}

// Working tells whether parties are pulled by a device now, rather than by the
// standby clock.
func (d *Desk) Working() bool { return false }
