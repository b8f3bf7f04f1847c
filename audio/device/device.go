// Package device reaches the sound devices of the machine, and is alone in doing
// so: it lists them, and opens microphones and loudspeakers one by one as streams
// of mono 16-bit samples at audio.DeskRate.
//
// What runs on a device's own thread here touches nothing but a ring and a few
// atomic counters. It does not even wake the desk, which looks by itself once
// per Period: a goroutine woken from a foreign thread costs the Go scheduler ten
// times as much as one woken by a timer (5 % of a core against 0.5 %, measured at
// 100 a second).
package device

import (
	"errors"

	"github.com/callward/callward/audio"
)

// Period is how many samples a device gives or takes at a time: 20 ms, as much
// as a packet of sound. Half of that would be 10 ms faster each way, for half as
// much processor time again; and below 20 ms some sound servers stutter.
const Period = audio.DeskRate / 50

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
	// Name is what the system shows to people; two devices may share one.
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
