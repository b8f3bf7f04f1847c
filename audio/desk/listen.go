package desk

import (
	"slices"

	"github.com/callward/callward/audio"
)

// Listen pushes to s what the microphone hears, which is opened for it. Unlike a
// party, s hears nothing where there is none, is heard by nobody, and opens no
// speaker. It must be one that == tells from others.
func (d *Desk) Listen(s audio.Sink) {
	d.inbox.put(func() { d.listeners = append(d.listeners, s) })
}

// Unlisten ends that, soon.
func (d *Desk) Unlisten(s audio.Sink) {
	d.inbox.put(func() {
		d.listeners = slices.DeleteFunc(d.listeners, func(other audio.Sink) bool { return other == s })
	})
}

// Levels tells how loud the last quarter second was at the microphone and at the
// speaker, by the volumes that are set, in dBov: from -127 to 0 (RFC 6464, section
// 3). It is -127 for a device that nobody needs now. Any goroutine, without a lock.
func (d *Desk) Levels() (microphone, speaker float64) {
	return d.meter[Microphone].Level(), d.meter[Speaker].Level()
}
