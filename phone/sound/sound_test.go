package sound_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/desk"
	"github.com/callward/callward/audio/device"
	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/sound"
	"github.com/callward/callward/test/pulse"
)

// standby takes the parties while there is no device; there are none here.
type standby struct{}

func (standby) Attach(audio.Party) {}
func (standby) Detach(audio.Party) {}

// newSound is a Sound whose desk runs until t ends.
func newSound(t *testing.T) *sound.Sound {
	var host device.Host
	d := desk.New(desk.Config{Host: &host, Standby: standby{}})
	ran := make(chan error, 1)
	go func() { ran <- d.Run(context.Background()) }()
	t.Cleanup(func() {
		require.NoError(t, d.Close())
		require.NoError(t, <-ran)
		require.NoError(t, host.Close())
	})
	return sound.New(d, &host)
}

func TestDevicesAreListedInEachRoleThatTheyCanHave(t *testing.T) {
	pulse.New(t)
	devices, err := newSound(t).Devices(t.Context())
	require.NoError(t, err)
	names, defaults := map[phone.DeviceRole][]string{}, map[phone.DeviceRole]int{}
	for _, d := range devices {
		require.NotEmpty(t, d.ID)
		require.False(t, d.Chosen, "the phone knows what is chosen")
		names[d.Role] = append(names[d.Role], d.Name)
		if d.Default {
			defaults[d.Role]++
		}
	}
	for _, role := range []phone.DeviceRole{phone.Microphone, phone.Speaker, phone.RingDevice} {
		require.NotEmpty(t, names[role])
		require.Equal(t, 1, defaults[role], role)
	}
	require.Equal(t, names[phone.Speaker], names[phone.RingDevice])
}

// The pitches are those of the United Kingdom (ITU-T E.180, supplement 2).
func TestTonesAreHeardAndStop(t *testing.T) {
	server := pulse.New(t)
	s := newSound(t)
	heard, err := server.HearSpeaker()
	require.NoError(t, err)
	t.Cleanup(func() { _ = heard.Stop() })
	loud := func(hz float64) func() bool {
		return func() bool {
			f := heard.Last(100 * time.Millisecond)
			return len(f) > 0 && spectrum.Goertzel(f, audio.DeskRate, hz) > 1e5
		}
	}
	const soon, tick = 5 * time.Second, 10 * time.Millisecond
	s.Tone(phone.ToneRingback, "GB")
	require.Eventually(t, loud(450), soon, tick, "ringback")
	s.Waiting()
	require.Eventually(t, func() bool { return !loud(400)() }, soon, tick, "the beep comes in ringback's place")
	require.Eventually(t, loud(400), soon, tick, "ringback goes on after it")
	s.Tone(phone.ToneBusy, "US")
	require.Eventually(t, loud(620), soon, tick, "busy")
	s.Tone(phone.ToneNone, "")
	require.Eventually(t, func() bool { return !loud(620)() && !loud(480)() }, soon, tick)
	require.Never(t, func() bool { return loud(620)() || loud(480)() }, time.Second, tick)
}

func TestADeviceIsChosenInAKnownRoleOnly(t *testing.T) {
	s := newSound(t)
	require.NotPanics(t, func() { s.SetDevice("lamp", "x") })
}

func TestEventsAreSaidInWords(t *testing.T) {
	tests := map[string]struct {
		event desk.Event
		want  phone.SoundEvent
	}{
		"lost":     {desk.Event{Role: desk.Speaker, Kind: desk.Lost, Device: "Headset"}, phone.SoundEvent{Role: phone.Speaker, Text: `The speaker "Headset" is gone.`}},
		"moved":    {desk.Event{Role: desk.Microphone, Kind: desk.Moved, Device: "Built-in"}, phone.SoundEvent{Role: phone.Microphone, Text: `The microphone is now "Built-in".`}},
		"restored": {desk.Event{Role: desk.Speaker, Kind: desk.Restored, Device: "Headset"}, phone.SoundEvent{Role: phone.Speaker, Text: `The speaker is back: "Headset".`}},
		"silent": {
			desk.Event{Role: desk.Microphone, Kind: desk.Silent, Err: errors.New("no sound")},
			phone.SoundEvent{
				Role:  phone.Microphone,
				Text:  "There is no microphone. Calls go on in silence; plug one in, and it is used at once.",
				Fault: "There is no microphone. Calls go on in silence; plug one in, and it is used at once.",
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { require.Equal(t, test.want, sound.Event(test.event)) })
	}
}
