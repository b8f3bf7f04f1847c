package main

import (
	"bufio"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control/controltest"
)

// TestCommands: what each asks of the phone, and that it says nothing when done.
func TestCommands(t *testing.T) {
	for _, tc := range []struct{ line, asked, prints string }{
		{"account remove sip:alice@example.org", "account remove alice@example.org", ""},
		{"call +442079460018", `call "+442079460018" by ""`, "c2\n"},
		{"call 600 --account sip:alice@example.org", `call "600" by "alice@example.org"`, "c2\n"},
		{"call 600 --anyway", `call "600" by "" anyway`, "c2\n"},
		{"answer", `answer ""`, ""},
		{"answer c1", `answer "c1"`, ""},
		{"decline c1", `decline "c1"`, ""},
		{"hangup", `hangup ""`, ""},
		{"mute", `mute "" true`, ""},
		{"unmute c1", `mute "c1" false`, ""},
		{"dtmf c1 12*#", `dtmf "c1" 12*#`, ""},
		{"device set microphone Headset", `device set microphone "Headset"`, ""},
		{"history", "history 100", "STARTED  DIRECTION  NUMBER  NAME  RESULT  TALKED  ACCOUNT\n"},
		{"history --json", "history 0", "[]\n"},
		{"practice on", "practice true", ""},
		{"practice off", "practice false", ""},
		{"practice ring", `practice ring ""`, ""},
		{"practice ring Ada", `practice ring "Ada"`, ""},
		{"trace on", "trace true", ""},
		{"trace off", "trace false", ""},
	} {
		t.Run(tc.line, func(t *testing.T) {
			ph := &controltest.Phone{CallID: "c2"}
			profile, _ := serve(t, ph)
			require.Equal(t, outcome{stdout: tc.prints}, callward(profile, "", strings.Fields(tc.line)...))
			require.Equal(t, []string{tc.asked}, ph.Asked())
		})
	}
}

// TestCallWait: events of this call and another, some of them before the answer to the request.
func TestCallWait(t *testing.T) {
	call := func(id phone.CallID, change func(*phone.Call)) phone.Event {
		c := phone.Call{ID: id, State: phone.Ringing, Started: started}
		change(&c)
		e := phone.Event{Kind: phone.EventCallChanged, Call: &c}
		if c.State == phone.Ended {
			e.Kind = phone.EventCallEnded
		}
		return e
	}
	answered := func(c *phone.Call) { c.State, c.Answered = phone.Active, started.Add(time.Second) }
	ended := func(c *phone.Call) { c.State, c.Ended = phone.Ended, started.Add(time.Second) }
	busy := func(c *phone.Call) { ended(c); c.Result, c.Reason = phone.Busy, "The other side is busy." }
	unexplained := func(c *phone.Call) { ended(c); c.Result = phone.Cancelled }
	brief := func(c *phone.Call) { answered(c); ended(c); c.Result = phone.Answered }
	rings := func(*phone.Call) {}
	for _, tc := range []struct {
		name   string
		events []phone.Event
		want   outcome
	}{
		{"answered", []phone.Event{call("c2", rings), call("c1", busy), {Kind: phone.EventNotice}, call("c2", answered)}, outcome{0, "c2\n", ""}},
		{"busy", []phone.Event{call("c1", answered), call("c2", rings), call("c2", busy)}, outcome{1, "c2\n", "callward: The other side is busy.\n"}},
		{"with no reason", []phone.Event{call("c2", unexplained)}, outcome{1, "c2\n", "callward: The call was not answered: cancelled.\n"}},
		{"answered and over at once", []phone.Event{call("c2", brief)}, outcome{0, "c2\n", ""}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			ph := &controltest.Phone{CallID: "c2"}
			ph.Placed = func() {
				for _, e := range tc.events {
					ph.Publish(e)
				}
			}
			profile, _ := serve(t, ph)
			require.Equal(t, tc.want, callward(profile, "", "call", "--wait", "600"))
		})
	}
}

// TestCallBlocked: who is blacklisted is not called, and the exit code says so.
func TestCallBlocked(t *testing.T) {
	jo := phone.Entry{Kind: phone.KindNumber, Number: "+442079460018", Name: "Jo\u009b Lee", Mode: phone.BlockAll}
	held := &phone.Blocked{Verdict: phone.Verdict{Mode: jo.Mode, Kind: jo.Kind, Row: 1, Number: jo.Number}, Entry: jo}
	profile, _ := serve(t, &controltest.Phone{Fail: &phone.Error{Code: phone.CodeBlocked, Op: "call", Err: held}, CallID: "c2"})
	for _, line := range []string{"call 02079460018", "call 02079460018 --wait"} {
		require.Equal(t, outcome{3, "", "callward: This number is blocked: +442079460018, Jo� Lee, Block all communications. --anyway calls it all the same.\n"},
			callward(profile, "", strings.Fields(line)...), line)
	}
}

// TestCallWaitPrintsAtOnce: the id is there while it rings.
func TestCallWaitPrintsAtOnce(t *testing.T) {
	ph := &controltest.Phone{CallID: "c2"}
	profile, stop := serve(t, ph)
	out, done := begin(t, profile, "call", "600", "--wait")
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "c2\n", line)
	stop()
	got := end(t, done)
	require.Equal(t, exitFailed, got.code)
	require.Contains(t, got.stderr, "has ended")
}
