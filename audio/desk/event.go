package desk

// Role is what a device is used for.
type Role int

// The roles. Each has a device of its own, chosen apart.
const (
	Microphone Role = iota
	Speaker
	Ringer
	roles
)

// String returns the role as in "microphone", "speaker" and "ring".
func (r Role) String() string {
	switch r {
	case Microphone:
		return "microphone"
	case Speaker:
		return "speaker"
	case Ringer:
		return "ring"
	}
	return "unknown"
}

// Kind says what happened to a role's device.
type Kind int

// The kinds of Event.
const (
	// Lost: the device in use is gone. Moved or Silent follows.
	Lost Kind = iota + 1
	// Moved: sound goes by the system's default, since the device before, or the
	// one that was chosen, is not there.
	Moved
	// Restored: sound goes as it did before Moved or Silent.
	Restored
	// Silent: there is no device for the role at all.
	Silent
)

// String returns the kind in one word.
func (k Kind) String() string {
	switch k {
	case Lost:
		return "lost"
	case Moved:
		return "moved"
	case Restored:
		return "restored"
	case Silent:
		return "silent"
	}
	return "unknown"
}

// Event tells what became of a role's device while somebody needed it.
type Event struct {
	Role Role
	Kind Kind
	// Device is the name of the device lost (Lost) or now in use (Moved,
	// Restored); empty with Silent.
	Device string
	// Err says why there is none (Silent); it wraps device.ErrNoSound.
	Err error
}
