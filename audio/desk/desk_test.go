package desk_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/desk"
	"github.com/callward/callward/audio/device"
	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/test/pulse"
)

func TestAPartyIsHeardAndHears(t *testing.T) {
	server := pulse.New(t)
	l := newLab(t)
	speaker := recorder(t, server, pulse.Speaker+".monitor")
	p := &party{wave: wave{hz: 440, amplitude: 8000}}
	speak(t, server, pulse.MicrophoneFeed, 700, 6000)

	l.Attach(p)
	hears(t, speaker, 440, 8000)
	hears(t, p.last, 700, 6000)
	require.True(t, l.Working())
	l.Detach(p)
	require.LessOrEqual(t, p.most, device.Period, "runs are of 20 ms at most")
	l.quiet(t)
}

func TestPartiesAreHeardTogetherAndDoNotHearEachOther(t *testing.T) {
	server := pulse.New(t)
	l := newLab(t)
	speaker := recorder(t, server, pulse.Speaker+".monitor")
	a, b := &party{wave: wave{hz: 440, amplitude: 8000}}, &party{wave: wave{hz: 1000, amplitude: 8000}}
	l.Attach(a)
	l.Attach(b)
	require.Eventually(t, func() bool {
		f := speaker()
		return spectrum.Goertzel(f, audio.DeskRate, 440) > 0.9*8000*8000/2 &&
			spectrum.Goertzel(f, audio.DeskRate, 1000) > 0.9*8000*8000/2
	}, soon, tick)
	require.Equal(t, spectrum.Silence, spectrum.RMS(a.last()))
	require.Equal(t, spectrum.Silence, spectrum.RMS(b.last()))
	l.Detach(a)
	hears(t, speaker, 1000, 8000)
	l.Detach(b)
}

// The race detector fails this test where the desk or its standby touches a party
// after Detach.
func TestADetachedPartyIsLeftAlone(t *testing.T) {
	pulse.New(t)
	l := newLab(t)
	for range 20 {
		p := &party{}
		l.Attach(p)
		l.Attach(p)
		require.Eventually(t, func() bool { return len(p.last()) > 0 }, soon, time.Millisecond)
		l.Detach(p)
		before := p.pulls
		p.pulls = 0
		require.Positive(t, before)
		l.Detach(p)
	}
	require.Empty(t, l.standby.list())
}

func TestTonesPlayWithAndWithoutParties(t *testing.T) {
	server := pulse.New(t)
	l := newLab(t)
	speaker := recorder(t, server, pulse.Speaker+".monitor")
	l.Play(&wave{hz: 425, amplitude: 5000})
	hears(t, speaker, 425, 5000)

	p := &party{wave: wave{hz: 1000, amplitude: 0}}
	l.Attach(p)
	hears(t, speaker, 425, 5000)
	l.Play(&wave{hz: 600, amplitude: 5000})
	hears(t, speaker, 600, 5000)
	l.Play(nil)
	require.Eventually(t, func() bool { return spectrum.RMS(speaker()) < -90 }, soon, tick)
	l.Detach(p)
}

func TestRingtonePlaysOnTheRingDevice(t *testing.T) {
	server := pulse.New(t)
	_, err := server.LoadSink("bell", "Lab_Bell")
	require.NoError(t, err)
	l := newLab(t)
	bell, speaker := recorder(t, server, "bell.monitor"), recorder(t, server, pulse.Speaker+".monitor")
	l.Choose(desk.Ringer, "Lab_Bell")
	l.Ring(&wave{hz: 800, amplitude: 9000})
	hears(t, bell, 800, 9000)
	require.Equal(t, spectrum.Silence, spectrum.RMS(speaker()))
	require.False(t, l.Working(), "a ring device paces no party")
	l.Ring(nil)
	require.Eventually(t, func() bool { return spectrum.RMS(bell()) < -90 }, soon, tick)
	l.quiet(t)
}

func TestDevicesAreChosenByNameBeforeAndInACall(t *testing.T) {
	server := pulse.New(t)
	_, err := server.LoadSink("headset", "Lab_Headset")
	require.NoError(t, err)
	_, err = server.LoadSink("boom", "Lab_Boom_Feed")
	require.NoError(t, err)
	_, err = server.LoadSource("boom_mic", "boom", "Lab_Boom")
	require.NoError(t, err)
	l := newLab(t)
	headset, speaker := recorder(t, server, "headset.monitor"), recorder(t, server, pulse.Speaker+".monitor")
	speak(t, server, "boom", 900, 7000)

	p := &party{wave: wave{hz: 440, amplitude: 8000}}
	l.Choose(desk.Speaker, "Lab_Headset")
	l.Choose(desk.Microphone, "Lab_Boom")
	l.Attach(p)
	hears(t, headset, 440, 8000)
	hears(t, p.last, 900, 7000)
	l.Choose(desk.Speaker, "")
	hears(t, speaker, 440, 8000)
	l.Detach(p)
	l.quiet(t)
}

func TestAVanishedDeviceIsReplacedAndComesBack(t *testing.T) {
	server := pulse.New(t)
	module, err := server.LoadSink("headset", "Lab_Headset")
	require.NoError(t, err)
	l := newLab(t)
	speaker, headset := recorder(t, server, pulse.Speaker+".monitor"), recorder(t, server, "headset.monitor")
	p := &party{wave: wave{hz: 440, amplitude: 8000}}
	l.Choose(desk.Speaker, "Lab_Headset")
	l.Attach(p)
	hears(t, headset, 440, 8000)

	require.NoError(t, server.Unload(module))
	gone := time.Now()
	require.Equal(t, "Lab_Headset", l.expect(t, desk.Speaker, desk.Lost).Device)
	require.Equal(t, pulse.SpeakerName, l.expect(t, desk.Speaker, desk.Moved).Device)
	require.Less(t, time.Since(gone), time.Second)
	hears(t, speaker, 440, 8000)

	_, err = server.LoadSink("headset", "Lab_Headset")
	require.NoError(t, err)
	back := time.Now()
	require.Equal(t, "Lab_Headset", l.expect(t, desk.Speaker, desk.Restored).Device)
	require.Less(t, time.Since(back), 1500*time.Millisecond)
	hears(t, recorder(t, server, "headset.monitor"), 440, 8000)
	l.Detach(p)
	l.quiet(t)
}

func TestAVanishedMicrophoneIsReplaced(t *testing.T) {
	server := pulse.New(t)
	_, err := server.LoadSink("boom", "Lab_Boom_Feed")
	require.NoError(t, err)
	module, err := server.LoadSource("boom_mic", "boom", "Lab_Boom")
	require.NoError(t, err)
	l := newLab(t)
	p := &party{}
	l.Choose(desk.Microphone, "Lab_Boom")
	l.Attach(p)
	require.Eventually(t, func() bool { return len(p.last()) > audio.DeskRate/5 }, soon, tick)
	speak(t, server, pulse.MicrophoneFeed, 700, 6000)

	require.NoError(t, server.Unload(module))
	gone := time.Now()
	l.expect(t, desk.Microphone, desk.Lost)
	require.Equal(t, pulse.MicrophoneName, l.expect(t, desk.Microphone, desk.Moved).Device)
	require.Less(t, time.Since(gone), time.Second)
	hears(t, p.last, 700, 6000)
	l.Detach(p)
}

// Where the default itself vanishes, the sound server moves the stream.
func TestAVanishedDefaultIsReplacedAndComesBack(t *testing.T) {
	server := pulse.New(t)
	module, err := server.LoadSink("headset", "Lab_Headset")
	require.NoError(t, err)
	require.NoError(t, server.SetDefaultSink("headset"))
	l := newLab(t)
	speaker := recorder(t, server, pulse.Speaker+".monitor")
	p := &party{wave: wave{hz: 440, amplitude: 8000}}
	l.Attach(p)
	hears(t, recorder(t, server, "headset.monitor"), 440, 8000)

	require.NoError(t, server.Unload(module))
	gone := time.Now()
	require.Equal(t, "Lab_Headset", l.expect(t, desk.Speaker, desk.Lost).Device)
	require.NotEqual(t, "Lab_Headset", l.expect(t, desk.Speaker, desk.Moved).Device)
	require.Less(t, time.Since(gone), time.Second)
	require.NoError(t, server.SetDefaultSink(pulse.Speaker))
	hears(t, speaker, 440, 8000)

	_, err = server.LoadSink("headset", "Lab_Headset")
	require.NoError(t, err)
	require.NoError(t, server.SetDefaultSink("headset"))
	for {
		e := <-l.events
		if e.Kind == desk.Restored {
			require.Equal(t, "Lab_Headset", e.Device)
			break
		}
		require.Equal(t, desk.Moved, e.Kind)
	}
	hears(t, recorder(t, server, "headset.monitor"), 440, 8000)
	l.Detach(p)
}

func TestWithoutASoundServerTheStandbyClockServesUntilThereIsOne(t *testing.T) {
	if _, err := os.Stat("/proc/asound/cards"); err == nil {
		t.Skip("this machine has a sound card of its own")
	}
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	t.Setenv("PULSE_SERVER", "unix:"+filepath.Join(t.TempDir(), "nothing"))
	l := newLab(t)
	p := &party{wave: wave{hz: 440, amplitude: 8000}}
	l.Attach(p)
	for range 2 {
		e := <-l.events
		require.Equal(t, desk.Silent, e.Kind)
		require.ErrorIs(t, e.Err, device.ErrNoSound)
	}
	require.Equal(t, []audio.Party{p}, l.standby.list())
	require.False(t, l.Working())

	server := pulse.New(t)
	speaker := recorder(t, server, pulse.Speaker+".monitor")
	for range 2 {
		require.Equal(t, desk.Restored, (<-l.events).Kind)
	}
	hears(t, speaker, 440, 8000)
	require.Empty(t, l.standby.list())

	require.NoError(t, server.Stop())
	require.Eventually(t, func() bool { return len(l.standby.list()) == 1 }, soon, tick, "the standby clock serves again")
	require.False(t, l.Working())
	l.Detach(p)
	require.Empty(t, l.standby.list())
}

// A beep that nobody could hear is over all the same.
func TestAShortToneDoesNotWaitForADevice(t *testing.T) {
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	t.Setenv("PULSE_SERVER", "unix:"+filepath.Join(t.TempDir(), "nothing"))
	l := newLab(t)
	l.Play(&wave{hz: 440, amplitude: 8000, length: audio.DeskRate / 2})
	require.Equal(t, desk.Silent, (<-l.events).Kind)
	time.Sleep(2500 * time.Millisecond) // longer than the tone and the desk's second

	server := pulse.New(t)
	speaker := recorder(t, server, pulse.Speaker+".monitor")
	p := &party{}
	l.Attach(p)
	require.Eventually(t, func() bool { return len(p.last()) > audio.DeskRate/5 }, soon, tick)
	require.Equal(t, spectrum.Silence, spectrum.RMS(speaker()))
	l.Detach(p)
}

func TestAnIdleDeskHoldsNoDevice(t *testing.T) {
	server := pulse.New(t)
	l := newLab(t)
	open := func() int {
		inputs, err := server.List("sink-inputs")
		require.NoError(t, err)
		outputs, err := server.List("source-outputs")
		require.NoError(t, err)
		n := 0
		for _, list := range []string{inputs, outputs} {
			n += count(list, `application.name = "Callward"`)
		}
		return n
	}
	require.Zero(t, open())
	p := &party{}
	l.Attach(p)
	require.Eventually(t, func() bool { return open() == 2 }, soon, tick)
	l.Detach(p)
	require.Eventually(t, func() bool { return open() == 0 }, 3*soon, tick)
	require.False(t, l.Working())
}

func TestADeskThatHasEndedDoesNotHang(t *testing.T) {
	var host device.Host
	d := desk.New(desk.Config{Host: &host, Standby: &standby{}})
	ctx, cancel := context.WithCancel(context.Background())
	ran := make(chan error)
	go func() { ran <- d.Run(ctx) }()
	p := &party{}
	d.Attach(p)
	cancel()
	require.NoError(t, <-ran)
	d.Detach(p)
	d.Play(nil)
	require.NoError(t, d.Close())
	require.NoError(t, desk.New(desk.Config{Host: &host, Standby: &standby{}}).Close(), "never run")
}
