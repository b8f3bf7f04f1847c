package desk

import (
	"slices"

	"github.com/callward/callward/audio"
)

// Beside plays s beside all else in the loudspeaker of a role, Speaker or Ringer, until Unbeside. It
// opens no microphone. While there is no such device, nobody pulls s. It must be one that == tells from others.
func (d *Desk) Beside(r Role, s audio.Source) {
	d.inbox.put(func() { d.beside[r] = append(d.beside[r], s) })
}

// Unbeside ends that, whatever the role. Once it returns s is touched no more. It waits for the desk's
// goroutine, and must not be called by s's Pull.
func (d *Desk) Unbeside(s audio.Source) {
	gone := make(chan struct{})
	d.inbox.put(func() {
		for r := range d.beside {
			d.beside[r] = slices.DeleteFunc(d.beside[r], func(other audio.Source) bool { return other == s })
		}
		close(gone)
	})
	select {
	case <-gone:
	case <-d.done:
	}
}
