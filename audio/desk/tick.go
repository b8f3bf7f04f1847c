package desk

import "github.com/callward/callward/audio"

// tick moves the sound of one period. The microphone goes first: what it heard
// is under way while the rest is mixed. The desk's goroutine.
func (d *Desk) tick() {
	d.speak(d.hear())
	d.ring()
	d.finish()
	d.check()
}

// hear pushes what the microphone heard to the parties and the listeners, and
// returns how many samples that were.
func (d *Desk) hear() (n int) {
	if !d.wanted[Microphone] {
		d.meter[Microphone].Reset()
	}
	if d.mic == nil {
		return 0
	}
	for d.mic.next(&d.in) {
		f := audio.Frame(d.in[:])
		n += len(f)
		if !d.wanted[Microphone] {
			continue
		}
		d.volume[Microphone].Apply(f)
		d.meter[Microphone].Add(f)
		d.push(f)
		for _, s := range d.listeners {
			s.Push(f)
		}
	}
	return n
}

// speak fills the speaker up with what the parties and the tone say. Where one of
// the two devices is missing the other one paces both ways: the parties are
// pushed silence as they are pulled, or pulled into nothing as they are pushed.
func (d *Desk) speak(heard int) {
	if !d.wanted[Speaker] {
		d.speaker.rest()
		d.meter[Speaker].Reset()
		return
	}
	if d.speaker == nil {
		d.drain(heard)
		return
	}
	for n := d.speaker.room(); n > 0; n -= len(d.out) {
		f := d.out[:min(n, len(d.out))]
		d.mix(f, d.beside[Speaker])
		d.volume[Speaker].Apply(f)
		d.meter[Speaker].Add(f)
		d.speaker.Write(f)
		if d.mic == nil {
			silence := d.in[:len(f)]
			clear(silence)
			d.push(silence)
		}
	}
}

// drain pulls n samples that nobody hears. What is played beside waits for the device.
func (d *Desk) drain(n int) {
	for ; n > 0; n -= len(d.out) {
		d.mix(d.out[:min(n, len(d.out))], nil)
	}
}

// ring fills the ring device up.
func (d *Desk) ring() {
	if !d.wanted[Ringer] {
		d.ringer.rest()
		return
	}
	if d.ringer == nil {
		return
	}
	for n := d.ringer.room(); n > 0; n -= len(d.out) {
		f := d.out[:min(n, len(d.out))]
		d.bus.Begin(len(f))
		if d.ringtone != nil {
			d.add(d.ringtone, f)
		}
		for _, s := range d.beside[Ringer] {
			d.add(s, f)
		}
		d.bus.Into(f)
		d.volume[Ringer].Apply(f)
		d.ringer.Write(f)
	}
}

// mix pulls the parties, the tone and what is played beside them into f.
func (d *Desk) mix(f audio.Frame, beside []audio.Source) {
	if len(d.parties) == 1 && d.tone == nil && len(beside) == 0 {
		d.parties[0].Pull(f)
		return
	}
	d.bus.Begin(len(f))
	for _, p := range d.parties {
		d.add(p, f)
	}
	if d.tone != nil {
		d.add(d.tone, f)
	}
	for _, s := range beside {
		d.add(s, f)
	}
	d.bus.Into(f)
}

// add pulls s into f and adds that to the bus.
func (d *Desk) add(s audio.Source, f audio.Frame) {
	s.Pull(f)
	d.bus.Add(f)
}

// push gives all parties f to hear.
func (d *Desk) push(f audio.Frame) {
	for _, p := range d.parties {
		p.Push(f)
	}
}

// finish lets go of tones that are over.
func (d *Desk) finish() {
	if d.tone != nil && d.tone.Done() {
		d.tone = nil
	}
	if d.ringtone != nil && d.ringtone.Done() {
		d.ringtone = nil
	}
	d.want()
}

// lapse is a second in the life of tones that no device plays, so that a short
// one is not heard long after it was due.
func (d *Desk) lapse() {
	for range ticksPerSecond {
		if d.tone != nil {
			d.tone.Pull(d.out[:])
		}
		if d.ringtone != nil {
			d.ringtone.Pull(d.out[:])
		}
	}
	d.finish()
}
