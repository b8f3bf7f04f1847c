package lab

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/sipp"
)

// TestCallOut has the phone call SIPp, which does what other phones and servers may do.
func TestCallOut(t *testing.T) {
	t.Parallel()
	hangup := func(t *testing.T, p *callward.Program, _ int) { p.Must(t, "hangup") }
	for _, tc := range []struct {
		scenario string
		when     []string // the call's state to wait for, and then
		do       func(t *testing.T, p *callward.Program, mark int)
		result   string
	}{
		{"answer", []string{"active"}, hangup, "answered"},
		{"auth", []string{"active"}, hangup, "answered"},
		{"redirect", []string{"active"}, hangup, "answered"},
		{"cancel_race", []string{"ringing"}, hangup, "cancelled"},
		{"early_media", []string{"early"}, func(t *testing.T, p *callward.Program, mark int) {
			p.UntilCall(t, mark, patience, "active")
			p.Must(t, "hangup")
		}, "answered"},
		{"fork", []string{"active"}, func(t *testing.T, p *callward.Program, _ int) {
			// The second answer comes once the first is acknowledged, and must not end the call.
			for end := time.Now().Add(time.Second); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
				require.Len(t, p.State(t).Calls, 1)
			}
			p.Must(t, "hangup")
		}, "answered"},
	} {
		t.Run(tc.scenario, func(t *testing.T) {
			calls := map[string]int{"redirect": 2}[tc.scenario]
			player := sipp.New(t, sipp.Options{Scenario: tc.scenario, Calls: calls, Hold: time.Second, Echo: true})
			p, _, _ := registered(t, player.Addr())
			mark := p.Mark()
			p.Must(t, "call", "bob@127.0.0.1")
			p.UntilCall(t, mark, patience, tc.when...)
			tc.do(t, p, mark)
			require.Equal(t, tc.result, p.UntilCall(t, mark, patience, "ended").Result)
			player.Played(t, patience)
		})
	}
}

// TestCallIn has SIPp call the phone.
func TestCallIn(t *testing.T) {
	t.Parallel()
	p, _, contact := registered(t, silence)
	user, at := split(t, contact)
	answer := func(t *testing.T, mark int) {
		p.UntilCall(t, mark, patience, "ringing")
		p.Must(t, "answer")
	}

	t.Run("call", func(t *testing.T) {
		mark := p.Mark()
		player := sipp.New(t, sipp.Options{Scenario: "call", Remote: at, User: user, Hold: time.Second, Echo: true})
		answer(t, mark)
		player.Played(t, patience)
		require.Equal(t, "answered", p.UntilCall(t, mark, patience, "ended").Result)
	})
	t.Run("hold and another codec", func(t *testing.T) {
		mark := p.Mark()
		player := sipp.New(t, sipp.Options{Scenario: "hold", Remote: at, User: user, Hold: time.Second, Echo: true})
		answer(t, mark)
		p.UntilCall(t, mark, patience, "held")
		_, err := p.Await(mark, "PCMA", patience, func(e callward.Event) bool {
			return e.Call != nil && e.Call.State == "active" && e.Call.Codec == "PCMA"
		})
		require.NoError(t, err)
		player.Played(t, patience)
	})
	t.Run("messages that are lost", func(t *testing.T) {
		const calls = 5
		before, mark, taken := len(p.Calls(t)), p.Mark(), map[string]bool{}
		player := sipp.New(t, sipp.Options{Scenario: "call", Remote: at, User: user, Hold: 200 * time.Millisecond, Lose: 20, Calls: calls})
		for range calls { // the next may ring before it is known here that the last one ended
			e, err := p.Await(mark, "another call", time.Minute, func(e callward.Event) bool {
				return e.Call != nil && e.Call.State == "ringing" && !taken[e.Call.ID]
			})
			require.NoError(t, err)
			taken[e.Call.ID] = true
			p.Must(t, "answer", e.Call.ID)
		}
		player.Played(t, time.Minute)
		require.Len(t, p.Calls(t), before+calls, "what is sent again is no other call")
	})
}

// TestLostACK never acknowledges the phone's answer.
func TestLostACK(t *testing.T) {
	t.Parallel()
	p, _, contact := registered(t, silence)
	user, at := split(t, contact)
	mark := p.Mark()
	player := sipp.New(t, sipp.Options{Scenario: "lost_ack", Remote: at, User: user})
	p.UntilCall(t, mark, patience, "ringing")
	p.Must(t, "answer")
	// RFC 3261, 13.3.1.4: after 64 times T1, 32 s.
	player.Played(t, 50*time.Second)
	p.UntilCall(t, mark, patience, "ended")
	answers := strings.Count(player.Messages(), "\nSIP/2.0 200 OK\n")
	require.GreaterOrEqual(t, answers, 8, "at 0, 0.5, 1.5, 3.5, 7.5 s and then each 4 s; one more answers the BYE")
}

// TestSessionTimer has the caller ask for one (RFC 4028) that the phone is to refresh, half way through its 90 s.
func TestSessionTimer(t *testing.T) {
	t.Parallel()
	p, _, contact := registered(t, silence)
	user, at := split(t, contact)
	mark := p.Mark()
	player := sipp.New(t, sipp.Options{Scenario: "session_timer", Remote: at, User: user})
	p.UntilCall(t, mark, patience, "ringing")
	p.Must(t, "answer")
	player.Played(t, 90*time.Second)
}
