package machine_test

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/audio/wav"
	"github.com/callward/callward/phone"
)

// kinds are those that callers hear.
var kinds = []phone.GreetingKind{phone.GreetingAll, phone.GreetingBlocked, phone.GreetingAway}

// written is a WAV file with a sound in it.
func written(t *testing.T, rate int, sound audio.Frame) string {
	path := filepath.Join(t.TempDir(), "mine.wav")
	f, err := os.Create(path)
	require.NoError(t, err)
	require.NoError(t, wav.Write(f, rate, sound))
	require.NoError(t, f.Close())
	return path
}

func TestStandardGreetings(t *testing.T) {
	files, _ := newFiles(t)
	lengths := map[string]time.Duration{}
	for _, language := range []string{"en", "de"} {
		for _, kind := range kinds {
			g, err := files.Greeting(kind, language)
			require.NoError(t, err)
			require.False(t, g.Own)
			require.Equal(t, 16000, g.Sound.Rate)
			lengths[language] = g.Sound.Length()
			require.Less(t, g.Sound.Length(), 6*time.Second)
			require.Greater(t, g.Sound.Length(), 3*time.Second)
			require.Less(t, spectrum.RMS(g.Sound.Data[:1200]), -55.0, "75 ms of silence before the first syllable")
			require.Greater(t, spectrum.RMS(g.Sound.Data[1200:4800]), -45.0, "and no more")
			require.InDelta(t, -23, spectrum.RMS(g.Sound.Data), 4)
		}
	}
	require.NotEqual(t, lengths["en"], lengths["de"])
	other, err := files.Greeting(phone.GreetingAll, "fr")
	require.NoError(t, err)
	require.Equal(t, lengths["en"], other.Sound.Length())
	_, err = files.Greeting(phone.GreetingDraft, "en")
	require.Equal(t, phone.CodeNotFound, phone.CodeOf(err))
	_, err = files.Greeting("../voicemail/x", "en")
	require.Equal(t, phone.CodeInvalid, phone.CodeOf(err))
}

func TestOwnGreeting(t *testing.T) {
	files, _ := newFiles(t)
	require.NoError(t, files.SetGreeting(phone.GreetingAll, written(t, 44100, spectrum.Tone(88200, 44100, 600, 8000, 0))))
	for _, kind := range kinds {
		g, err := files.Greeting(kind, "de")
		require.NoError(t, err)
		require.Equal(t, kind == phone.GreetingAll, g.Own)
		require.Greater(t, share(g.Sound.Data, g.Sound.Rate, 600), 0.99)
		require.InDelta(t, 2, g.Sound.Length().Seconds(), 0.01)
	}
	require.NoError(t, files.SetGreeting(phone.GreetingAway, written(t, 11025, spectrum.Tone(11025, 11025, 500, 8000, 0))))
	g, err := files.Greeting(phone.GreetingAway, "de")
	require.NoError(t, err)
	require.True(t, g.Own)
	require.Greater(t, share(g.Sound.Data, g.Sound.Rate, 500), 0.99)

	for _, kind := range []phone.GreetingKind{phone.GreetingAway, phone.GreetingAll, phone.GreetingAll} {
		require.NoError(t, files.ResetGreeting(kind))
	}
	g, err = files.Greeting(phone.GreetingAway, "de")
	require.NoError(t, err)
	require.False(t, g.Own)
	require.Greater(t, g.Sound.Length(), 3*time.Second, "the standard one")
}

func TestDraftIsTrimmed(t *testing.T) {
	files, _ := newFiles(t)
	said := append(append(make(audio.Frame, 96000), spectrum.Tone(96000, audio.DeskRate, 600, 8000, 0)...), make(audio.Frame, 96000)...)
	require.NoError(t, files.SaveGreeting(phone.GreetingDraft, phone.Samples{Rate: audio.DeskRate, Data: said}))
	g, err := files.Greeting(phone.GreetingDraft, "")
	require.NoError(t, err)
	require.True(t, g.Own)
	require.InDelta(t, 2.3, g.Sound.Length().Seconds(), 0.05)
	require.Greater(t, spectrum.RMS(g.Sound.Data[1700:33000]), -16.0, "all that was said is there")
}

func TestGreetingsThatAreRefused(t *testing.T) {
	files, _ := newFiles(t)
	text := filepath.Join(t.TempDir(), "letter.wav")
	require.NoError(t, os.WriteFile(text, []byte("Dear Sir or Madam, this is no sound at all."), 0o600))
	packed := written(t, 8000, spectrum.Tone(8000, 8000, 600, 8000, 0))
	b, err := os.ReadFile(packed)
	require.NoError(t, err)
	binary.LittleEndian.PutUint16(b[20:], 6) // A-law
	require.NoError(t, os.WriteFile(packed, b, 0o600))
	for name, tt := range map[string]struct {
		path string
		code phone.Code
	}{
		"no WAV":   {text, phone.CodeInvalid},
		"packed":   {packed, phone.CodeInvalid},
		"silent":   {written(t, 8000, make(audio.Frame, 8000)), phone.CodeInvalid},
		"empty":    {written(t, 8000, nil), phone.CodeInvalid},
		"too long": {written(t, 8000, spectrum.Tone(8000*12+800, 8000, 600, 8000, 0)), phone.CodeInvalid},
		"a folder": {t.TempDir(), phone.CodeInvalid},
		"missing":  {text + "x", phone.CodeStorage},
	} {
		t.Run(name, func(t *testing.T) {
			err := files.SetGreeting(phone.GreetingAll, tt.path)
			require.Equal(t, tt.code, phone.CodeOf(err))
			t.Log(phone.Sentence(err))
			g, err := files.Greeting(phone.GreetingAll, "en")
			require.NoError(t, err)
			require.False(t, g.Own)
		})
	}
	require.NoError(t, files.SetGreeting(phone.GreetingAll, written(t, 8000, spectrum.Tone(8000*12, 8000, 600, 8000, 0))))
	require.Equal(t, phone.CodeInvalid, phone.CodeOf(files.SaveGreeting(phone.GreetingAll, phone.Samples{})))
}
