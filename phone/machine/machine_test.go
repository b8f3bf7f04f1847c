package machine_test

import (
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/audio/wav"
	"github.com/callward/callward/phone"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestMessageIsRecorded(t *testing.T) {
	c := newCall(t, phone.MachineSpec{Greeting: greeting})
	c.say(500, 200*time.Millisecond) // before the call is up
	require.Zero(t, spectrum.Power(c.heard))
	c.heard = nil
	c.answered()
	require.Greater(t, share(c.heard[480:23520], audio.DeskRate, 440), 0.99, "the greeting from its first sample on")
	require.Greater(t, share(c.heard[25920:38400], audio.DeskRate, 1000), 0.99, "then the beep")
	c.say(700, 3*time.Second)
	c.vanish(200 * time.Millisecond)
	c.m.End(true)
	r := c.recorded()
	require.False(t, r.Done)
	require.NoError(t, r.Err)
	sound := c.kept(r, 3*time.Second)
	require.Equal(t, 8000, sound.Rate)
	require.Greater(t, share(sound.Data[200:23800], 8000, 700), 0.99)
	quiet := spectrum.LargestStep(spectrum.Tone(8000, 8000, 700, 8000, 0))
	require.LessOrEqual(t, spectrum.LargestStep(append(sound.Data, 0, 0)), quiet+200, "no click, at the end neither")

	require.WithinDuration(t, time.Now(), r.Message.Received, time.Minute)
	require.Len(t, r.Message.Wave, 150, "a bar for each 20 ms")
	require.InDelta(t, 255*(60-15.3)/60, r.Message.Wave[50], 3)
	want := message
	want.Length, want.Wave, want.Received = r.Message.Length, r.Message.Wave, r.Message.Received
	require.Equal(t, want, r.Message)
}

func TestPhasesAndLevels(t *testing.T) {
	c := newCall(t, phone.MachineSpec{Greeting: greeting})
	next := func() phone.MediaMachine { return c.next().(phone.MediaMachine) }
	require.Equal(t, phone.MediaMachine{Phase: phone.MachineWaits, Level: -127}, next())
	c.m.Greet(rate)
	require.Equal(t, phone.MediaMachine{Phase: phone.MachineGreets, Level: -127}, next())
	c.answered()
	require.Equal(t, phone.MediaMachine{Phase: phone.MachineRecords, Level: -127}, next())
	c.say(700, 2*time.Second)
	c.m.End(false)
	var told []phone.MediaMachine
	for e, on := c.next().(phone.MediaMachine); on; e, on = c.next().(phone.MediaMachine) {
		told = append(told, e)
	}
	require.GreaterOrEqual(t, len(told), 5, "four times a second, as batches allow")
	for i, e := range told[1:] {
		require.Greater(t, e.Length, told[i].Length)
		require.InDelta(t, -15.3, e.Level, 1)
	}
}

func TestHash(t *testing.T) {
	t.Run("in the greeting skips to the beep", func(t *testing.T) {
		c := newCall(t, phone.MachineSpec{Greeting: phone.Samples{Rate: 8000, Data: spectrum.Tone(80000, 8000, 440, 8000, 0)}})
		c.m.Digit('#') // of before the call was up
		c.m.Greet(rate)
		c.say(0, time.Second)
		require.Greater(t, share(c.heard[480:], audio.DeskRate, 440), 0.99)
		c.m.Digit('5')
		c.m.Digit('#')
		c.heard = c.heard[:0]
		c.say(0, 300*time.Millisecond)
		require.Greater(t, share(c.heard[1920:14400], audio.DeskRate, 1000), 0.99)
		c.m.Digit('#') // pressed once more, in the beep: too early to end
		c.say(0, 20*time.Millisecond)
		c.say(700, 3*time.Second)
		c.m.End(true)
		c.kept(c.recorded(), 3*time.Second)
	})
	t.Run("ends the message", func(t *testing.T) {
		c := newCall(t, phone.MachineSpec{Greeting: greeting})
		c.answered()
		c.say(700, 3*time.Second)
		c.m.Digit('#')
		c.vanish(200 * time.Millisecond)
		r := c.recorded()
		require.True(t, r.Done)
		c.kept(r, 3*time.Second)
		c.heard = nil
		c.say(700, time.Second)
		require.Zero(t, spectrum.Power(c.heard))
	})
}

func TestSilenceEndsTheMessage(t *testing.T) {
	c := newCall(t, phone.MachineSpec{Greeting: greeting})
	c.answered()
	c.say(700, 3*time.Second)
	c.say(0, 7*time.Second)
	c.say(700, time.Second)
	c.say(0, phone.MaxSilence+200*time.Millisecond)
	r := c.recorded()
	require.True(t, r.Done)
	over := r.Message.Length - 11*time.Second - phone.MaxSilence
	require.LessOrEqual(t, over, 120*time.Millisecond, "it is looked at ten times a second")
	require.GreaterOrEqual(t, over, time.Duration(0))
	c.kept(r, r.Message.Length)
}

func TestCallerWhoVanishes(t *testing.T) {
	c := newCall(t, phone.MachineSpec{Greeting: greeting})
	c.answered()
	c.say(700, 3*time.Second)
	c.vanish(phone.MaxSilence + 200*time.Millisecond)
	r := c.recorded()
	require.True(t, r.Done)
	c.kept(r, 3*time.Second)
}

func TestGreatestLength(t *testing.T) {
	c := newCall(t, phone.MachineSpec{MaxLength: 4 * time.Second})
	c.answered()
	c.say(700, 5*time.Second)
	r := c.recorded()
	require.True(t, r.Done)
	require.Equal(t, 4*time.Second, r.Message.Length)
	sound := c.kept(r, 4*time.Second)
	require.Less(t, spectrum.RMS(sound.Data[len(sound.Data)-8:]), -28.0, "it fades")
}

func TestTooLittleVoiceKeepsNothing(t *testing.T) {
	for name, end := range map[string]func(c *call){
		"a word":     func(c *call) { c.say(700, 1900*time.Millisecond); c.say(0, 3*time.Second) },
		"nothing":    func(*call) {},
		"by silence": func(c *call) { c.say(0, phone.MaxSilence+200*time.Millisecond) },
		"thrown away": func(c *call) {
			c.say(700, 5*time.Second)
			c.m.End(false)
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCall(t, phone.MachineSpec{Greeting: greeting})
			c.answered()
			end(c)
			c.m.Close()
			r := c.recorded()
			require.False(t, r.Kept)
			require.NoError(t, r.Err)
			c.none()
		})
	}
	t.Run("before the beep", func(t *testing.T) {
		c := newCall(t, phone.MachineSpec{Greeting: greeting})
		c.m.Close()
		require.Equal(t, phone.MediaRecorded{Message: message}, c.recorded())
		c.none()
	})
}

func TestDiskThatFillsUp(t *testing.T) {
	for name, tt := range map[string]struct {
		room time.Duration
		kept bool
	}{"in a long message": {4 * time.Second, true}, "in its first second": {time.Second, false}} {
		t.Run(name, func(t *testing.T) {
			c := newCall(t, phone.MachineSpec{Greeting: greeting})
			c.m.Close()
			c.recorded()
			c.fill(int(tt.room.Seconds()*16000)+333, syscall.ENOSPC)
			c.begin(phone.MachineSpec{Greeting: greeting})
			c.answered()
			c.say(700, 6*time.Second)
			r := c.recorded()
			require.Equal(t, phone.CodeStorage, phone.CodeOf(r.Err))
			require.ErrorIs(t, r.Err, syscall.ENOSPC)
			require.Equal(t, tt.kept, r.Kept)
			if !tt.kept {
				c.none()
				return
			}
			c.kept(r, tt.room)
			whole(t, c.files.Path(id))
		})
	}
	t.Run("before it begins", func(t *testing.T) {
		c := newCall(t, phone.MachineSpec{})
		c.m.Close()
		c.recorded()
		require.NoError(t, os.RemoveAll(c.dir))
		require.NoError(t, os.WriteFile(c.dir, nil, 0o600))
		c.begin(phone.MachineSpec{})
		c.answered()
		r := c.recorded()
		require.Equal(t, phone.CodeStorage, phone.CodeOf(r.Err))
		require.False(t, r.Kept)
	})
}

// whole checks that the sizes in a file's head are right.
func whole(t *testing.T, path string) {
	t.Helper()
	f, err := os.Open(path)
	require.NoError(t, err)
	defer f.Close()
	stat, err := f.Stat()
	require.NoError(t, err)
	require.Zero(t, stat.Mode().Perm()&0o077, "for its owner alone")
	info, err := wav.ReadInfo(f, stat.Size())
	require.NoError(t, err)
	require.True(t, info.Whole)
}
