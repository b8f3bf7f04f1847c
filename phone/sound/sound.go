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
// guards what is beneath it.
type Sound struct {
	desk   *desk.Desk
	host   *device.Host
	trying sync.Mutex // held by TestMicrophone

	mu       sync.Mutex
	playing  desk.Tone // in the speaker; nil for none
	ringing  desk.Tone // on the ring device; nil for none
	ringtone string    // by name; empty for the usual one
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
	s.mu.Lock()
	defer s.mu.Unlock()
	if !on {
		s.ring(nil)
		return
	}
	s.ring(tone.Ringtone(s.ringtone))
}

// Ringtones returns the names of the ringtones, the usual one first.
func (s *Sound) Ringtones() []string { return tone.Ringtones() }

// SetRingtone chooses by its name what rings from the next call on; "" means the
// usual one.
func (s *Sound) SetRingtone(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ringtone = name
}

// Chime plays one short sound on the ring device, where nothing rings there. What rings meanwhile cuts it off.
func (s *Sound) Chime() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ringing != nil {
		return
	}
	s.desk.Ring(tone.Chime())
}

// ring plays t on the ring device, nil for nothing. mu is held.
func (s *Sound) ring(t desk.Tone) {
	s.ringing = t
	s.desk.Ring(t)
}

// Waiting plays one soft beep on the speaker; ringback goes on after it.
func (s *Sound) Waiting() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.desk.Play(&then{first: tone.Waiting(), next: s.playing})
}

// Tone plays a call progress tone on the speaker; phone.ToneNone stops it.
func (s *Sound) Tone(t phone.Tone, country string) {
	switch t {
	case phone.ToneRingback:
		s.play(tone.Ringback(country))
	case phone.ToneBusy:
		s.play(tone.Busy(country))
	case phone.ToneEnded:
		s.play(tone.Ended(country))
	default:
		s.play(nil)
	}
}

// play plays t on the speaker, nil for nothing.
func (s *Sound) play(t desk.Tone) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.playing = t
	s.desk.Play(t)
}

// stop ends t, unless something else is played by now.
func (s *Sound) stop(t desk.Tone) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.playing == t {
		s.playing = nil
		s.desk.Play(nil)
	}
}

// Devices lists the devices, once for each role that they can have. It waits
// for the sound server, and fails with CodeNoSound.
func (s *Sound) Devices(context.Context) ([]phone.Device, error) {
	inputs, err := s.host.Devices(device.Input)
	if err != nil {
		return nil, noSound("devices", err)
	}
	outputs, err := s.host.Devices(device.Output)
	if err != nil {
		return nil, noSound("devices", err)
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

func noSound(op string, err error) error {
	return &phone.Error{Code: phone.CodeNoSound, Op: op, Err: err}
}

// SetDevice chooses the device of a role by its name; "" means the system's default.
func (s *Sound) SetDevice(role phone.DeviceRole, name string) {
	if r, ok := deskRoles[role]; ok {
		s.desk.Choose(r, name)
	}
}

// SetVolume sets how loud the device of a role is, in percent of what it would be:
// 0 to 200.
func (s *Sound) SetVolume(role phone.DeviceRole, percent int) {
	if r, ok := deskRoles[role]; ok {
		s.desk.SetVolume(r, float64(percent)/100)
	}
}

// Levels tells how loud the last quarter second was at the microphone and at the
// speaker, in dBov, from -127 to 0. It does not wait.
func (s *Sound) Levels() (microphone, speaker float64) { return s.desk.Levels() }

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
