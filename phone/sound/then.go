package sound

import (
	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/desk"
)

// then is a tone and what goes on after it, nil for nothing. It is owned by the
// goroutine that pulls.
type then struct{ first, next desk.Tone }

// Pull gives the first tone, and from its end on the next.
func (t *then) Pull(f audio.Frame) {
	if !t.first.Done() || t.next == nil {
		t.first.Pull(f)
		return
	}
	t.next.Pull(f)
}

// Done tells whether both are over.
func (t *then) Done() bool { return t.first.Done() && (t.next == nil || t.next.Done()) }
