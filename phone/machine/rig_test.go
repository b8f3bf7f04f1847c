package machine_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/mixer"
	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/machine"
)

const (
	// id names the message of a test.
	id = phone.VoicemailID("01960000-0000-7000-8000-000000000001")
	// beat is how much sound is moved at a time, and patience how long an event is waited for.
	beat = audio.DeskRate / 50
	// rate is that of what is recorded.
	rate     = 8000
	patience = 10 * time.Second
	// announced is how long greeting and beep last, in whole beats.
	announced = 820 * time.Millisecond
)

// message is what is known of the caller of a test.
var message = phone.Voicemail{ID: id, Call: "c1", Account: "jo@example.org", Number: "+15551234567", Name: "Zoë \"Z\" Doe"}

// greeting is a tone, half a second long.
var greeting = phone.Samples{Rate: 16000, Data: spectrum.Tone(8000, 16000, 440, 8000, 0)}

// call is a call that a machine has, served by the test.
type call struct {
	t      *testing.T
	files  *machine.Files
	dir    string
	m      *machine.Machine
	events chan phone.MediaEvent
	seen   []phone.MediaEvent // taken, and not looked at by the test
	heard  audio.Frame        // by the caller
	down   *mixer.Resampler   // of what the caller says
	at     int                // samples said
	from   int                // when the recording began; 0 before
}

func newFiles(t *testing.T) (files *machine.Files, dir string) {
	dir = t.TempDir()
	files = machine.NewFiles(dir)
	_, err := files.Free() // makes the folder
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "greeting"), 0o700))
	return files, filepath.Join(dir, "voicemail")
}

// newCall has a machine wait.
func newCall(t *testing.T, spec phone.MachineSpec) *call {
	c := &call{t: t, events: make(chan phone.MediaEvent, 1000)}
	c.files, c.dir = newFiles(t)
	c.begin(spec)
	return c
}

func (c *call) begin(spec phone.MachineSpec) {
	spec.Message = message
	if spec.MaxLength == 0 {
		spec.MaxLength = time.Minute
	}
	c.m = c.files.Machine(spec, func(e phone.MediaEvent) { c.events <- e })
	c.t.Cleanup(c.m.Close)
}

// say has the caller say a tone, or be silent with 0.
func (c *call) say(hz float64, d time.Duration) {
	for range d / (20 * time.Millisecond) {
		f := make(audio.Frame, beat)
		if hz != 0 {
			f = spectrum.Tone(beat, audio.DeskRate, hz, 8000, c.at)
		}
		c.serve(f, 0)
	}
}

// vanish has nothing come from the caller, for which a fading sound is made up.
func (c *call) vanish(d time.Duration) {
	for i := range int(d / (20 * time.Millisecond)) {
		f := make(audio.Frame, beat)
		if i < 2 {
			f = spectrum.Tone(beat, audio.DeskRate, 150, 6000, c.at)
		}
		c.serve(f, len(f))
	}
}

// serve does what the media clock does.
func (c *call) serve(f audio.Frame, made int) {
	c.at += len(f)
	if c.down == nil {
		c.down = mixer.NewResampler(audio.DeskRate, rate)
	}
	c.m.Hear(c.down.Process(nil, f), made*rate/audio.DeskRate)
	out := make(audio.Frame, beat)
	c.m.Pull(out)
	c.heard = append(c.heard, out...)
	if said := c.at - c.from; c.from > 0 && said%audio.DeskRate == 0 {
		c.written(time.Duration(said)*time.Second/audio.DeskRate - 500*time.Millisecond)
	}
}

// written waits until so much of the message is written, or it is at its end: a test is faster than any disk.
func (c *call) written(d time.Duration) {
	c.t.Helper()
	for _, e := range c.seen {
		if reached(e, d) {
			return
		}
	}
	for e := c.event(); ; e = c.event() {
		c.seen = append(c.seen, e)
		if reached(e, d) {
			return
		}
	}
}

func reached(e phone.MediaEvent, d time.Duration) bool {
	m, on := e.(phone.MediaMachine)
	return !on || m.Length >= d
}

// event waits for the next one.
func (c *call) event() phone.MediaEvent {
	c.t.Helper()
	select {
	case e := <-c.events:
		return e
	case <-time.After(patience):
		require.FailNow(c.t, "the machine tells nothing")
		return nil
	}
}

// next returns the next event that the test has not looked at.
func (c *call) next() phone.MediaEvent {
	c.t.Helper()
	if len(c.seen) == 0 {
		return c.event()
	}
	e := c.seen[0]
	c.seen = c.seen[1:]
	return e
}

// answered has the caller hear greeting and beep in silence.
func (c *call) answered() {
	c.m.Greet(rate)
	c.say(0, announced)
	c.from = c.at
}

// fill lets the disk take so many bytes more.
func (c *call) fill(n int, err error) { machine.Fill(c.files, n, err) }

// recorded waits for the end.
func (c *call) recorded() phone.MediaRecorded {
	c.t.Helper()
	for {
		if r, last := c.next().(phone.MediaRecorded); last {
			c.from = 0
			return r
		}
	}
}

// none checks that nothing is left of the message.
func (c *call) none() {
	c.t.Helper()
	entries, err := os.ReadDir(c.dir)
	require.NoError(c.t, err)
	require.Empty(c.t, entries)
}

// kept checks that the message is as long as it should, within 50 ms, and returns its sound.
func (c *call) kept(r phone.MediaRecorded, want time.Duration) phone.Samples {
	c.t.Helper()
	require.True(c.t, r.Kept)
	sound, err := c.files.Read(id)
	require.NoError(c.t, err)
	require.InDelta(c.t, want.Seconds(), sound.Length().Seconds(), 0.05)
	require.Equal(c.t, sound.Length(), r.Message.Length)
	return sound
}

// share is how much of the sound is a tone.
func share(f audio.Frame, rate int, hz float64) float64 {
	return spectrum.Goertzel(f, rate, hz) / max(1, spectrum.Power(f))
}
