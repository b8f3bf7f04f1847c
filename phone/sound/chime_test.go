package sound_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/phone"
	"github.com/callward/callward/test/pulse"
)

func TestTheChimeIsHeardOnceOnTheRingDevice(t *testing.T) {
	server := pulse.New(t)
	_, err := server.LoadSink("bell", "Lab_Bell")
	require.NoError(t, err)
	s := newSound(t)
	bell, speaker := hear(t, server, "bell"), hear(t, server, pulse.Speaker)
	s.SetDevice(phone.RingDevice, "Lab_Bell")
	loudest := map[int]float64{}
	for _, percent := range []int{100, 50} {
		s.SetVolume(phone.RingDevice, percent)
		before := len(bell.Samples())
		s.Chime()
		var f audio.Frame
		require.Eventually(t, func() bool {
			f = bell.Samples()[before:]
			return sounding(f) > 0 && sounding(f[max(0, len(f)-audio.DeskRate/5):]) == 0
		}, soon, tick)
		require.InDelta(t, 0.45, sounding(f).Seconds(), 0.06)
		loudest[percent] = amplitude(f, spectrum.Dominant(f, audio.DeskRate))
	}
	require.InDelta(t, 0.5, loudest[50]/loudest[100], 0.1, "%v", loudest)
	require.Zero(t, sounding(speaker.Samples()))
}

func TestTheChimeDoesNotCutARingtoneOff(t *testing.T) {
	server := pulse.New(t)
	s := newSound(t)
	speaker := hear(t, server, pulse.Speaker)
	s.SetRingtone("Digital")
	s.Ringtone(true)
	for range 20 {
		s.Chime()
	}
	before := len(speaker.Samples())
	require.Eventually(t, func() bool { return sounding(speaker.Samples()[before:]) > 1200*time.Millisecond }, 2*soon, tick, "it rings on")
	s.Ringtone(false)
	require.Eventually(t, func() bool { return sounding(speaker.Last(100*time.Millisecond)) == 0 }, soon, tick)
	s.Chime()
	require.Eventually(t, func() bool {
		f := speaker.Last(40 * time.Millisecond)
		return len(f) > 0 && spectrum.Goertzel(f, audio.DeskRate, 1046.5)/spectrum.Power(f) > 0.75
	}, soon, tick, "and then it is heard again")
}

func TestTheChimeWithoutADevice(t *testing.T) {
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	t.Setenv("PULSE_SERVER", "unix:"+filepath.Join(t.TempDir(), "nothing"))
	newSound(t).Chime() // and the desk ends as ever
}
