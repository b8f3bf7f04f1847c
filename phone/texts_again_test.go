package phone_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

// aged adds a text that was written a while ago to the disk of a phone, and starts it again.
func (g *guarded) aged(id phone.TextID, ago time.Duration, state phone.TextState) {
	g.t.Helper()
	_, err := g.store.AddTexts(g.t.Context(), []phone.QueuedText{{
		Text:   phone.Text{ID: id, Direction: phone.Out, Number: jo, Via: alice, Body: "Of long ago", Time: time.Now().Add(-ago), State: state},
		CallID: "of long ago",
	}}, nil, false)
	require.NoError(g.t, err)
	g.reopen()
	g.registers()
}

func TestATextOfLongAgoIsSentAgain(t *testing.T) {
	g := texting(t)
	g.aged("old", 3*24*time.Hour, phone.TextFailed)
	require.NoError(t, g.RetryText(t.Context(), "old"))
	g.sent().tell(phone.TextResult{Status: 480}) // it waits as a new one does
	waitReason(t, g, "old")
	g.reopen()
	g.registers()
	g.sent().tell(phone.TextResult{Status: 200})
	g.becomes("old", phone.TextSent)
}

func TestATextThatWaitsForADayFails(t *testing.T) {
	g := texting(t)
	g.aged("old", 25*time.Hour, phone.TextWaiting)
	require.Contains(t, g.becomes("old", phone.TextFailed).Reason, "24 hours")
	g.silent()
}

func TestTextsByAnotherWayDoNotWait(t *testing.T) {
	g := texting(t)
	_, err := g.SaveGateway(t.Context(), twilioGateway(), phone.NewSecret("token"), true)
	require.NoError(t, err)
	_, err = g.SendText(t.Context(), phone.TextRequest{Number: jo, Body: "By the gateway", Via: "Twilio"})
	require.NoError(t, err)
	<-g.gateways.sent // which does not answer
	_, err = g.SendText(t.Context(), phone.TextRequest{Number: jo, Body: "By the account", Via: alice})
	require.NoError(t, err)
	require.Equal(t, "By the account", g.sent().Body)
}

func TestATextWithNothingInItIsNone(t *testing.T) {
	g := texting(t)
	g.enables(phone.FirstTextTrigger, nil)
	require.Equal(t, 200, g.gotten(phone.IncomingText{Text: " \n "}, jo))
	require.Empty(t, g.bodies(jo))
	require.Equal(t, 200, g.gotten(phone.IncomingText{Type: "image/png"}, jo))
	require.Len(t, g.bodies(jo), 1, "what cannot be shown is listed")
}

func TestATemplateIsCountedInLetters(t *testing.T) {
	g := texting(t)
	g.enables(phone.MissedCallTrigger, func(trigger *phone.Trigger) { trigger.Template = strings.Repeat("ü", phone.MaxTemplate) })
	list, err := g.Triggers(t.Context())
	require.NoError(t, err)
	list[0].Template += "ü"
	fails(t, phone.CodeInvalid, g.SetTrigger(t.Context(), list[0]))
}

func TestTheTextOfATriggerThatWasDeleted(t *testing.T) {
	g := newGuarded(t, "GB") // it waits
	g.enables(phone.MissedCallTrigger, nil)
	g.misses(jo)
	var text phone.TextID
	require.Eventually(t, func() bool {
		rows, _, err := g.TriggerLog(t.Context(), phone.TriggerLogQuery{})
		if err == nil && len(rows) == 1 {
			text = rows[0].Sent
		}
		return text != "" && len(g.bodies(jo)) == 1
	}, 10*time.Second, time.Millisecond)
	require.NoError(t, g.DeleteTexts(t.Context(), text))
	g.reopen()
	g.registers()
	require.Equal(t, phone.TriggerFailed, g.logged(1)[0].Outcome)
	g.silent()
	require.NoError(t, g.RestoreTexts(t.Context(), text))
	g.sent().tell(phone.TextResult{Status: 200})
	g.becomes(text, phone.TextSent)
	require.Eventually(t, func() bool { return g.logged(1)[0].Outcome == phone.TriggerSent }, 10*time.Second, time.Millisecond)
}

func TestTextsWithoutTheDisk(t *testing.T) {
	g := texting(t)
	require.NoError(t, g.store.Close())
	require.Equal(t, 480, g.gotten(phone.IncomingText{Text: "Hello", Origin: "1"}, jo), "the sender is to keep it")
	require.Contains(t, g.until(phone.EventNotice).Text, "Texts cannot be received")
	_, err := g.SendText(t.Context(), phone.TextRequest{Number: jo, Body: "Hello"})
	fails(t, phone.CodeStorage, err)
	g.silent()
	g.reopen()
	g.registers()
	require.Empty(t, g.bodies(jo))
	require.Equal(t, 200, g.gotten(phone.IncomingText{Text: "Hello", Origin: "1"}, jo))
	require.Equal(t, []string{"Hello"}, g.bodies(jo))
}
