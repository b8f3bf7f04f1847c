package exchange

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/spectrum"
)

// hear returns what a voice says next, pulled in runs of an odd length.
func hear(v *voice, seconds float64) audio.Frame {
	heard := make(audio.Frame, int(seconds*audio.DeskRate))
	for at := 0; at < len(heard); at += 777 {
		v.Pull(heard[at:min(at+777, len(heard))])
	}
	return heard
}

func TestSpeechesAreThere(t *testing.T) {
	all, err := readSpeeches()
	require.NoError(t, err)
	for name, sound := range all {
		require.Greater(t, spectrum.RMS(sound), -35.0, name)
		require.InDelta(t, 6, float64(len(sound))/voiceRate, 5, name)
	}
}

func tone(seconds float64) audio.Frame {
	return spectrum.Tone(int(seconds*voiceRate), voiceRate, 500, 8000, 0)
}

func TestVoiceSaysATextOnce(t *testing.T) {
	ended := 0
	v := newVoice(speeches{"tone": tone(1)}, func() { ended++ }, nil)
	require.Equal(t, spectrum.Silence, spectrum.RMS(hear(v, 0.1)), "it has nothing to say yet")
	v.say("tone", once)
	require.Greater(t, spectrum.RMS(hear(v, 0.9)), -20.0)
	require.Zero(t, ended)
	hear(v, 0.2)
	require.Equal(t, 1, ended)
	require.Equal(t, spectrum.Silence, spectrum.RMS(hear(v, 3)))
	require.Equal(t, 1, ended)
}

func TestVoiceRepeatsAText(t *testing.T) {
	v := newVoice(speeches{"tone": tone(1)}, func() { t.Error("it never ends") }, nil)
	v.say("tone", repeated)
	for range 3 {
		require.InDelta(t, 500, spectrum.Dominant(hear(v, 0.9), audio.DeskRate), 5)
		hear(v, 0.2)
		require.Less(t, spectrum.RMS(hear(v, 0.8)), -60.0, "a pause")
		hear(v, 0.1)
	}
}

func TestVoiceTurnsToAnotherText(t *testing.T) {
	v := newVoice(speeches{"long": tone(10), "empty": tone(0.02)}, func() {}, nil)
	v.say("long", repeated)
	hear(v, 0.5)
	v.say("empty", once)
	hear(v, 0.1)
	require.Less(t, spectrum.RMS(hear(v, 1)), -60.0)
}

func TestEchoAddsNoDelay(t *testing.T) {
	e := newEcho()
	for i := range 100 {
		said := spectrum.Tone(960, audio.DeskRate, 700, 8000, i*960)
		heard := make(audio.Frame, 960)
		e.Push(said)
		e.Pull(heard)
		require.Equal(t, said, heard)
	}
}

func TestEarTellsABeepFromSpeech(t *testing.T) {
	var told []heard
	e := ear{tell: func(h heard) { told = append(told, h) }}
	say := func(f audio.Frame) {
		for at := 0; at < len(f); at += 777 {
			e.hear(f[at:min(at+777, len(f))])
		}
	}
	beep := func(seconds, hz float64) audio.Frame {
		return spectrum.Tone(int(seconds*audio.DeskRate), audio.DeskRate, hz, 8000, 0)
	}
	silence := func(seconds float64) audio.Frame { return make(audio.Frame, int(seconds*audio.DeskRate)) }
	say(beep(2, 300))
	say(silence(0.9))
	say(beep(0.1, 1000)) // too short
	say(beep(0.3, 800))  // another
	require.Empty(t, told)
	say(beep(0.3, 1000))
	say(silence(0.5))
	require.Equal(t, []heard{beeped}, told)
	say(silence(1.6))
	require.Equal(t, []heard{beeped, calm, calm}, told)
}
