package phone_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

// texting is a guarded phone whose account is registered.
func texting(t *testing.T) *guarded {
	t.Helper()
	g := newGuarded(t, "GB")
	g.registers()
	return g
}

func (g *guarded) registers() {
	g.sip.AccountChanged("a1", phone.Registered, nil)
	g.settled()
}

// sends writes a text, which is on the disk by then.
func (g *guarded) sends(number, body string) phone.Text {
	g.t.Helper()
	text, err := g.SendText(g.t.Context(), phone.TextRequest{Number: number, Body: body})
	require.NoError(g.t, err)
	return text
}

// sent is the next MESSAGE that left.
func (g *guarded) sent() sentText {
	g.t.Helper()
	select {
	case m := <-g.sip.texts:
		return m
	case <-time.After(10 * time.Second):
		require.FailNow(g.t, "no text left")
	}
	return sentText{}
}

// silent checks that no MESSAGE has left once all that was told is done.
func (g *guarded) silent() {
	g.t.Helper()
	g.settled()
	select {
	case m := <-g.sip.texts:
		require.FailNow(g.t, "a text left", "%+v", m.OutgoingText)
	default:
	}
}

// becomes waits until a text has a state, and returns it.
func (g *guarded) becomes(id phone.TextID, state phone.TextState) phone.Text {
	g.t.Helper()
	var text phone.Text
	require.Eventually(g.t, func() bool {
		var err error
		text, err = g.Text(g.t.Context(), id)
		return err == nil && text.State == state
	}, 10*time.Second, time.Millisecond, "the text is not %s", state)
	return text
}

// gotten has somebody write, with all that a MESSAGE says, and returns the answer.
func (g *guarded) gotten(in phone.IncomingText, user string) int {
	g.t.Helper()
	answered := make(chan int, 1)
	in.Account, in.Answer = "a1", func(status int) { answered <- status }
	in.Caller = phone.Caller{Claims: []phone.Claim{from(user)}}
	g.sip.Messaged(in)
	select {
	case status := <-answered:
		return status
	case <-time.After(10 * time.Second):
		require.FailNow(g.t, "no answer")
	}
	return 0
}

// bodies are the texts of a thread, oldest first.
func (g *guarded) bodies(number string) []string {
	g.t.Helper()
	items, err := g.Timeline(g.t.Context(), phone.TimelineQuery{Number: number, Back: true, Limit: 1000})
	require.NoError(g.t, err)
	bodies := []string{}
	for _, item := range items {
		if item.Text != nil {
			bodies = append(bodies, item.Text.Body)
		}
	}
	return bodies
}

// logged waits until the trigger log has n rows of which none waits, and returns them, oldest first.
func (g *guarded) logged(n int) []phone.Triggered {
	g.t.Helper()
	var rows []phone.Triggered
	require.Eventually(g.t, func() bool {
		part, total, err := g.TriggerLog(g.t.Context(), phone.TriggerLogQuery{})
		rows = nil
		for i := range part {
			if part[len(part)-1-i].Outcome == phone.TriggerWaiting {
				return false
			}
			rows = append(rows, part[len(part)-1-i])
		}
		return err == nil && total == n
	}, 10*time.Second, time.Millisecond, "the log has no %d rows that are settled", n)
	return rows
}

// enables switches a trigger on.
func (g *guarded) enables(name phone.TriggerName, change func(*phone.Trigger)) {
	g.t.Helper()
	list, err := g.Triggers(g.t.Context())
	require.NoError(g.t, err)
	for _, trigger := range list {
		if trigger.Name == name {
			trigger.On = true
			if change != nil {
				change(&trigger)
			}
			require.NoError(g.t, g.SetTrigger(g.t.Context(), trigger))
		}
	}
}

// misses has somebody call and give up.
func (g *guarded) misses(user string) {
	g.t.Helper()
	d := g.called(from(user))
	d.tell(phone.DialogEnded{Cause: phone.EndCancelled})
	g.settled()
}
