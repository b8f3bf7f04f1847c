// Package device reaches the sound devices of the machine, and is alone in doing
// so: it lists them, and opens microphones and loudspeakers one by one as streams
// of mono 16-bit samples at audio.DeskRate.
//
// What runs on a device's own thread is in port.c, and never enters Go. It does not
// wake the desk either, which looks by itself once per Period.
package device

import (
	"errors"

	"github.com/callward/callward/audio"
)

// Period is how many samples the desk moves at a time, and a microphone is asked to
// give: 20 ms, as much as a packet of sound, so that nothing waits that would not
// wait for its packet.
const Period = audio.DeskRate / 50

// playPeriod is how many samples a loudspeaker's buffer is asked to hold. With
// Period it would be 5 to 10 ms more in the ear, for 0.3 % of a core less.
const playPeriod = Period / 2

// Kind is what a device does.
type Kind int

// The kinds.
const (
	// Input is a device that hears: a microphone.
	Input Kind = iota + 1
	// Output is a device that is heard: a loudspeaker or headset.
	Output
)

// Info is a device as the machine tells of it.
type Info struct {
	// ID stays the same from one start of the program to the next.
	ID string
	// Name is what the system shows to people, with the ID where two would share it.
	Name string
	Kind Kind
	// Default marks the one that the system uses when none is named.
	Default bool
}

var (
	// ErrNoSound is returned where there is no sound server and no sound card, or
	// none that answers.
	ErrNoSound = errors.New("no sound server and no sound device")
	// ErrNotFound is returned where there is no device of the name.
	ErrNotFound = errors.New("no such sound device")
)

// find returns the device of a name, the default where two share it, or the
// default where name is empty.
func find(list []Info, name string) (Info, bool) {
	var found Info
	for _, d := range list {
		if d.Default && (name == "" || d.Name == name) {
			return d, true
		}
		if d.Name == name && found.ID == "" {
			found = d
		}
	}
	return found, found.ID != ""
}
