package lab

import (
	"net/netip"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio/spectrum"
	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/sipp"
	"github.com/callward/callward/test/wire"
)

// triggering is a phone in Britain whose texts come to a raw peer, and that is called directly.
type triggering struct {
	p    *callward.Program
	far  *wire.Peer
	took taken
	user string
	at   netip.AddrPort
}

func newTriggering(t *testing.T, on string, flags ...string) *triggering {
	t.Helper()
	far, err := wire.Listen("127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = far.Close() })
	p, _, contact := registeredAs(t, far.Addr(), callward.Options{}, append(flags, "--country", "GB", "--display-name", "Sam at the Shop")...)
	p.Must(t, "trigger", "enable", on)
	tr := &triggering{p: p, far: far, took: taken{}}
	tr.user, tr.at = split(t, contact)
	return tr
}

const (
	anyCaller   = "+442079460022"
	otherCaller = "+442079460023"
)

// misses has a number, "" for one that hides, call and give up while it rings.
func (tr *triggering) misses(t *testing.T, number string) {
	t.Helper()
	peer, err := wire.Listen("127.0.0.1:0")
	require.NoError(t, err)
	defer peer.Close()
	call := wire.NewCall(peer.Addr(), number, "sip:"+tr.user+"@"+tr.at.String())
	if number == "" {
		call.From = `"Anonymous" <sip:anonymous@anonymous.invalid>;tag=1`
	}
	require.NoError(t, peer.Send(tr.at, call.Request("INVITE", offer())))
	first, err := peer.Receive(patience, wire.Response("INVITE", 180, 699))
	require.NoError(t, err)
	if first.Status() == 180 {
		require.NoError(t, peer.Send(tr.at, call.Request("CANCEL", "")))
		_, err = peer.Receive(patience, wire.Response("INVITE", 487, 487))
		require.NoError(t, err)
	}
}

// writes has a number write.
func (tr *triggering) writes(t *testing.T, number, text string) {
	t.Helper()
	sipp.New(t, sipp.Options{
		Scenario: "text", Remote: tr.at, User: tr.user, Status: 200, Text: text, Identity: []string{"From: <sip:" + number + "@127.0.0.1>;tag=[pid]SIPp[call_number]"},
	}).Played(t, patience)
}

// sends takes a text to a number off the wire.
func (tr *triggering) sends(t *testing.T, number string) (text string) {
	t.Helper()
	m, err := tr.far.Receive(patience, tr.took.fresh)
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(m.Start, "MESSAGE sip:"+number+"@"), m.Start)
	tr.took.add(m.Message)
	require.NoError(t, tr.far.Send(m.From, wire.Reply(m.Message, 200, "OK", "far", "")))
	return m.Body
}

// sendsNothing listens for a second.
func (tr *triggering) sendsNothing(t *testing.T) {
	t.Helper()
	_, err := tr.far.Receive(time.Second, tr.took.fresh)
	require.ErrorIs(t, err, wire.ErrSilence)
}

// taken are texts that were taken off the wire, and may come again where their answer was slow.
type taken map[string]bool

func (taken taken) add(m wire.Message) { taken[m.Get("Call-ID")+" "+m.Get("CSeq")] = true }

// fresh tells of a text that was not taken yet.
func (taken taken) fresh(m wire.Message) bool {
	return m.Method() == "MESSAGE" && !taken[m.Get("Call-ID")+" "+m.Get("CSeq")]
}

// logs waits until the newest row of the trigger log has an outcome, and says why.
func (tr *triggering) logs(t *testing.T, rows int, trigger, number, outcome, why string) {
	t.Helper()
	want := []string{trigger, number, outcome, why}
	var got []string
	eventually(t, patience, func() bool {
		log := triggerLog(t, tr.p)
		if len(log) != rows {
			return false
		}
		got = []string{log[0].Trigger, log[0].Number, log[0].Outcome, log[0].Why}
		return strings.Join(got, "|") == strings.Join(want, "|")
	}, "%v is not %v", &got, want)
}

// TestAMissedCallIsAnsweredByAText calls and gives up: one text goes out. Of who is blocked nothing does, then and later.
func TestAMissedCallIsAnsweredByAText(t *testing.T) {
	t.Parallel()
	tr := newTriggering(t, "missed-call")
	require.Contains(t, tr.p.Must(t, "trigger", "list"), "missed-call")
	tr.misses(t, anyCaller)
	text := tr.sends(t, anyCaller)
	require.Contains(t, text, "Sam at the Shop")
	require.NotContains(t, text, "{")
	tr.logs(t, 1, "missed-call", anyCaller, "sent", "")
	shown := texts(t, tr.p, anyCaller)
	require.Len(t, shown, 1)
	require.Equal(t, []string{"out", text, "missed-call"}, []string{shown[0].Direction, shown[0].Body, shown[0].Trigger})
	tr.sendsNothing(t)

	tr.p.Must(t, "blacklist", "add", otherCaller, "--mode", "all")
	tr.misses(t, otherCaller)
	tr.logs(t, 2, "missed-call", otherCaller, "withheld", "blacklisted")
	tr.p.Must(t, "blacklist", "remove", otherCaller)
	tr.sendsNothing(t)
	tr.logs(t, 2, "missed-call", otherCaller, "withheld", "blacklisted")
	tr.misses(t, otherCaller)
	tr.sends(t, otherCaller)

	tr.p.Must(t, "trigger", "disable", "missed-call")
	tr.misses(t, "+442079460024")
	tr.sendsNothing(t)
	require.Len(t, triggerLog(t, tr.p), 3)
}

// TestWhoIsBlockedMeanwhileIsNotTexted blocks a caller while a text waits for its time, and while it waits for the line.
func TestWhoIsBlockedMeanwhileIsNotTexted(t *testing.T) {
	t.Parallel()
	tr := newTriggering(t, "missed-call")
	tr.p.Must(t, "trigger", "set", "missed-call", "--delay", "4s")
	tr.misses(t, anyCaller)
	tr.logs(t, 1, "missed-call", anyCaller, "waiting", "")
	tr.p.Must(t, "blacklist", "add", anyCaller)
	tr.logs(t, 1, "missed-call", anyCaller, "withheld", "blacklisted")
	tr.p.Must(t, "blacklist", "remove", anyCaller)
	tr.sendsNothing(t)

	tr.p.Must(t, "trigger", "set", "missed-call", "--delay", "0s")
	tr.misses(t, otherCaller)
	m, err := tr.far.Receive(patience, wire.Request("MESSAGE"))
	require.NoError(t, err)
	tr.took.add(m.Message)
	tr.p.Must(t, "blacklist", "add", otherCaller, "--mode", "all")
	require.NoError(t, tr.far.Send(m.From, wire.Reply(m.Message, 480, "Temporarily Unavailable", "far", "")))
	tr.logs(t, 2, "missed-call", otherCaller, "withheld", "blacklisted")
	tr.sendsNothing(t)
	require.Empty(t, texts(t, tr.p, otherCaller), "it was not sent")
}

// TestATestIsATrigger tries one that is off with a number, and with a number that is blocked.
func TestATestIsATrigger(t *testing.T) {
	t.Parallel()
	tr := newTriggering(t, "missed-call")
	tr.p.Must(t, "blacklist", "add", otherCaller)
	code, stderr := exitCode(t, tr.p, "trigger", "test", "first-text", otherCaller)
	require.NotZero(t, code)
	require.Contains(t, stderr, "Not sent: this number is blacklisted")
	tr.logs(t, 1, "first-text", otherCaller, "withheld", "blacklisted")
	tr.sendsNothing(t)
	tried := tr.p.Begin(t, "trigger", "test", "first-text", anyCaller)
	require.Contains(t, tr.sends(t, anyCaller), "your text")
	code, err := tried.Wait(patience)
	require.NoError(t, err)
	require.Zero(t, code, tried.Log())
	tr.logs(t, 2, "first-text", anyCaller, "sent", "")
}

// TestStopEndsAutomaticTexts has a caller say STOP, and START.
func TestStopEndsAutomaticTexts(t *testing.T) {
	t.Parallel()
	tr := newTriggering(t, "missed-call")
	tr.writes(t, anyCaller, "Stop")
	untilTexts(t, tr.p, anyCaller, patience, "Stop")
	tr.misses(t, anyCaller)
	tr.logs(t, 1, "missed-call", anyCaller, "withheld", "stopped")
	tr.p.Must(t, "text", "send", anyCaller, "I write myself.")
	require.Equal(t, "I write myself.", tr.sends(t, anyCaller))
	tr.writes(t, anyCaller, "START")
	untilTexts(t, tr.p, anyCaller, patience, "Stop", "START")
	tr.misses(t, anyCaller)
	tr.sends(t, anyCaller)
	tr.logs(t, 2, "missed-call", anyCaller, "sent", "")
}

// TestTwoAutomaticTextsInARow ends what may be a loop with another machine, until a person has written.
func TestTwoAutomaticTextsInARow(t *testing.T) {
	t.Parallel()
	tr := newTriggering(t, "missed-call")
	for n := range 2 {
		tr.misses(t, anyCaller)
		tr.sends(t, anyCaller)
		tr.logs(t, n+1, "missed-call", anyCaller, "sent", "")
	}
	tr.misses(t, anyCaller)
	tr.logs(t, 3, "missed-call", anyCaller, "withheld", "loop")
	tr.p.Must(t, "text", "send", anyCaller, "Sorry, I was out.")
	require.Equal(t, "Sorry, I was out.", tr.sends(t, anyCaller))
	tr.misses(t, anyCaller)
	tr.sends(t, anyCaller)
	tr.logs(t, 4, "missed-call", anyCaller, "sent", "")
}

// TestAHiddenCallerIsNotTexted has somebody call who is not blocked, and hides.
func TestAHiddenCallerIsNotTexted(t *testing.T) {
	t.Parallel()
	tr := newTriggering(t, "missed-call")
	tr.misses(t, "")
	tr.logs(t, 1, "missed-call", "", "withheld", "hidden")
	tr.sendsNothing(t)
}

// TestAVoiceMessageIsAnsweredByAText has SIPp leave one.
func TestAVoiceMessageIsAnsweredByAText(t *testing.T) {
	t.Parallel()
	tr := newTriggering(t, "voicemail-received", "--voicemail-after", "5")
	saysHello(t, tr.p)
	leaves(t, "sip:"+tr.user+"@"+tr.at.String(), "From: <sip:"+anyCaller+"@127.0.0.1>;tag=1")
	arrives(t, tr.p, 1)
	require.Contains(t, tr.sends(t, anyCaller), "voice message")
	tr.logs(t, 1, "voicemail-received", anyCaller, "sent", "")
	tr.sendsNothing(t)
}

// TestACallThatEndsIsFollowedByAText answers a call and hangs up.
func TestACallThatEndsIsFollowedByAText(t *testing.T) {
	t.Parallel()
	tr := newTriggering(t, "call-ended")
	mark := tr.p.Mark()
	tr.misses(t, otherCaller) // it was not answered
	tr.p.UntilCall(t, mark, patience, "ended")
	mark = tr.p.Mark()
	path := filepath.Join(t.TempDir(), "said.ulaw")
	lasts, err := sipp.Saying(path, spectrum.Tone(8000, 8000, 700, 8000, 0))
	require.NoError(t, err)
	player := sipp.New(t, sipp.Options{
		Scenario: "message", Remote: tr.at, User: tr.user, Identity: []string{"From: <sip:" + anyCaller + "@127.0.0.1>;tag=1"}, Say: path, SayFor: lasts,
	})
	tr.p.UntilCall(t, mark, patience, "ringing")
	tr.p.Must(t, "answer")
	player.Played(t, patience)
	require.Contains(t, tr.sends(t, anyCaller), "talking to us")
	tr.logs(t, 1, "call-ended", anyCaller, "sent", "")
}

// TestAFirstTextIsAnsweredByAText: and no second one.
func TestAFirstTextIsAnsweredByAText(t *testing.T) {
	t.Parallel()
	tr := newTriggering(t, "first-text")
	tr.writes(t, anyCaller, "Are you open today?")
	require.Contains(t, tr.sends(t, anyCaller), "your text")
	tr.logs(t, 1, "first-text", anyCaller, "sent", "")
	tr.writes(t, anyCaller, "Hello?")
	untilTexts(t, tr.p, anyCaller, patience, "Are you open today?", "Hello?")
	tr.sendsNothing(t)
	require.Len(t, triggerLog(t, tr.p), 1)
}
