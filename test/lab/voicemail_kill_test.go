package lab

import (
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/registrar"
	"github.com/callward/callward/test/sipp"
	"github.com/callward/callward/test/wav"
	"github.com/callward/callward/test/wire"
)

// TestKillWhileMessagesAreLeft ends the program as a power cut does while five callers leave messages, again and again, 100
// messages in a soak: all that was on the disk is listed after the next start, and each row has its file, each file its row.
func TestKillWhileMessagesAreLeft(t *testing.T) {
	const callers = 5
	server := registrar.New(t, registrar.Options{Behind: silence})
	greeting := filepath.Join(t.TempDir(), "hello.wav")
	require.NoError(t, wav.Write(greeting, spectrum.Tone(4000, 8000, 500, 8000, 0), 8000))
	said := filepath.Join(t.TempDir(), "said.ulaw")
	lasts, err := sipp.Saying(said, spectrum.Tone(30*8000, 8000, 700, 8000, 0))
	require.NoError(t, err)

	var profile string
	start := func() *callward.Program {
		p := callward.New(t, callward.Options{Profile: profile})
		profile = p.Profile
		return p
	}
	p := start()
	p.Must(t, "blacklist", "add", "020 7946 0021")
	p.Must(t, "voicemail", "greeting", "set", greeting)
	p.AddAccount(t, "registered", address("alice"), "secret", "--server", server.Addr().String(), "--country", "GB")
	kills, kept, seed := max(2, tenth(20)), map[string]bool{}, time.Now().UnixNano()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(uint64(seed), 1))
	for n := range kills {
		last, err := server.Await(1+n, patience) // of this start
		require.NoError(t, err)
		user, at := split(t, wire.URI(last.Get("Contact")))
		for range callers {
			sipp.New(t, sipp.Options{
				Scenario: "message", Remote: at, User: user, Identity: []string{"From: <sip:+442079460021@127.0.0.1>;tag=1"}, Hold: 100 * time.Millisecond, Say: said, SayFor: lasts,
			})
		}
		// At random, and yet early and late ones among few.
		time.Sleep(time.Second + time.Duration((float64(n)+random.Float64())/float64(kills)*float64(6*time.Second)))
		p.KillHard()
		on := onDisk(t, profile)

		p = start()
		listed := map[string]float64{}
		for _, m := range messages(t, p) {
			listed[m.ID] = m.Length
		}
		for id, length := range on {
			if length < 2.5 { // less than 2 s of voice, where the caller began later than the recording
				continue
			}
			require.InDelta(t, length, listed[id], 0.011, "%s has %.3f s on the disk", id, length)
			kept[id] = true
		}
		require.ElementsMatch(t, slices.Collect(maps.Keys(listed)), files(t, profile), "a row without its file, or a file without its row")
		require.Equal(t, "ok", integrity(t, profile))
		require.Eventually(t, func() bool { return p.State(t).Accounts[0].State == "registered" }, patience, 20*time.Millisecond)
	}
	t.Logf("%d kills, %d messages kept that were cut off", kills, len(kept))
	require.NotEmpty(t, kept)
}

// onDisk is how many seconds are in each file of a message.
func onDisk(t *testing.T, profile string) map[string]float64 {
	t.Helper()
	seconds := map[string]float64{}
	entries, err := os.ReadDir(filepath.Join(profile, "voicemail"))
	require.NoError(t, err)
	for _, e := range entries {
		whole, err := os.ReadFile(filepath.Join(profile, "voicemail", e.Name()))
		require.NoError(t, err)
		if at := strings.Index(string(whole), "data"); at >= 0 {
			id, _, _ := strings.Cut(e.Name(), ".")
			seconds[id] = float64((len(whole)-at-8)/2) / 8000
		}
	}
	return seconds
}

// files are the ids of the messages that there are files of.
func files(t *testing.T, profile string) (ids []string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(profile, "voicemail"))
	require.NoError(t, err)
	for _, e := range entries {
		id, whole := strings.CutSuffix(e.Name(), ".wav")
		require.True(t, whole, "%s is left over", e.Name())
		ids = append(ids, id)
	}
	return ids
}
