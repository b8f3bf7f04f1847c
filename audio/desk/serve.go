package desk

import (
	"slices"

	"github.com/callward/callward/audio"
)

// Who serves the parties, and with what. All of the desk's goroutine, but hand.

// serving tells whether the desk itself pulls and pushes the parties.
func (d *Desk) serving() bool { return d.mic != nil || d.speaker != nil }

// open tells whether there is a device to serve.
func (d *Desk) open() bool { return d.serving() || d.ringer != nil }

func (d *Desk) attach(p audio.Party) {
	if slices.Contains(d.parties, p) {
		return
	}
	d.parties = append(d.parties, p)
	if !d.serving() {
		d.cfg.Standby.Attach(p)
	}
}

func (d *Desk) detach(p audio.Party) {
	i := slices.Index(d.parties, p)
	if i < 0 {
		return
	}
	d.parties = slices.Delete(d.parties, i, i+1)
	if !d.serving() {
		d.cfg.Standby.Detach(p)
	}
}

// dismiss detaches all parties.
func (d *Desk) dismiss() {
	for len(d.parties) > 0 {
		d.detach(d.parties[0])
	}
	d.working.Store(false)
}

// want tells the keeper what changed in which devices are needed.
func (d *Desk) want() {
	needed := [roles]bool{
		Microphone: len(d.parties) > 0 || len(d.listeners) > 0,
		Speaker:    len(d.parties) > 0 || d.tone != nil || len(d.beside[Speaker]) > 0,
		Ringer:     d.ringtone != nil || len(d.beside[Ringer]) > 0,
	}
	for role, want := range needed {
		if want != d.wanted[role] {
			d.keeper.inbox.put(func() { d.keeper.want(Role(role), want) })
		}
	}
	d.wanted = needed
}

// hand gives the desk the device of a role, or takes it away with nil. The
// keeper calls it.
func (d *Desk) hand(r Role, s stream) { d.inbox.put(func() { d.take(r, s) }) }

// take exchanges the device of a role, and the server of the parties where that
// makes a difference.
func (d *Desk) take(r Role, s stream) {
	before := d.serving()
	d.health[r] = health{stream: s}
	d.meter[r].Reset()
	switch r {
	case Microphone:
		d.mic = newInlet(s)
	case Speaker:
		d.speaker = newOutlet(s)
	case Ringer:
		d.ringer = newOutlet(s)
	}
	for _, p := range d.parties {
		switch after := d.serving(); {
		case after && !before:
			d.cfg.Standby.Detach(p)
		case before && !after:
			d.cfg.Standby.Attach(p)
		}
	}
	d.working.Store(d.serving())
}

// patience is how many ticks a device may stand still before it counts as lost:
// half a second of the desk's own life, so that a program that was stopped for a
// while does not blame its devices.
const patience = 25

// health watches whether a device goes on.
type health struct {
	stream stream
	turns  uint64
	still  int // ticks since turns changed
}

// lost tells, once per tick, whether the device is gone.
func (h *health) lost() bool {
	if h.stream == nil {
		return false
	}
	if turns := h.stream.Turns(); turns != h.turns {
		h.turns, h.still = turns, 0
	}
	h.still++
	return h.still > patience || h.stream.Stopped()
}

// check gives devices that are gone back to the keeper.
func (d *Desk) check() {
	for r := range d.health {
		if gone := d.health[r].stream; d.health[r].lost() {
			d.take(Role(r), nil)
			d.keeper.inbox.put(func() { d.keeper.lost(Role(r), gone) })
		}
	}
}
