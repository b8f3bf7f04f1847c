package machine_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/machine"
)

// never skips no message.
func never(phone.VoicemailID) bool { return false }

// left is a message of three seconds in a file.
func left(t *testing.T) (*call, phone.Voicemail) {
	c := newCall(t, phone.MachineSpec{Greeting: greeting})
	c.answered()
	c.say(700, 3*time.Second)
	c.m.Close()
	r := c.recorded()
	require.True(t, r.Kept)
	return c, r.Message
}

func TestRowIsMadeAnewFromTheFile(t *testing.T) {
	c, want := left(t)
	require.NoError(t, os.WriteFile(filepath.Join(c.dir, "notes.txt"), nil, 0o600))
	require.NoError(t, os.Mkdir(filepath.Join(c.dir, "01960000-0000-7000-8000-000000000002.wav"), 0o700))
	list, there, err := c.files.Found(t.Context(), never)
	require.NoError(t, err)
	require.Equal(t, map[phone.VoicemailID]bool{id: true}, there)
	require.Len(t, list, 1)
	require.WithinDuration(t, want.Received, list[0].Received, 0)
	require.InDeltaSlice(t, want.Wave, list[0].Wave, 8, "the end was faded")
	list[0].Received, list[0].Wave = want.Received, want.Wave
	require.Equal(t, []phone.Voicemail{want}, list)

	list, there, err = c.files.Found(t.Context(), func(phone.VoicemailID) bool { return true })
	require.NoError(t, err)
	require.Empty(t, list)
	require.True(t, there[id])
}

func TestWhatIsNoMessageIsLeftAlone(t *testing.T) {
	c, _ := left(t)
	bad := filepath.Join(c.dir, "01960000-0000-7000-8000-000000000003.wav")
	require.NoError(t, os.WriteFile(bad, []byte("Dear Sir"), 0o600))
	list, there, err := c.files.Found(t.Context(), never)
	require.Equal(t, phone.CodeStorage, phone.CodeOf(err))
	require.Len(t, list, 1, "the others are found")
	require.Len(t, there, 2, "its row is not dropped either")
	require.FileExists(t, bad)

	require.NoError(t, os.RemoveAll(c.dir))
	_, there, err = c.files.Found(t.Context(), never)
	require.Equal(t, phone.CodeStorage, phone.CodeOf(err))
	require.Nil(t, there, "nothing is known of any")
}

func TestWhatACrashLeavesIsMadeWhole(t *testing.T) {
	c, _ := left(t)
	path := c.files.Path(id)
	all, err := os.ReadFile(path)
	require.NoError(t, err)
	head := len(all) - 2*24000
	for range 60 {
		cut := rand.IntN(len(all) + 1)
		require.NoError(t, c.files.Remove(id))
		open := append([]byte(nil), all[:cut]...)
		for _, at := range []int{4, head - 4} { // as the head is until the end
			if cut >= at+4 {
				copy(open[at:], "\xff\xff\xff\xff")
			}
		}
		require.NoError(t, os.WriteFile(path+".part", open, 0o600))
		list, there, err := c.files.Found(t.Context(), never)
		require.NoError(t, err)
		require.NoFileExists(t, path+".part")
		samples := max(0, (cut-head)/2)
		if samples/160*160 < 16000+160 { // two seconds of voice, and the beginning
			if samples < 16000 {
				require.Empty(t, there)
				c.none()
			}
			continue
		}
		require.True(t, there[id], "cut at %d", cut)
		require.Len(t, list, 1)
		require.Equal(t, message.Name, list[0].Name)
		require.Equal(t, time.Duration(samples)*time.Second/8000, list[0].Length)
		whole(t, path)
		sound, err := c.files.Read(id)
		require.NoError(t, err)
		require.Len(t, sound.Data, samples)
		require.InDelta(t, 0, sound.Data[samples-1], 0, "it ends in silence")
	}
}

func TestWhatIsBeingRecordedIsNoMessageYet(t *testing.T) {
	c := newCall(t, phone.MachineSpec{Greeting: greeting})
	c.answered()
	c.say(700, 3*time.Second)
	list, there, err := c.files.Found(t.Context(), never)
	require.NoError(t, err)
	require.Empty(t, list)
	require.Empty(t, there)
	c.m.Close()
	require.True(t, c.recorded().Kept)
}

func TestExport(t *testing.T) {
	c, _ := left(t)
	want, err := os.ReadFile(c.files.Path(id))
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "message.wav")
	require.NoError(t, c.files.Export(t.Context(), id, path, false))
	got, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, want, got)
	require.Equal(t, phone.CodeExists, phone.CodeOf(c.files.Export(t.Context(), id, path, false)))
	require.NoError(t, os.WriteFile(path, nil, 0o600))
	require.NoError(t, c.files.Export(t.Context(), id, path, true))
	got, err = os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, want, got)

	folder := t.TempDir()
	require.Equal(t, phone.CodeInvalid, phone.CodeOf(c.files.Export(t.Context(), id, folder, true)))
	for _, own := range []string{filepath.Join(c.dir, "x.wav"), filepath.Join(c.dir, "..", "callward.db"), c.files.Path(id)} {
		require.Equal(t, phone.CodeInvalid, phone.CodeOf(c.files.Export(t.Context(), id, own, true)), "%s is the program's own", own)
	}
	require.Equal(t, phone.CodeStorage, phone.CodeOf(c.files.Export(t.Context(), id, filepath.Join(folder, "no", "a.wav"), true)))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.Equal(t, phone.CodeCancelled, phone.CodeOf(c.files.Export(ctx, id, filepath.Join(folder, "a.wav"), true)))
	rest, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Empty(t, rest, "nothing half is left")
}

func TestIDsStayInTheFolder(t *testing.T) {
	files, dir := newFiles(t)
	outside := filepath.Join(filepath.Dir(dir), "precious.wav")
	require.NoError(t, os.WriteFile(outside, nil, 0o600))
	for _, bad := range []phone.VoicemailID{"", "../precious", "a/b", "01960000-0000-7000-8000-00000000000/", "x"} {
		t.Run(fmt.Sprintf("%q", bad), func(t *testing.T) {
			require.Empty(t, files.Path(bad))
			require.NoError(t, files.Remove(bad))
			_, err := files.Read(bad)
			require.Equal(t, phone.CodeNotFound, phone.CodeOf(err))
			require.Equal(t, phone.CodeNotFound, phone.CodeOf(files.Export(t.Context(), bad, filepath.Join(t.TempDir(), "a.wav"), false)))
		})
	}
	require.FileExists(t, outside)
	require.NoError(t, files.Remove(id), "none there")
}

// The program starts, and says that there is no room, where its folder cannot be one.
func TestNoFolder(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "voicemail"), nil, 0o600))
	files := machine.NewFiles(dir)
	_, err := files.Free()
	require.Equal(t, phone.CodeStorage, phone.CodeOf(err))
	_, there, err := files.Found(t.Context(), func(phone.VoicemailID) bool { return false })
	require.Equal(t, phone.CodeStorage, phone.CodeOf(err))
	require.Nil(t, there, "nothing is known of the messages")
	g, err := files.Greeting(phone.GreetingAll, "en")
	require.NoError(t, err)
	require.NotEmpty(t, g.Sound.Data)
}

func TestFree(t *testing.T) {
	files, _ := newFiles(t)
	free, err := files.Free()
	require.NoError(t, err)
	require.Positive(t, free)
}

// TestFoldersThatWereRemoved has both folders go while the program runs: messages and greetings are kept all the same.
func TestFoldersThatWereRemoved(t *testing.T) {
	c := newCall(t, phone.MachineSpec{Greeting: greeting})
	require.NoError(t, os.RemoveAll(c.dir))
	require.NoError(t, os.RemoveAll(filepath.Join(c.dir, "..", "greeting")))
	c.answered()
	c.say(700, 3*time.Second)
	c.m.Close()
	require.True(t, c.recorded().Kept)
	require.FileExists(t, c.files.Path(id))
	require.NoError(t, c.files.SetGreeting(phone.GreetingAll, written(t, 8000, spectrum.Tone(16000, 8000, 600, 8000, 0))))
}

// TestATimeThatNobodyCanRead has a file say that its message came after the year 9999: in JSON such a time has no form, and
// one row of it would hide the whole inbox.
func TestATimeThatNobodyCanRead(t *testing.T) {
	for _, when := range []string{"9999-12-31T23:59:59-23:59", "0000-01-01T00:00:00Z"} {
		t.Run(when, func(t *testing.T) {
			c, m := left(t)
			path := c.files.Path(id)
			all, err := os.ReadFile(path)
			require.NoError(t, err)
			was, err := m.Received.UTC().MarshalJSON()
			require.NoError(t, err)
			require.Contains(t, string(all), string(was))
			padded := fmt.Appendf(nil, "%-*q", len(was), when)
			require.Len(t, padded, len(was))
			require.NoError(t, os.WriteFile(path, bytes.Replace(all, was, padded, 1), 0o600))
			list, there, err := c.files.Found(t.Context(), never)
			require.Equal(t, phone.CodeStorage, phone.CodeOf(err))
			require.Empty(t, list)
			require.True(t, there[id])
		})
	}
}
