package media_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/machine"
	"github.com/callward/callward/phone/media"
)

// greeting is 600 ms of a tone.
var greeting = phone.Samples{Rate: 16000, Data: spectrum.Tone(9600, 16000, 440, 8000, 0)}

// long is ten seconds of it.
var long = phone.Samples{Rate: 16000, Data: spectrum.Tone(160000, 16000, 440, 8000, 0)}

// attending is an end that has answering machines.
type attending struct {
	*end
	files *machine.Files
	dir   string
}

// withMachines returns a configuration whose machines write to files of the test.
func withMachines(t testing.TB, cfg media.Config) (media.Config, *machine.Files, string) {
	dir := t.TempDir()
	files := machine.NewFiles(dir)
	cfg.Machines = func(spec phone.MachineSpec, tell func(phone.MediaEvent)) media.Machine {
		return files.Machine(spec, tell)
	}
	return cfg, files, filepath.Join(dir, "voicemail")
}

// message names the n-th message of a test.
func message(n int) phone.Voicemail {
	return phone.Voicemail{ID: phone.VoicemailID(fmt.Sprintf("01960000-0000-7000-8000-%012d", n)), Number: "+15551234567"}
}

// attend opens a session whose call a machine has. The agent would say 300 Hz.
func attend(t *testing.T, spec phone.MachineSpec) *attending {
	cfg, files, dir := withMachines(t, media.Config{})
	a := &attending{join(t, newEngine(t, cfg), 300), files, dir}
	spec.Message = message(1)
	if spec.MaxLength == 0 {
		spec.MaxLength = time.Minute
	}
	a.session.Machine(spec)
	return a
}

// untilPhase waits until the machine is in a phase.
func (e *end) untilPhase(phase phone.MachinePhase) {
	e.t.Helper()
	for wait[phone.MediaMachine](e).Phase != phase {
	}
}

// untilLength waits until so much is recorded.
func (e *end) untilLength(d time.Duration) {
	e.t.Helper()
	for wait[phone.MediaMachine](e).Length < d {
	}
}

// last ends the call and returns what the machine has kept of it.
func (a *attending) last() (phone.Samples, error) {
	a.t.Helper()
	a.session.Close()
	return a.kept()
}

// kept waits for the end of the machine and returns what it has kept.
func (a *attending) kept() (s phone.Samples, err error) {
	a.t.Helper()
	r := wait[phone.MediaRecorded](a.end)
	require.NoError(a.t, r.Err)
	if !r.Kept { // so little was heard
		return s, errors.New("nothing is kept")
	}
	s, err = a.files.Read(r.Message.ID)
	require.NoError(a.t, err)
	require.Equal(a.t, s.Length(), r.Message.Length)
	return s, nil
}

// gaps is how many runs of 20 ms in a message are not the tone.
func gaps(s phone.Samples, hz float64) (n int) {
	run := s.Rate / 50
	for at := 0; at+run <= len(s.Data); at += run {
		f := audio.Frame(s.Data[at : at+run])
		if spectrum.RMS(f) < -20 || spectrum.Goertzel(f, s.Rate, hz)/spectrum.Power(f) < 0.9 {
			n++
		}
	}
	return n
}

func TestCallerLeavesAMessage(t *testing.T) {
	t.Parallel()
	onABusyMachine(t, func() error {
		caller, server := join(t, newEngine(t, media.Config{}), 700), attend(t, phone.MachineSpec{Greeting: greeting})
		connect(caller, server.end)
		caller.person.hears(t, 0)
		server.session.Greet()
		heard := caller.person.listen(t, 2*time.Second)
		server.untilLength(3 * time.Second)
		caller.session.Close()
		server.session.Close()
		wait[phone.MediaClosed](server.end)
		require.True(t, slices.ContainsFunc(server.seen, func(e phone.MediaEvent) bool { _, is := e.(phone.MediaRecorded); return is }), "it comes before")
		s, err := server.kept()
		if err != nil {
			return err
		}
		require.Equal(t, 8000, s.Rate)
		greeted, beeped, begun := tonal(heard, 440), tonal(heard, 1000), first(heard, 440)
		if greeted < 570*time.Millisecond || begun > 500*time.Millisecond || (beeped-300*time.Millisecond).Abs() > 30*time.Millisecond {
			return fmt.Errorf("the greeting is heard for %v, after %v, and the beep for %v", greeted, begun, beeped)
		}
		return flawless(s, 700)
	})
}

// tonal is how much of f is a tone.
func tonal(f audio.Frame, hz float64) (d time.Duration) {
	const run = audio.DeskRate / 100
	for at := 0; at+run <= len(f); at += run {
		if g := f[at : at+run]; spectrum.RMS(g) > -30 && spectrum.Goertzel(g, audio.DeskRate, hz)/spectrum.Power(g) > 0.9 {
			d += 10 * time.Millisecond
		}
	}
	return d
}

// first is when a tone is first heard in f.
func first(f audio.Frame, hz float64) time.Duration {
	const run = audio.DeskRate / 100
	for at := 0; at+run <= len(f); at += run {
		if tonal(f[at:at+run], hz) > 0 {
			return time.Duration(at) * time.Second / audio.DeskRate
		}
	}
	return time.Hour
}

// onABusyMachine lets what fails for a gap pass where one of a few tries has none: nothing but the machine's other
// work makes one.
func onABusyMachine(t *testing.T, try func() error) {
	t.Helper()
	var err error
	for range 5 {
		if err = try(); err == nil {
			return
		}
		t.Log(err)
	}
	require.NoError(t, err)
}

// flawless says what is wrong with the sound of a message that is the tone alone, without its first and last 20 ms.
func flawless(s phone.Samples, hz float64) error {
	calm := spectrum.LargestStep(spectrum.Tone(s.Rate, s.Rate, hz, 8000, 0))
	step := spectrum.LargestStep(append(slices.Clone(s.Data), 0))
	run := s.Rate / 50
	if level := spectrum.RMS(s.Data[len(s.Data)-s.Rate/1000:]); level > -28 {
		return fmt.Errorf("it breaks off at %.1f dB", level)
	}
	if n := gaps(phone.Samples{Rate: s.Rate, Data: s.Data[run : len(s.Data)-run]}, hz); n > 0 || step > calm*13/10 {
		return fmt.Errorf("%d gaps in %d runs, a step of %d where the tone has %d", n, len(s.Data)/run, step, calm)
	}
	return nil
}

func TestMessageIsWhatWasSaid(t *testing.T) {
	t.Parallel()
	onABusyMachine(t, func() error {
		voice, said, err := leave(t, 0)
		if off := voice.Length() - said; err == nil && off.Abs() > 50*time.Millisecond {
			return fmt.Errorf("it is off by %v", off)
		} else if err == nil {
			err = flawless(voice, 700)
		}
		return err
	})
}

func TestWhatIsOnItsWayAtTheEndIsRecorded(t *testing.T) {
	t.Parallel()
	onABusyMachine(t, func() error {
		voice, said, err := leave(t, 4)
		if off := voice.Length() - said; err == nil && off.Abs() > 50*time.Millisecond {
			return fmt.Errorf("it is off by %v", off)
		}
		return err
	})
}

// leave has a caller say 700 Hz and hang up, and returns what was recorded of it, and how long it was said. The last
// packets come all at once: they wait in the jitter buffer when the call ends.
func leave(t *testing.T, atOnce int) (voice phone.Samples, said time.Duration, err error) {
	w, server := newWire(t, "127.0.0.1:0"), attend(t, phone.MachineSpec{Greeting: greeting})
	server.session.Answer(w.describe("0 101", "a=rtpmap:101 telephone-event/8000"))
	w.to = where(t, wait[phone.MediaAnswer](server.end).SDP)
	server.session.Greet()
	server.untilPhase(phone.MachineRecords)
	hush := w.say(700)
	server.untilLength(3 * time.Second)
	hush()
	for range atOnce {
		w.send(0, w.tone(700, int(w.time)))
	}
	s, err := server.last()
	return phone.Samples{Rate: s.Rate, Data: s.Data[start(s):]}, time.Duration(w.time) * time.Second / 8000, err
}

// start is where sound begins in a message.
func start(s phone.Samples) int {
	for at, x := range s.Data {
		if x > 500 || x < -500 {
			return at
		}
	}
	return len(s.Data)
}

func TestHashEndsAMessage(t *testing.T) {
	t.Parallel()
	caller, server := join(t, newEngine(t, media.Config{}), 700), attend(t, phone.MachineSpec{Greeting: long})
	connect(caller, server.end)
	server.session.Greet()
	caller.person.hears(t, 440)
	began := time.Now()
	caller.session.SendDTMF("#")
	server.untilPhase(phone.MachineRecords)
	require.Less(t, time.Since(began), 5*time.Second, "the rest of the greeting is skipped")
	server.untilLength(3 * time.Second)
	caller.session.SendDTMF("#")
	require.True(t, wait[phone.MediaRecorded](server.end).Done)
	caller.person.hears(t, 0)
}

func TestRecordingGoesOnWhenTheCallChanges(t *testing.T) {
	t.Parallel()
	onABusyMachine(t, func() error {
		w, other, server := newWire(t, "127.0.0.1:0"), newWire(t, "127.0.0.1:0"), attend(t, phone.MachineSpec{})
		server.session.Answer(w.describe("0"))
		w.to = where(t, wait[phone.MediaAnswer](server.end).SDP)
		server.session.Greet()
		server.untilPhase(phone.MachineRecords)
		hush := w.say(700)
		server.untilLength(1500 * time.Millisecond)
		hush()
		server.session.Answer(w.describe("0", "a=sendonly")) // on hold
		wait[phone.MediaAnswer](server.end)
		other.payloadType = 8
		server.session.Answer(other.describe("8")) // another address, another codec
		other.to = where(t, wait[phone.MediaAnswer](server.end).SDP)
		hush = other.say(1100)
		server.untilLength(4 * time.Second)
		hush()
		s, err := server.last()
		if err != nil {
			return err
		}
		first, last := s.Data[start(s)+800:start(s)+8000], s.Data[len(s.Data)-8000:len(s.Data)-800]
		before, after := gaps(phone.Samples{Rate: 8000, Data: first}, 700), gaps(phone.Samples{Rate: 8000, Data: last}, 1100)
		if before+after > 3 {
			return fmt.Errorf("%d gaps before, %d after", before, after)
		}
		return nil
	})
}

func TestPickUp(t *testing.T) {
	t.Parallel()
	for name, keep := range map[string]bool{"kept": true, "thrown away": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onABusyMachine(t, func() error { return pickUp(t, keep) })
		})
	}
}

func pickUp(t *testing.T, keep bool) error {
	caller, server := join(t, newEngine(t, media.Config{}), 700), attend(t, phone.MachineSpec{Greeting: long})
	connect(caller, server.end)
	server.session.Mute(true) // the agent's affair, not the machine's
	server.session.Greet()
	caller.person.hears(t, 440)
	caller.session.SendDTMF("#")
	server.session.Mute(false)
	server.untilLength(3 * time.Second)
	server.session.PickUp(keep)
	server.person.hears(t, 700)
	caller.person.hears(t, 300)
	server.session.Close()
	s, err := server.kept()
	wait[phone.MediaClosed](server.end)
	none[phone.MediaRecorded](server.end)
	if keep && err == nil {
		err = flawless(s, 700)
	} else if !keep {
		require.Error(t, err)
		left, err := os.ReadDir(server.dir)
		require.NoError(t, err)
		require.Empty(t, left)
		return nil
	}
	return err
}

func TestListenIn(t *testing.T) {
	t.Parallel()
	desk := newClock(t)
	heard := newPerson(300)
	cfg, _, _ := withMachines(t, media.Config{Desk: &oneDesk{clock: desk, person: heard}})
	engine := newEngine(t, cfg)
	server := &end{t: t, person: heard, events: phone.NewMailbox[phone.MediaEvent]()}
	server.session = engine.Open(phone.MediaSpec{LocalIP: "127.0.0.1"}, func(ev phone.MediaEvent) { server.events.Put(ev) })
	caller := join(t, newEngine(t, media.Config{}), 700)
	server.session.Machine(phone.MachineSpec{MaxLength: time.Minute, Message: message(1)})
	connect(caller, server)
	server.session.Greet()
	server.untilPhase(phone.MachineRecords)
	require.Empty(t, heard.all(), "no sound device takes part")
	server.session.ListenIn(true)
	heard.hears(t, 700)
	caller.person.hears(t, 0)
	server.session.ListenIn(false)
	server.untilLength(4 * time.Second)
	server.session.PickUp(true)
	require.True(t, wait[phone.MediaRecorded](server).Kept)
	heard.hears(t, 700)
	caller.person.hears(t, 300)
}

func TestTwentyMessagesAtOnce(t *testing.T) { // with the processor for itself
	cfg, files, dir := withMachines(t, media.Config{})
	engine := newEngine(t, cfg)
	agent, friend := join(t, engine, 300), join(t, engine, 350) // in a call of their own
	connect(agent, friend)
	var servers []*end
	var hush []func()
	for i := range 20 {
		caller, server := newWire(t, "127.0.0.1:0"), join(t, engine, 300)
		server.session.Machine(phone.MachineSpec{Greeting: greeting, MaxLength: time.Minute, Message: message(i)})
		server.session.Answer(caller.describe("0"))
		caller.to = where(t, wait[phone.MediaAnswer](server).SDP)
		server.session.Greet()
		servers, hush = append(servers, server), append(hush, caller.say(float64(500+50*i)))
	}
	for _, server := range servers {
		server.untilLength(3 * time.Second)
	}
	agent.person.hears(t, 350)
	for _, stop := range hush {
		stop()
	}
	for i, server := range servers {
		server.session.Close()
		r := wait[phone.MediaRecorded](server)
		require.NoError(t, r.Err)
		require.True(t, r.Kept)
		s, err := files.Read(message(i).ID)
		require.NoError(t, err)
		require.Less(t, gaps(s, float64(500+50*i)), len(s.Data)/160/3, "message %d", i)
	}
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, left, 20)
}

func TestSessionWithoutMachines(t *testing.T) {
	t.Parallel()
	e := join(t, newEngine(t, media.Config{}), 700)
	e.session.Machine(phone.MachineSpec{Message: message(1)})
	require.Error(t, wait[phone.MediaRecorded](e).Err)
}

func TestMachineOfACallThatNeverCameUp(t *testing.T) {
	t.Parallel()
	server := attend(t, phone.MachineSpec{})
	server.session.Greet()
	server.session.Close()
	require.Equal(t, phone.MediaRecorded{Message: message(1)}, wait[phone.MediaRecorded](server.end))
	wait[phone.MediaClosed](server.end)
}

// oneDesk is a desk whose one person hears and speaks to every party, at the pace of a clock of its own.
type oneDesk struct {
	clock  *media.Clock
	person audio.Party
	joined map[audio.Party]audio.Party
}

// faced is a party that the person faces.
type faced struct{ party, person audio.Party }

// Pull lets the person hear.
func (f *faced) Pull(frame audio.Frame) { f.party.Pull(frame); f.person.Push(frame) }

// Push lets the person speak.
func (f *faced) Push(frame audio.Frame) { f.person.Pull(frame); f.party.Push(frame) }

// Attach is called by the session's goroutine, as Detach is.
func (d *oneDesk) Attach(p audio.Party) {
	if d.joined == nil {
		d.joined = map[audio.Party]audio.Party{}
	}
	d.joined[p] = &faced{p, d.person}
	d.clock.Attach(d.joined[p])
}

// Detach ends that.
func (d *oneDesk) Detach(p audio.Party) { d.clock.Detach(d.joined[p]) }
