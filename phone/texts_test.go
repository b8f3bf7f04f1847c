package phone_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

const jo = "+442079460018"

func TestATextIsOnTheDiskAndThenSent(t *testing.T) {
	g := texting(t)
	text := g.sends("020 7946 0018", "On its way today.")
	require.Equal(t, phone.TextWaiting, text.State)
	require.Equal(t, jo, text.Number)
	kept, err := g.Text(t.Context(), text.ID)
	require.NoError(t, err)
	require.Equal(t, "On its way today.", kept.Body)
	m := g.sent()
	require.Equal(t, "On its way today.", m.Body)
	require.Equal(t, string(text.ID), m.MessageID)
	require.EqualValues(t, 1, m.CSeq)
	require.False(t, m.Notes, "nothing says that the other side understands message/cpim")
	m.tell(phone.TextResult{Status: 202, CSeq: 1})
	require.False(t, g.becomes(text.ID, phone.TextSent).Settled.IsZero())
}

func TestTextsOfAThreadGoOneAfterTheOther(t *testing.T) {
	g := texting(t)
	for i := range 5 {
		g.sends(jo, fmt.Sprint(i))
	}
	other := g.sends("+442079460021", "to somebody else")
	first := g.sent()
	second := g.sent()
	require.Equal(t, "0", first.Body)
	require.Equal(t, "to somebody else", second.Body, "who does not answer holds up no other thread")
	second.tell(phone.TextResult{Status: 200})
	g.becomes(other.ID, phone.TextSent)
	g.silent()
	first.tell(phone.TextResult{Status: 200})
	for i := 1; i < 5; i++ {
		m := g.sent()
		require.Equal(t, fmt.Sprint(i), m.Body)
		m.tell(phone.TextResult{Status: 200})
	}
}

func TestATextIsSentAgainUnderTheSameName(t *testing.T) {
	g := texting(t)
	text := g.sends(jo, "Hello")
	first := g.sent()
	first.tell(phone.TextResult{Err: &phone.Error{Code: phone.CodeNoAnswer, Op: "send"}, CSeq: 2})
	require.NotEmpty(t, waitReason(t, g, text.ID))
	require.NoError(t, g.RetryText(t.Context(), text.ID))
	second := g.sent()
	require.Equal(t, first.CallID, second.CallID)
	require.Equal(t, first.MessageID, second.MessageID)
	require.EqualValues(t, 3, second.CSeq, "the credentials took the second")
	second.tell(phone.TextResult{Status: 200, CSeq: 3})
	require.Empty(t, g.becomes(text.ID, phone.TextSent).Reason)
}

// waitReason waits until it is said why a text waits.
func waitReason(t *testing.T, g *guarded, id phone.TextID) (reason string) {
	t.Helper()
	require.Eventually(t, func() bool {
		text, err := g.Text(t.Context(), id)
		reason = text.Reason
		return err == nil && text.State == phone.TextWaiting && reason != ""
	}, 10*time.Second, time.Millisecond)
	return reason
}

func TestTextsWaitForTheLine(t *testing.T) {
	g := newGuarded(t, "GB")
	first, second := g.sends(jo, "one"), g.sends(jo, "two")
	require.Contains(t, waitReason(t, g, first.ID), alice)
	g.silent()
	g.registers()
	m := g.sent()
	require.Equal(t, "one", m.Body)
	m.tell(phone.TextResult{Status: 200})
	m = g.sent()
	require.Equal(t, "two", m.Body)
	m.tell(phone.TextResult{Status: 200})
	g.becomes(second.ID, phone.TextSent)
}

func TestTextsWaitForTheNextStart(t *testing.T) {
	g := texting(t)
	text := g.sends(jo, "Hello")
	m := g.sent() // and the program ends before the answer
	g.reopen()
	g.registers()
	again := g.sent()
	require.Equal(t, m.CallID, again.CallID)
	require.Equal(t, m.MessageID, again.MessageID)
	require.Greater(t, again.CSeq, m.CSeq)
	again.tell(phone.TextResult{Status: 200})
	g.becomes(text.ID, phone.TextSent)
	g.reopen()
	g.registers()
	g.silent()
}

func TestWhatAnswersMeanForAText(t *testing.T) {
	for status, state := range map[int]phone.TextState{
		200: phone.TextSent, 202: phone.TextSent, 302: phone.TextFailed, 403: phone.TextFailed, 404: phone.TextFailed, 405: phone.TextFailed,
		407: phone.TextWaiting, 408: phone.TextWaiting, 413: phone.TextFailed, 415: phone.TextFailed, 480: phone.TextWaiting, 486: phone.TextWaiting,
		488: phone.TextFailed, 500: phone.TextWaiting, 501: phone.TextFailed, 503: phone.TextWaiting, 603: phone.TextFailed,
	} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			g := texting(t)
			text := g.sends(jo, "Hello")
			g.sent().tell(phone.TextResult{Status: status})
			switch state {
			case phone.TextWaiting:
				waitReason(t, g, text.ID)
			case phone.TextFailed:
				require.NotEmpty(t, g.becomes(text.ID, state).Reason)
				require.NoError(t, g.RetryText(t.Context(), text.ID))
				g.sent().tell(phone.TextResult{Status: 200})
				g.becomes(text.ID, phone.TextSent)
				fails(t, phone.CodeState, g.RetryText(t.Context(), text.ID))
			default:
				g.becomes(text.ID, state)
			}
		})
	}
}

func TestATextThatCannotBe(t *testing.T) {
	g := texting(t)
	for _, r := range []phone.TextRequest{
		{Number: jo, Body: " \n "},
		{Number: jo, Body: strings.Repeat("x", phone.MaxText+1)},
		{Number: jo, Body: "\xff"},
		{Number: "what is this", Body: "Hello"},
		{Number: "", Body: "Hello"},
	} {
		_, err := g.SendText(t.Context(), r)
		fails(t, phone.CodeInvalid, err)
	}
	_, err := g.SendText(t.Context(), phone.TextRequest{Number: jo, Body: "Hello", Via: "nobody@pbx.example"})
	fails(t, phone.CodeNotFound, err)
	g.silent()
}

func TestDeliveryNotes(t *testing.T) {
	g := texting(t)
	require.Equal(t, 200, g.gotten(phone.IncomingText{Text: "Hello", Features: phone.TextFeatures{Notes: true}, MessageID: "theirs"}, jo))
	note := g.sent()
	require.Equal(t, phone.KindNote, note.Kind)
	require.Equal(t, "theirs", note.MessageID)
	require.Contains(t, note.Target.URI, "pbx.example")
	require.Eventually(t, func() bool {
		thread, err := g.Thread(t.Context(), jo)
		return err == nil && thread.Features.Notes
	}, 10*time.Second, time.Millisecond)
	text := g.sends(jo, "Good morning")
	m := g.sent()
	require.True(t, m.Notes)
	m.tell(phone.TextResult{Status: 415})
	m = g.sent()
	require.False(t, m.Notes, "it does not understand it after all")
	m.tell(phone.TextResult{Status: 200})
	g.becomes(text.ID, phone.TextSent)
	stranger := phone.IncomingText{Kind: phone.KindNote, MessageID: string(text.ID), Note: phone.TextDelivered}
	require.Equal(t, 200, g.gotten(stranger, "+442079460099"))
	kept, err := g.Text(t.Context(), text.ID)
	require.NoError(t, err)
	require.Equal(t, phone.TextSent, kept.State, "somebody else cannot say so")
	require.Equal(t, 200, g.gotten(stranger, jo))
	g.becomes(text.ID, phone.TextDelivered)
}

func TestAReceivedTextIsKeptOnce(t *testing.T) {
	g := texting(t)
	in := phone.IncomingText{Text: "Where is my order?", Origin: "id:1"}
	require.Equal(t, 200, g.gotten(in, jo))
	e := g.until(phone.EventText)
	require.Equal(t, "Where is my order?", e.Message.Body)
	require.Equal(t, phone.In, e.Message.Direction)
	require.Equal(t, 200, g.gotten(in, jo))
	require.Equal(t, []string{"Where is my order?"}, g.bodies(jo))
	unseen, err := g.UnseenTexts(t.Context())
	require.NoError(t, err)
	require.Equal(t, 1, unseen)
	require.NoError(t, g.SeeTexts(t.Context(), jo, e.Message.Row))
	unseen, err = g.UnseenTexts(t.Context())
	require.NoError(t, err)
	require.Zero(t, unseen)
	require.Contains(t, g.sound.log, "chime")
	g.reopen()
	require.Equal(t, 200, g.gotten(in, jo))
	require.Equal(t, []string{"Where is my order?"}, g.bodies(jo))
}

func TestABurstIsKeptInOrder(t *testing.T) {
	g := texting(t)
	const count = 500
	answers := make(chan int, count)
	var want []string
	for i := range count {
		want = append(want, fmt.Sprint(i))
		g.sip.Messaged(phone.IncomingText{
			Account: "a1", Caller: phone.Caller{Claims: []phone.Claim{from(jo)}}, Text: fmt.Sprint(i), Origin: fmt.Sprint(i),
			Answer: func(status int) { answers <- status },
		})
	}
	for range count {
		require.Equal(t, 200, <-answers)
	}
	require.Equal(t, want, g.bodies(jo))
}

func TestTextsOfBlockedSenders(t *testing.T) {
	for _, mode := range []phone.Mode{phone.AllowVoicemails, phone.BlockAll} {
		g := texting(t)
		g.blocks(phone.EntryDraft{Kind: phone.KindNumber, Number: jo, Mode: mode})
		require.Equal(t, 603, g.gotten(phone.IncomingText{Text: "Hello"}, jo))
		s, err := g.Screening(t.Context())
		require.NoError(t, err)
		s.DropTexts = true
		require.NoError(t, g.SetScreening(t.Context(), s))
		require.Equal(t, 200, g.gotten(phone.IncomingText{Text: strings.Repeat("ö", 600)}, jo))
		require.Equal(t, 200, g.gotten(phone.IncomingText{Kind: phone.KindComposing, Composing: true, Refresh: time.Minute}, jo))
		require.Empty(t, g.bodies(jo))
		require.Empty(t, g.Snapshot().Composing)
		threads, _, err := g.Threads(t.Context(), phone.ThreadQuery{})
		require.NoError(t, err)
		require.Empty(t, threads)
		require.Empty(t, g.sound.log)
		require.Eventually(t, func() bool {
			rows, total, err := g.Screened(t.Context(), phone.ScreenedQuery{})
			return err == nil && total == 2 && len(rows[0].Text) == phone.MaxScreenedText && rows[1].Text == "Hello"
		}, 10*time.Second, time.Millisecond)
		text := g.sends(jo, "We write all the same")
		g.sent().tell(phone.TextResult{Status: 200})
		g.becomes(text.ID, phone.TextSent)
		thread, err := g.Thread(t.Context(), jo)
		require.NoError(t, err)
		require.Equal(t, mode, thread.Entry.Mode)
		require.False(t, thread.Entry.Since.IsZero())
	}
}

func TestWhoTypesIsShownForAWhile(t *testing.T) {
	g := texting(t)
	require.Equal(t, 200, g.gotten(phone.IncomingText{Kind: phone.KindComposing, Composing: true, Refresh: 50 * time.Millisecond}, jo))
	require.Equal(t, jo, g.until(phone.EventComposing).Text)
	g.until(phone.EventComposing)
	require.Empty(t, g.Snapshot().Composing)
	g.gotten(phone.IncomingText{Kind: phone.KindComposing, Composing: true, Refresh: time.Hour}, jo)
	g.until(phone.EventComposing)
	require.Len(t, g.Snapshot().Composing, 1)
	g.gotten(phone.IncomingText{Text: "Hello", Features: phone.TextFeatures{Composing: true}}, jo)
	g.until(phone.EventText)
	require.Empty(t, g.Snapshot().Composing, "what was typed has come")
	g.Compose("+442079460021", true)
	g.Compose(jo, true)
	m := g.sent()
	require.Equal(t, phone.KindComposing, m.Kind)
	require.Contains(t, m.Target.URI, "7946")
	g.blocks(phone.EntryDraft{Kind: phone.KindNumber, Number: jo, Mode: phone.BlockAll})
	g.Compose(jo, true)
	g.silent()
}
