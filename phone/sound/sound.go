// Package sound is what the agent hears beside calls, and which devices serve:
// the desk, the tones and the machine's devices behind phone.Sound.
package sound

import (
	"context"
	"fmt"
	"sync"

	"github.com/callward/callward/audio/desk"
	"github.com/callward/callward/audio/device"
	"github.com/callward/callward/audio/tone"
	"github.com/callward/callward/phone"
)

// Sound satisfies phone.Sound. Its methods may be called from any goroutine; mu
// guards playing.
type Sound struct {
	desk *desk.Desk
	host *device.Host

	mu      sync.Mutex
	playing desk.Tone // in the speaker; nil for none
}

var _ phone.Sound = (*Sound)(nil)

// New joins a desk and the host that it was made with.
func New(d *desk.Desk, h *device.Host) *Sound { return &Sound{desk: d, host: h} }

// deskRoles are the desk's names for the roles.
var deskRoles = map[phone.DeviceRole]desk.Role{
	phone.Microphone: desk.Microphone, phone.Speaker: desk.Speaker, phone.RingDevice: desk.Ringer,
}

// Ringtone starts or stops the ringtone on the ring device.
func (s *Sound) Ringtone(on bool) {
	if !on {
		s.desk.Ring(nil)
		return
	}
	s.desk.Ring(tone.Ringtone())
}

// Waiting plays one soft beep on the speaker; ringback goes on after it.
func (s *Sound) Waiting() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.desk.Play(&then{first: tone.Waiting(), next: s.playing})
}

// Tone plays a call progress tone on the speaker; phone.ToneNone stops it.
func (s *Sound) Tone(t phone.Tone, country string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch t {
	case phone.ToneRingback:
		s.playing = tone.Ringback(country)
	case phone.ToneBusy:
		s.playing = tone.Busy(country)
	case phone.ToneEnded:
		s.playing = tone.Ended(country)
	default:
		s.playing = nil
	}
	s.desk.Play(s.playing)
}

// Devices lists the devices, once for each role that they can have. It waits
// for the sound server, and fails with CodeNoSound.
func (s *Sound) Devices(context.Context) ([]phone.Device, error) {
	inputs, err := s.host.Devices(device.Input)
	if err != nil {
		return nil, noSound(err)
	}
	outputs, err := s.host.Devices(device.Output)
	if err != nil {
		return nil, noSound(err)
	}
	list := listed(nil, phone.Microphone, inputs)
	list = listed(list, phone.Speaker, outputs)
	return listed(list, phone.RingDevice, outputs), nil
}

func listed(list []phone.Device, role phone.DeviceRole, infos []device.Info) []phone.Device {
	for _, info := range infos {
		list = append(list, phone.Device{ID: info.ID, Name: info.Name, Role: role, Default: info.Default})
	}
	return list
}

func noSound(err error) error {
	return &phone.Error{Code: phone.CodeNoSound, Op: "devices", Err: err}
}

// SetDevice chooses the device of a role by its name; "" means the system's default.
func (s *Sound) SetDevice(role phone.DeviceRole, name string) {
	if r, ok := deskRoles[role]; ok {
		s.desk.Choose(r, name)
	}
}

// roleWords are the roles as an agent calls them.
var roleWords = map[phone.DeviceRole]string{
	phone.Microphone: "microphone", phone.Speaker: "speaker", phone.RingDevice: "device to ring on",
}

// roleOf is the role that a desk's is the name of.
func roleOf(r desk.Role) phone.DeviceRole {
	for role, name := range deskRoles {
		if name == r {
			return role
		}
	}
	return ""
}

// Event says an event of the desk's in words.
func Event(e desk.Event) phone.SoundEvent {
	role := roleOf(e.Role)
	said := phone.SoundEvent{Role: role}
	word := roleWords[role]
	switch e.Kind {
	case desk.Lost:
		said.Text = fmt.Sprintf("The %s %q is gone.", word, e.Device)
	case desk.Moved:
		said.Text = fmt.Sprintf("The %s is now %q.", word, e.Device)
	case desk.Restored:
		said.Text = fmt.Sprintf("The %s is back: %q.", word, e.Device)
	default:
		said.Text = fmt.Sprintf("There is no %s. Calls go on in silence; plug one in, and it is used at once.", word)
		said.Fault = said.Text
	}
	return said
}
