package device_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/device"
	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/test/pulse"
)

// soon is how long a test waits for what a sound server does at once.
const soon = 5 * time.Second

func newHost(t testing.TB) *device.Host {
	var h device.Host
	t.Cleanup(func() { require.NoError(t, h.Close()) })
	return &h
}

// silentMachine points the process to a sound server that does not exist.
func silentMachine(t *testing.T) {
	if _, err := os.Stat("/proc/asound/cards"); err == nil {
		t.Skip("this machine has a sound card of its own")
	}
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	t.Setenv("PULSE_SERVER", "unix:"+filepath.Join(t.TempDir(), "nothing"))
}

func names(list []device.Info) (names []string) {
	for _, d := range list {
		names = append(names, d.Name)
	}
	return names
}

func TestDevicesAreListedWithTheDefault(t *testing.T) {
	pulse.New(t)
	h := newHost(t)
	for kind, want := range map[device.Kind]string{device.Output: pulse.SpeakerName, device.Input: pulse.MicrophoneName} {
		list, err := h.Devices(kind)
		require.NoError(t, err)
		require.Contains(t, names(list), want)
		for _, d := range list {
			require.Equal(t, kind, d.Kind)
			require.NotEmpty(t, d.ID)
			require.Equal(t, d.Name == want, d.Default, d.Name)
		}
		again, err := h.Devices(kind)
		require.NoError(t, err)
		require.Equal(t, list, again)
	}
}

func TestMicrophoneIsHeardAtFullRate(t *testing.T) {
	server := pulse.New(t)
	h := newHost(t)
	mic, err := h.OpenCapture("")
	require.NoError(t, err)
	defer mic.Close()
	require.Equal(t, pulse.MicrophoneName, mic.Name())

	player, err := server.Speak()
	require.NoError(t, err)
	defer player.Stop()
	player.Repeat(pulse.Tone(700, 8000, time.Second))

	var heard audio.Frame
	room := make(audio.Frame, device.Period)
	require.Eventually(t, func() bool {
		for n := mic.Read(room); n > 0; n = mic.Read(room) {
			heard = append(heard, room[:n]...)
		}
		end := heard[max(0, len(heard)-audio.DeskRate/2):]
		return len(end) == audio.DeskRate/2 && spectrum.Goertzel(end, audio.DeskRate, 700) > 0.99*8000*8000/2
	}, soon, 10*time.Millisecond)
}

func TestSpeakerPlaysAtTheRightLevel(t *testing.T) {
	server := pulse.New(t)
	h := newHost(t)
	speaker, err := h.OpenPlayback(pulse.SpeakerName)
	require.NoError(t, err)
	defer speaker.Close()
	recorder, err := server.HearSpeaker()
	require.NoError(t, err)
	defer recorder.Stop()

	next := 0
	require.Eventually(t, func() bool {
		for speaker.Len() < 4*device.Period {
			speaker.Write(spectrum.Tone(device.Period, audio.DeskRate, 440, 8000, next))
			next += device.Period
		}
		end := recorder.Last(500 * time.Millisecond)
		return len(end) == audio.DeskRate/2 && spectrum.Goertzel(end, audio.DeskRate, 440) > 0.98*8000*8000/2
	}, soon, 10*time.Millisecond)
	require.WithinDuration(t, time.Now(), speaker.Last(), time.Second)
	require.False(t, speaker.Stopped())

	missed := speaker.Missed()
	require.Eventually(t, func() bool { return speaker.Missed() > missed }, soon, 10*time.Millisecond, "nothing is queued any more")
}

func TestDeviceIsChosenByName(t *testing.T) {
	server := pulse.New(t)
	_, err := server.LoadSink("headset", "Lab_Headset")
	require.NoError(t, err)
	h := newHost(t)
	speaker, err := h.OpenPlayback("Lab_Headset")
	require.NoError(t, err)
	defer speaker.Close()
	recorder, err := server.Hear("headset.monitor")
	require.NoError(t, err)
	defer recorder.Stop()
	next := 0
	require.Eventually(t, func() bool {
		for speaker.Len() < 4*device.Period {
			speaker.Write(spectrum.Tone(device.Period, audio.DeskRate, 440, 8000, next))
			next += device.Period
		}
		return spectrum.RMS(recorder.Last(200*time.Millisecond)) > -20
	}, soon, 10*time.Millisecond)

	_, err = h.OpenPlayback("Lab_Nothing")
	require.ErrorIs(t, err, device.ErrNotFound)
	_, err = h.OpenCapture("Lab_Headset")
	require.ErrorIs(t, err, device.ErrNotFound)
}

// The sound that nobody reads in time is dropped, and what was there is whole.
func TestAMicrophoneThatNobodyReadsKeepsTheOldestSound(t *testing.T) {
	server := pulse.New(t)
	player, err := server.Speak()
	require.NoError(t, err)
	defer player.Stop()
	player.Repeat(pulse.Tone(700, 8000, time.Second))
	recorder, err := server.Hear(pulse.Microphone)
	require.NoError(t, err)
	defer recorder.Stop()
	require.Eventually(t, func() bool { return spectrum.RMS(recorder.Last(100*time.Millisecond)) > -20 }, soon, 10*time.Millisecond)

	h := newHost(t)
	mic, err := h.OpenCapture("")
	require.NoError(t, err)
	defer mic.Close()
	const depth = 16384
	f := make(audio.Frame, audio.DeskRate)
	// Now and then on a busy machine it is the player that leaves a gap.
	require.Eventually(t, func() bool {
		full := mic.Turns() + 1
		for mic.Len() < depth || mic.Turns() < full+3 {
			time.Sleep(time.Millisecond)
			if mic.Len() < depth {
				full = mic.Turns()
			}
		}
		n := mic.Read(f)
		require.Equal(t, depth, n)
		return spectrum.Goertzel(f[:n], audio.DeskRate, 700)/spectrum.Power(f[:n]) > 0.99
	}, 2*soon, time.Millisecond, "whole, with no seam")
	require.Eventually(t, func() bool { return mic.Read(f) > 0 }, soon, time.Millisecond, "and goes on")
}

func TestDeviceThatVanishesStandsStill(t *testing.T) {
	server := pulse.New(t)
	module, err := server.LoadSink("headset", "Lab_Headset")
	require.NoError(t, err)
	h := newHost(t)
	speaker, err := h.OpenPlayback("Lab_Headset")
	require.NoError(t, err)
	defer speaker.Close()
	require.Eventually(t, func() bool { return speaker.Turns() > 5 }, soon, 10*time.Millisecond)

	require.NoError(t, server.Unload(module))
	require.Eventually(t, func() bool { return time.Since(speaker.Last()) > 500*time.Millisecond }, soon, 10*time.Millisecond)
}

func TestNoSoundServer(t *testing.T) {
	silentMachine(t)
	h := newHost(t)
	_, err := h.Devices(device.Output)
	require.ErrorIs(t, err, device.ErrNoSound)
	_, err = h.OpenPlayback("")
	require.ErrorIs(t, err, device.ErrNoSound)
	_, err = h.OpenCapture("Anything")
	require.ErrorIs(t, err, device.ErrNoSound)
}

// Asking for sound again and again where there is none costs nothing that is not
// given back.
func TestNoSoundServerLeaksNothing(t *testing.T) {
	silentMachine(t)
	h := newHost(t)
	files := func() int {
		list, err := os.ReadDir("/proc/self/fd")
		if err != nil {
			t.Skip("no /proc here")
		}
		return len(list)
	}
	_, _ = h.Devices(device.Output)
	before := files()
	for range 100 {
		_, err := h.OpenPlayback("")
		require.ErrorIs(t, err, device.ErrNoSound)
	}
	require.Equal(t, before, files())
}

// The same Host goes on with a sound server that was started anew, while what was
// open on the one before is closed late.
func TestSoundServerStartedAnew(t *testing.T) {
	h := newHost(t)
	first := pulse.New(t)
	old, err := h.OpenPlayback("")
	require.NoError(t, err)
	require.NoError(t, first.Stop())
	_, err = h.OpenPlayback("")
	require.ErrorIs(t, err, device.ErrNoSound)

	pulse.New(t)
	speaker, err := h.OpenPlayback("")
	require.NoError(t, err)
	require.Eventually(t, func() bool { return speaker.Turns() > 2 }, soon, 10*time.Millisecond)
	require.NoError(t, speaker.Close())
	require.NoError(t, old.Close())
}

// How long a call waits for its devices.
func BenchmarkOpenAndClose(b *testing.B) {
	pulse.New(b)
	var h device.Host
	defer h.Close()
	for b.Loop() {
		speaker, err := h.OpenPlayback("")
		require.NoError(b, err)
		require.NoError(b, speaker.Close())
	}
}

// The look at the list that finds devices that come and go.
func BenchmarkDevices(b *testing.B) {
	pulse.New(b)
	var h device.Host
	defer h.Close()
	for b.Loop() {
		_, err := h.Devices(device.Output)
		require.NoError(b, err)
	}
}
