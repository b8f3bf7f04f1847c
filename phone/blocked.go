package phone

import (
	"fmt"
	"time"
)

// Blocked is why the gate holds a call up: the number is blacklisted.
type Blocked struct {
	Verdict Verdict
	// Entry is the entry; of one that could not be read only Kind, Mode and Number are set.
	Entry Entry
}

// Error says so in a sentence.
func (b *Blocked) Error() string {
	who := b.Verdict.Number
	if b.Entry.Name != "" && b.Entry.Name != who {
		who += ", " + b.Entry.Name
	}
	since := ""
	if !b.Entry.Since.IsZero() {
		since = " since " + b.Entry.Since.Local().Format(time.DateOnly)
	}
	return fmt.Sprintf("This number is blocked: %s, %s%s.", who, ModeTitle(b.Entry.Mode), since)
}

// ModeTitle is what a mode is called.
func ModeTitle(m Mode) string {
	switch m {
	case AllowVoicemails:
		return "Block and Allow Voicemails"
	case BlockAll:
		return "Block all communications"
	case LetThrough:
		return "Always let through"
	}
	return ""
}

// Taken is why an entry cannot be added: one stands in its place.
type Taken struct{ Entry Entry }

// Error says so in a sentence.
func (t *Taken) Error() string {
	switch t.Entry.Kind {
	case KindHidden:
		return "Hidden callers are on the list already: " + ModeTitle(t.Entry.Mode) + "."
	case KindContacts:
		return "All contacts are let through already."
	}
	name := t.Entry.Number
	if t.Entry.Name != "" && t.Entry.Name != name {
		name = t.Entry.Name + ", " + name
	}
	return fmt.Sprintf("This is on the list already: %s, %s.", name, ModeTitle(t.Entry.Mode))
}
