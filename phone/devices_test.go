package phone_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestSoundFaultsAreShownUntilTheyAreOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.sound.err = &phone.Error{Code: phone.CodeNoSound}
		r.store.settings["device.speaker"] = "Headset"
		r.start()
		require.Contains(t, r.Snapshot().Sound, "There is no sound")
		require.Equal(t, "Headset", r.sound.chosen[phone.Speaker])
		devices, err := r.Devices(t.Context())
		require.NoError(t, err)
		require.Empty(t, devices)
		require.NoError(t, r.SetDevice(t.Context(), phone.RingDevice, "Bell"), "taken as it is")
		require.Equal(t, "Bell", r.sound.chosen[phone.RingDevice])
		r.sound.notify(phone.SoundEvent{Role: phone.Speaker, Text: "The speaker is back."})
		events := r.happened()
		require.Equal(t, "The speaker is back.", events[len(events)-1].Text)
		require.Empty(t, r.Snapshot().Sound)
		r.close()
	})
}

func TestSoundFaultsOfTheRolesAreApart(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		r.sound.notify(phone.SoundEvent{Role: phone.Speaker, Text: "No speaker.", Fault: "No speaker."})
		r.sound.notify(phone.SoundEvent{Role: phone.Microphone, Text: "No microphone.", Fault: "No microphone."})
		r.happened()
		require.Equal(t, "No microphone.", r.Snapshot().Sound)
		r.sound.notify(phone.SoundEvent{Role: phone.Microphone, Text: "The microphone is back."})
		r.happened()
		require.Equal(t, "No speaker.", r.Snapshot().Sound)
	})
}

func TestSoundThatComesBackBetweenCallsIsFound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.sound.err = &phone.Error{Code: phone.CodeNoSound}
		r.start()
		r.sound.notify(phone.SoundEvent{Role: phone.Microphone, Text: "No microphone.", Fault: "No microphone."})
		time.Sleep(time.Minute)
		require.Contains(t, r.Snapshot().Sound, "There is no sound")
		r.happened()

		r.sound.appear(phone.Device{Name: "Built-in", Role: phone.Speaker})
		time.Sleep(time.Minute)
		require.Equal(t, "No microphone.", r.Snapshot().Sound)
		require.Empty(t, r.happened())

		r.sound.appear(phone.Device{Name: "Headset", Role: phone.Microphone})
		time.Sleep(time.Minute)
		require.Empty(t, r.Snapshot().Sound)
		events := r.happened()
		require.Len(t, events, 1)
		require.Equal(t, "There is sound again.", events[0].Text)
		r.close()
	})
}

func TestDevicesAreChosenByNameAndRemembered(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		r.sound.devices = []phone.Device{
			{Name: "Built-in", Role: phone.Speaker, Default: true},
			{Name: "Headset", Role: phone.Speaker},
			{Name: "Built-in", Role: phone.Microphone, Default: true},
		}
		chosen := func() (names []string) {
			devices, err := r.Devices(t.Context())
			require.NoError(t, err)
			for _, d := range devices {
				if d.Chosen {
					names = append(names, string(d.Role)+" "+d.Name)
				}
			}
			return names
		}
		require.Equal(t, []string{"speaker Built-in", "microphone Built-in"}, chosen())
		require.NoError(t, r.SetDevice(t.Context(), phone.Speaker, "Headset"))
		require.Equal(t, []string{"speaker Headset", "microphone Built-in"}, chosen())
		require.Equal(t, "Headset", r.sound.chosen[phone.Speaker])
		require.Equal(t, "Headset", r.store.settings["device.speaker"])

		r.sound.devices = r.sound.devices[:1]
		require.Equal(t, []string{"speaker Built-in"}, chosen(), "while it is gone")
		fails(t, phone.CodeNotFound, r.SetDevice(t.Context(), phone.Speaker, "None"))
		fails(t, phone.CodeInvalid, r.SetDevice(t.Context(), "lamp", "Built-in"))
		require.NoError(t, r.SetDevice(t.Context(), phone.Speaker, "default"))
		require.Empty(t, r.store.settings["device.speaker"])
		r.store.fill(full())
		fails(t, phone.CodeStorage, r.SetDevice(t.Context(), phone.Speaker, "Built-in"))
		r.store.unread = errors.New("gone")
		_, err := r.Devices(t.Context())
		require.Error(t, err)
	})
}

func TestTheTraceIsSwitched(t *testing.T) {
	run(t, func(t *testing.T, r *rig) {
		require.NoError(t, r.SetTrace(t.Context(), true))
		require.True(t, r.tracer.on)
		require.Equal(t, "/trace", r.TracePath())
	})
}
