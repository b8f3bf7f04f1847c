package lab

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/pulse"
)

// practicePhone is a new phone as a newcomer has it: no account, and the practice exchange.
func practicePhone(t *testing.T) phone {
	t.Helper()
	sound, err := pulse.Start(t.TempDir())
	require.NoError(t, err)
	t.Cleanup(func() { _ = sound.Stop() })
	p := phone{callward.New(t, callward.Options{Practice: true, Sound: sound.Vars()}), sound}
	require.Eventually(t, func() bool {
		accounts := p.State(t).Accounts
		return len(accounts) == 1 && accounts[0].State == "registered"
	}, patience, 50*time.Millisecond)
	return p
}

func TestRobotsToCall(t *testing.T) {
	p := practicePhone(t)
	p.say(t, 700)
	call := func(t *testing.T, robot string) (mark int) {
		mark = p.Mark()
		p.Must(t, "call", robot)
		return mark
	}
	ends := func(t *testing.T, mark int, result string) {
		require.Equal(t, result, p.UntilCall(t, mark, patience, "ended").Result)
	}

	t.Run("600 echoes", func(t *testing.T) {
		mark := call(t, "600")
		p.UntilCall(t, mark, patience, "active")
		p.hears(t, 700)
		p.Must(t, "hangup")
		ends(t, mark, "answered")
	})
	t.Run("601 speaks", func(t *testing.T) {
		mark := call(t, "601")
		p.UntilCall(t, mark, patience, "active")
		p.sound.HearsUntil(t, "a voice", pulse.IsSound)
		p.Must(t, "hangup")
		ends(t, mark, "answered")
	})
	t.Run("602 is busy", func(t *testing.T) { ends(t, call(t, "602"), "busy") })
	t.Run("603 declines", func(t *testing.T) { ends(t, call(t, "603"), "declined") })
	t.Run("604 rings", func(t *testing.T) {
		mark := call(t, "604")
		p.UntilCall(t, mark, patience, "ringing")
		p.sound.HearsUntil(t, "ringback", pulse.IsSound)
		require.Equal(t, "ringing", p.State(t).Calls[0].State)
		p.Must(t, "hangup")
		ends(t, mark, "cancelled")
	})
	t.Run("605 hangs up", func(t *testing.T) {
		mark := call(t, "605")
		p.UntilCall(t, mark, patience, "active")
		answered := time.Now()
		ends(t, mark, "answered")
		require.InDelta(t, 5, time.Since(answered).Seconds(), 1)
	})
	t.Run("606 holds and takes back", func(t *testing.T) {
		mark := call(t, "606")
		p.UntilCall(t, mark, patience, "held")
		mark = p.Mark()
		p.UntilCall(t, mark, patience, "active")
		p.Must(t, "hangup")
		ends(t, mark, "answered")
	})
	t.Run("607 has early media", func(t *testing.T) {
		mark := call(t, "607")
		p.UntilCall(t, mark, patience, "early")
		p.sound.HearsUntil(t, "early media", pulse.IsSound)
		p.UntilCall(t, mark, patience, "active")
		p.Must(t, "hangup")
		ends(t, mark, "answered")
	})
	t.Run("no such robot", func(t *testing.T) { ends(t, call(t, "699"), "failed") })
}

// TestRobotsThatCall has each robot ring as who it is, and speak once it is answered.
func TestRobotsThatCall(t *testing.T) {
	p := practicePhone(t)
	for _, tc := range []struct{ who, name, number string }{
		{"jo", "Jo Harper", "+442079460123"},
		{"unknown", "", "+441632960456"},
		{"hidden", "", ""},
	} {
		t.Run(tc.who, func(t *testing.T) {
			mark := p.Mark()
			p.Must(t, "practice", "ring", tc.who)
			ringing := p.UntilCall(t, mark, patience, "ringing")
			require.Equal(t, "in", ringing.Direction)
			require.Equal(t, tc.name, ringing.Name)
			require.Equal(t, tc.number, ringing.Number)
			p.Must(t, "answer")
			p.UntilCall(t, mark, patience, "active")
			p.sound.HearsUntil(t, "a voice", pulse.IsSound)
			p.Must(t, "hangup")
			p.UntilCall(t, mark, patience, "ended")
			row := p.Calls(t)[0]
			require.Equal(t, tc.name, row.Name)
			require.Equal(t, tc.number, row.Number)
			p.hearsNothing(t) // so that the next voice is the next robot's
		})
	}
	t.Run("any of them", func(t *testing.T) {
		mark := p.Mark()
		p.Must(t, "practice", "ring")
		p.UntilCall(t, mark, patience, "ringing")
		p.Must(t, "decline")
		p.UntilCall(t, mark, patience, "ended")
	})
}

// TestExchangeIsLocal has the practice exchange and the phone listen on loopback alone while there is no account.
func TestExchangeIsLocal(t *testing.T) {
	p := callward.New(t, callward.Options{Practice: true})
	addresses, err := p.Listens()
	require.NoError(t, err)
	require.NotEmpty(t, addresses)
	for _, a := range addresses {
		require.True(t, a.Addr().IsLoopback(), "it listens at %v", a)
	}
}

// TestRobotsWriteBack has a newcomer write to robots.
func TestRobotsWriteBack(t *testing.T) {
	t.Parallel()
	p := callward.New(t, callward.Options{Practice: true})
	require.Eventually(t, func() bool { return p.State(t).Accounts[0].State == "registered" }, patience, 50*time.Millisecond)
	p.Must(t, "text", "send", "600", "Hello 👋")
	p.Must(t, "text", "send", "601", "Hello")
	p.Must(t, "text", "send", "699", "Hello")
	untilTexts(t, p, "600", patience, "You wrote: Hello 👋")
	require.Eventually(t, func() bool { return len(bodies(t, p, "601", "in")) == 1 }, patience, 50*time.Millisecond)
	require.Equal(t, []string{"sent"}, states(t, p, "600"))
	untilStates(t, p, "699", patience, "failed")
}
