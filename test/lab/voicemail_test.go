package lab

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	gowav "github.com/go-audio/wav"
	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/test/baresip"
	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/pulse"
	"github.com/callward/callward/test/registrar"
	"github.com/callward/callward/test/relay"
	"github.com/callward/callward/test/sipp"
	"github.com/callward/callward/test/wav"
)

// message is a row of voicemail list --json.
type message struct {
	ID, Number, Name, Account, Call, Note string
	Blocked, Heard, Done                  bool
	When                                  time.Time
	Length                                float64 `json:"length_s"`
}

func messages(t *testing.T, p *callward.Program, flags ...string) (list []message) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(p.Must(t, append([]string{"voicemail", "list", "--json"}, flags...)...)), &list))
	return list
}

// arrives waits until there are n messages, and returns the newest.
func arrives(t *testing.T, p *callward.Program, n int) message {
	t.Helper()
	require.Eventually(t, func() bool { return len(messages(t, p)) == n }, patience, 50*time.Millisecond)
	return messages(t, p)[0]
}

// sound is what is in a message, as it is exported.
func (m message) sound(t *testing.T, p *callward.Program) (f audio.Frame, rate int) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "message.wav")
	p.Must(t, "voicemail", "export", m.ID, path)
	file, err := os.Open(path)
	require.NoError(t, err)
	defer file.Close()
	decoder := gowav.NewDecoder(file) // a reader that others wrote
	buffer, err := decoder.FullPCMBuffer()
	require.NoError(t, err)
	require.Equal(t, []int{1, 16}, []int{buffer.Format.NumChannels, int(decoder.BitDepth)})
	f, rate = make(audio.Frame, len(buffer.Data)), buffer.Format.SampleRate
	for i, sample := range buffer.Data {
		f[i] = int16(sample)
	}
	require.InDelta(t, m.Length, float64(len(f))/float64(rate), 0.01, "the length that is told")
	return f, rate
}

// said is what callers of the labs say: a tone, a pause and another tone.
func said() audio.Frame {
	return slices.Concat(
		spectrum.Tone(3*8000, 8000, 700, 8000, 0), make(audio.Frame, 4000), spectrum.Tone(2*8000, 8000, 1300, 8000, 0),
	)
}

const (
	saidFirst = 3 * time.Second
	saidAll   = 5500 * time.Millisecond
)

// isSaid checks that f is said(), whatever silence is before: its length within 50 ms, its two tones with no gap, and no
// click after it.
func isSaid(t *testing.T, f audio.Frame, rate int, gaps int) {
	t.Helper()
	begin, end := sounding(f, rate)
	require.InDelta(t, saidAll.Seconds(), (end - begin).Seconds(), 0.05, "from %v to %v", begin, end)
	part := func(from, to time.Duration) audio.Frame {
		at := func(d time.Duration) int { return min(int((begin+d)*time.Duration(rate)/time.Second), len(f)) }
		return f[at(from):at(to)]
	}
	first, second := part(100*time.Millisecond, saidFirst-100*time.Millisecond), part(saidFirst+600*time.Millisecond, saidAll-100*time.Millisecond)
	holes := 0
	for hz, tone := range map[float64]audio.Frame{700: first, 1300: second} {
		for window := range slices.Chunk(tone, rate/50) {
			if len(window) == rate/50 && spectrum.Goertzel(window, rate, hz)/max(spectrum.Power(window), 1) < 0.9 {
				holes++
			}
		}
	}
	require.LessOrEqual(t, holes, gaps, "runs of 20 ms in which the tone is not whole")
	require.Less(t, spectrum.RMS(part(saidFirst+100*time.Millisecond, saidFirst+400*time.Millisecond)), -50.0, "the pause is silent")
	rest := part(saidAll+60*time.Millisecond, saidAll+time.Hour)
	require.Less(t, float64(spectrum.LargestStep(rest)), 200.0, "a click at the end")
}

// sounding is from when to when f is loud.
func sounding(f audio.Frame, rate int) (begin, end time.Duration) {
	const run = 5 * time.Millisecond
	step, first := int(run*time.Duration(rate)/time.Second), true
	for i := 0; i+step <= len(f); i += step {
		if spectrum.RMS(f[i:i+step]) > -40 {
			at := time.Duration(i) * time.Second / time.Duration(rate)
			if first {
				begin, first = at, false
			}
			end = at + run
		}
	}
	return begin, end
}

// beeped is how long a caller waits until the beep is over: the standard greeting lasts less. After a hello it is over sooner.
const (
	beeped      = 8 * time.Second
	beepedHello = 2 * time.Second
)

// saysHello gives a phone a greeting of half a second.
func saysHello(t *testing.T, p *callward.Program) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "hello.wav")
	require.NoError(t, wav.Write(path, spectrum.Tone(4000, 8000, 500, 8000, 0), 8000))
	p.Must(t, "voicemail", "greeting", "set", path)
}

// leaves has SIPp leave what is said with a machine that says hello, and returns once it has hung up.
func leaves(t *testing.T, contact string, identity ...string) {
	t.Helper()
	user, at := split(t, contact)
	path := filepath.Join(t.TempDir(), "said.ulaw")
	lasts, err := sipp.Saying(path, said())
	require.NoError(t, err)
	sipp.New(t, sipp.Options{
		Scenario: "message", Remote: at, User: user, Identity: identity, Hold: beepedHello, Say: path, SayFor: lasts + 20*time.Millisecond,
	}).Played(t, beepedHello+lasts+2*patience)
}

// TestABlockedCallerLeavesAMessage has SIPp call from a number on the list: it hears no ringing and is answered, and what it
// says is in the inbox, while nobody is told of a call.
func TestABlockedCallerLeavesAMessage(t *testing.T) {
	p, _, contact := registeredAs(t, silence, callward.Options{}, "--country", "GB")
	p.Must(t, "blacklist", "add", "020 7946 0021", "--name", "Max Orr")
	saysHello(t, p)
	mark := p.Mark()
	leaves(t, contact, "From: <sip:+442079460021@127.0.0.1>;tag=1")
	m := arrives(t, p, 1)
	require.True(t, m.Blocked)
	require.Equal(t, "+442079460021", m.Number)
	require.False(t, m.Heard)
	f, rate := m.sound(t, p)
	require.Equal(t, 8000, rate)
	isSaid(t, f, rate, 0)
	for _, e := range p.Events()[mark:] {
		require.Nil(t, e.Call, "an event tells of a blocked caller: %s", e.Kind)
		require.NotEqual(t, "message", e.Kind)
	}
	require.Empty(t, p.Calls(t))
	require.Len(t, screening(t, p), 1)
	require.Len(t, messages(t, p, "--unheard"), 1)
	p.Must(t, "voicemail", "heard", m.ID)
	require.Empty(t, messages(t, p, "--unheard"))
	p.Must(t, "voicemail", "delete", m.ID)
	require.Empty(t, messages(t, p))
}

// unanswered is a phone whose machine answers after 5 s, and where it is called directly.
func unanswered(t *testing.T, o callward.Options) (p *callward.Program, contact string) {
	t.Helper()
	p, _, contact = registeredAs(t, silence, o, "--country", "GB", "--voicemail-after", "5")
	return p, contact
}

// TestAMessageThroughBaresip has baresip call, hear the greeting whole and the beep, and leave what it says.
func TestAMessageThroughBaresip(t *testing.T) {
	p, contact := unanswered(t, callward.Options{})
	other := baresip.New(t, baresip.Options{Say: slices.Concat(make(audio.Frame, int(beeped.Seconds()*8000)), said())})
	mark := other.Events()
	require.NoError(t, other.Dial(contact))
	other.Until(t, mark, "CALL_ESTABLISHED", patience)
	live := p.State(t)
	require.Empty(t, live.Calls, "the agent has it no more")
	time.Sleep(beeped + saidAll + time.Second)
	require.NoError(t, other.Hangup())
	m := arrives(t, p, 1)
	require.False(t, m.Blocked)
	f, rate := m.sound(t, p)
	isSaid(t, f, rate, 0)
	calls := p.Calls(t)
	require.Len(t, calls, 1)
	require.Equal(t, "missed", calls[0].Result)
	require.Equal(t, calls[0].ID, m.Call)

	heard, rate, err := other.Heard()
	require.NoError(t, err)
	greeting, greetingRate, err := wav.Read("../../assets/greeting/en.wav")
	require.NoError(t, err)
	hearsGreeting(t, heard, rate, greeting, greetingRate)
}

// hearsGreeting checks that a caller heard a greeting from its first syllable on, within half a second, and the beep after it.
func hearsGreeting(t *testing.T, heard audio.Frame, rate int, greeting audio.Frame, greetingRate int) {
	t.Helper()
	begin, _ := sounding(heard, rate)
	require.Less(t, begin, 500*time.Millisecond+200*time.Millisecond, "when the greeting begins, after baresip opened its file")
	from, to := sounding(greeting, greetingRate)
	at := func(d time.Duration) int { return int(d * time.Duration(rate) / time.Second) }
	// The loudness of the two goes up and down together, in steps of 20 ms.
	shape := func(f audio.Frame, rate int) (levels []float64) {
		for window := range slices.Chunk(f, rate/50) {
			levels = append(levels, max(spectrum.RMS(window), -60))
		}
		return levels
	}
	want := shape(greeting[int(from*time.Duration(greetingRate)/time.Second):int(to*time.Duration(greetingRate)/time.Second)], greetingRate)
	got := shape(heard[at(begin):min(at(begin+to-from), len(heard))], rate)
	far := 0
	for i := range min(len(want), len(got)) {
		if d := want[i] - got[i]; d > 9 || d < -9 {
			far++
		}
	}
	require.InDelta(t, len(want), len(got), 2)
	require.Less(t, float64(far)/float64(len(want)), 0.15, "the greeting is another")
	after := heard[at(begin+to-from):]
	loudest := 0.0
	var beep time.Duration
	for window := range slices.Chunk(after, rate/50) {
		if len(window) == rate/50 && spectrum.Goertzel(window, rate, 1000)/max(spectrum.Power(window), 1) > 0.9 && spectrum.RMS(window) > -40 {
			beep += 20 * time.Millisecond
			loudest = max(loudest, spectrum.RMS(window)+100)
		}
	}
	require.InDelta(t, 0.3, beep.Seconds(), 0.045, "the beep")
}

// TestAHashSkipsTheGreetingAndEndsTheMessage has baresip press # twice.
func TestAHashSkipsTheGreetingAndEndsTheMessage(t *testing.T) {
	t.Parallel()
	p, contact := unanswered(t, callward.Options{})
	other := baresip.New(t, baresip.Options{Hz: 700})
	mark := other.Events()
	require.NoError(t, other.Dial(contact))
	other.Until(t, mark, "CALL_ESTABLISHED", patience)
	began := time.Now()
	time.Sleep(500 * time.Millisecond)
	require.NoError(t, other.Key("#"))
	time.Sleep(4 * time.Second)
	require.NoError(t, other.Key("#"))
	other.Until(t, mark, "CALL_CLOSED", patience)
	lasted := time.Since(began)
	m := arrives(t, p, 1)
	require.InDelta(t, (lasted - 900*time.Millisecond).Seconds(), m.Length, 0.6, "from the end of the beep to the second #")
	f, rate := m.sound(t, p)
	require.InDelta(t, 700, spectrum.Dominant(f[rate/2:2*rate], rate), 5)
}

// TestSilenceEndsAMessage has a caller say nothing for 8 s: the machine hangs up, and keeps what was said; who says nothing
// at all is a missed call.
func TestSilenceEndsAMessage(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		say  audio.Frame
		kept int
	}{
		"nothing said": {nil, 0},
		"a second":     {slices.Concat(make(audio.Frame, 2*8000), spectrum.Tone(8000, 8000, 700, 8000, 0)), 0},
		"four seconds": {slices.Concat(make(audio.Frame, 2*8000), spectrum.Tone(4*8000, 8000, 700, 8000, 0)), 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, contact := unanswered(t, callward.Options{})
			saysHello(t, p)
			other := baresip.New(t, baresip.Options{Say: tc.say})
			mark := other.Events()
			require.NoError(t, other.Dial(contact))
			other.Until(t, mark, "CALL_ESTABLISHED", patience)
			other.Until(t, mark, "CALL_CLOSED", time.Minute)
			require.Eventually(t, func() bool { return len(p.Calls(t)) > 0 && p.Calls(t)[0].Result == "missed" }, patience, 50*time.Millisecond)
			require.Len(t, messages(t, p), tc.kept)
		})
	}
}

// TestAMessageOverABadLine loses 2 % of the packets on the way: what was said is there at its length.
func TestAMessageOverABadLine(t *testing.T) {
	p, contact := unanswered(t, callward.Options{})
	saysHello(t, p)
	user, at := split(t, contact)
	line := relay.NewSIP(t, at, relay.Impairment{Loss: 0.02, Delay: 30 * time.Millisecond, Jitter: 15 * time.Millisecond, Seed: 3})
	leaves(t, "sip:"+user+"@"+line.Addr().String(), "From: <sip:+442079460022@127.0.0.1>;tag=1")
	m := arrives(t, p, 1)
	f, rate := m.sound(t, p)
	isSaid(t, f, rate, 25)
}

// TestTheMachineIsHeld has SIPp hold the machine, take it back with another codec, and hang up; and a caller that vanishes.
func TestTheMachineIsHeld(t *testing.T) {
	t.Parallel()
	p, contact := unanswered(t, callward.Options{Flags: []string{"--media-warn=2s", "--media-end=4s"}})
	user, at := split(t, contact)
	sipp.New(t, sipp.Options{Scenario: "hold", Remote: at, User: user, Hold: time.Second}).Played(t, 2*patience)
	require.Eventually(t, func() bool { return len(p.Calls(t)) == 1 && p.Calls(t)[0].Result == "missed" }, patience, 50*time.Millisecond)

	gone := sipp.New(t, sipp.Options{Scenario: "call", Remote: at, User: user, Hold: time.Hour})
	require.NoError(t, gone.Sent("ACK", patience))
	gone.Kill() // with no BYE
	require.Eventually(t, func() bool { return len(p.Calls(t)) == 2 && p.Calls(t)[0].Result == "missed" }, 3*patience, 50*time.Millisecond)
	require.Empty(t, messages(t, p))
}

// TestTwentyLeaveMessagesWhileTheAgentTalks has 20 blocked callers leave messages at the same time, beside a call whose tone
// stays whole.
func TestTwentyLeaveMessagesWhileTheAgentTalks(t *testing.T) {
	binary, err := callward.Build(t.TempDir(), false) // the race detector costs what the sound needs
	require.NoError(t, err)
	alice := newPhoneOf(t, binary)
	contact := registerDirect(t, alice.Program)
	alice.Must(t, "blacklist", "add", "020 7946 0021")
	saysHello(t, alice.Program)
	other := baresip.New(t, baresip.Options{Hz: 900})
	mark := alice.Mark()
	require.NoError(t, other.Dial(contact))
	alice.UntilCall(t, mark, patience, "ringing")
	alice.Must(t, "answer")
	alice.hears(t, 900)

	path := filepath.Join(t.TempDir(), "said.ulaw")
	lasts, err := sipp.Saying(path, said())
	require.NoError(t, err)
	user, at := split(t, contact)
	callers := make([]*sipp.Player, 20)
	for i := range callers {
		callers[i] = sipp.New(t, sipp.Options{
			Scenario: "message", Remote: at, User: user, Identity: []string{"From: <sip:+442079460021@127.0.0.1>;tag=1"}, Hold: beepedHello,
			Say: path, SayFor: lasts + 300*time.Millisecond, // so many begin to speak when they get to it
		})
	}
	whole := wholenessOver(t, alice, 900, beepedHello+lasts-2*time.Second)
	for _, caller := range callers {
		caller.Played(t, 2*patience)
	}
	require.Greater(t, whole, 0.98, "the agent's own call")
	require.Eventually(t, func() bool { return len(messages(t, alice.Program)) == len(callers) }, patience, 50*time.Millisecond)
	for _, m := range messages(t, alice.Program) {
		f, rate := m.sound(t, alice.Program)
		begin, end := sounding(f, rate)
		require.InDelta(t, saidAll.Seconds(), (end - begin).Seconds(), 0.06)
	}
}

// registerDirect gives a program an account, and tells where it is called directly.
func registerDirect(t *testing.T, p *callward.Program, flags ...string) (contact string) {
	t.Helper()
	server := registrar.New(t, registrar.Options{Behind: silence})
	p.AddAccount(t, "registered", address("alice"), "secret", append(flags, "--country", "GB", "--server", server.Addr().String())...)
	contact, err := server.Contact(patience)
	require.NoError(t, err)
	return contact
}

// TestPickUp has the agent listen in on a message that is being left, and take the call.
func TestPickUp(t *testing.T) {
	alice := newPhone(t)
	contact := registerDirect(t, alice.Program, "--voicemail-after", "5")
	saysHello(t, alice.Program)
	other := baresip.New(t, baresip.Options{Hz: 900})
	mark := other.Events()
	require.NoError(t, other.Dial(contact))
	other.Until(t, mark, "CALL_ESTABLISHED", patience)
	require.Empty(t, alice.State(t).Calls)
	alice.hearsNothing(t)
	time.Sleep(beepedHello + 2500*time.Millisecond)
	from := alice.Mark()
	alice.Must(t, "voicemail", "pickup")
	alice.UntilCall(t, from, patience, "active")
	alice.hears(t, 900)
	alice.say(t, 700)
	other.Hears(t, 700)
	m := arrives(t, alice.Program, 1)
	require.Greater(t, m.Length, 2.0)
	alice.Must(t, "hangup")
	require.Equal(t, "answered", alice.Calls(t)[0].Result)
	require.Equal(t, alice.Calls(t)[0].ID, m.Call)
}

// TestAMessageIsPlayed plays a message on the speaker, and has an incoming call pause it.
func TestAMessageIsPlayed(t *testing.T) {
	alice := newPhone(t)
	contact := registerDirect(t, alice.Program, "--voicemail-after", "5")
	saysHello(t, alice.Program)
	leaves(t, contact, "From: <sip:+442079460022@127.0.0.1>;tag=1")
	m := arrives(t, alice.Program, 1)
	speaker, err := alice.sound.HearSpeaker()
	require.NoError(t, err)
	alice.Must(t, "voicemail", "play", m.ID)
	require.Eventually(t, func() bool { return pulse.IsTone(speaker.Last(500*time.Millisecond), pulse.Rate, 700) }, patience, 20*time.Millisecond)
	require.Eventually(t, func() bool { return pulse.IsTone(speaker.Last(500*time.Millisecond), pulse.Rate, 1300) }, patience, 20*time.Millisecond)
	require.Eventually(t, func() bool { return messages(t, alice.Program)[0].Heard }, patience, 50*time.Millisecond)
	require.NoError(t, speaker.Stop())

	alice.Must(t, "voicemail", "play", m.ID)
	alice.hears(t, 700)
	other := baresip.New(t, baresip.Options{})
	mark := alice.Mark()
	require.NoError(t, other.Dial(contact))
	alice.UntilCall(t, mark, patience, "ringing")
	require.Contains(t, alice.Must(t, "status", "--json"), `"playing":false`)
}
