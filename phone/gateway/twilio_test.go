package gateway_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/test/twilio"
)

func TestTwilioTakesAText(t *testing.T) {
	s := twilio.New(t, own)
	r := opened(t, account(s))
	text := hello(other)
	text.Body = "100 % & more + „so“ 👍\nnext"
	result := r.send(t, text)
	require.NoError(t, result.Err)
	require.Equal(t, phone.TextSent, result.State)
	sent := s.Messages()
	require.Len(t, sent, 1)
	require.Equal(t, sent[0].SID, result.Ref)
	require.Equal(t, []string{other, own, text.Body}, []string{sent[0].To, sent[0].From, sent[0].Body})
}

// TestTwilioRefuses has each error end as it should: the text is wrong, or waits.
func TestTwilioRefuses(t *testing.T) {
	s := twilio.New(t, own)
	for number, code := range map[string]int{"+447700900001": 21614, "+447700900002": 21610, "+447700900003": 21408, "+447700900004": 29999} {
		s.Refuse(number, code)
	}
	r := opened(t, account(s))
	long := hello(other)
	long.Body = strings.Repeat("x", 1601)
	tests := []struct {
		text     phone.GatewayText
		sentence string
	}{
		{hello("+44"), "The number is none that can be texted."},
		{hello("+447700900001"), "The number is no mobile number."},
		{hello("+447700900002"), "This number has told the provider STOP."},
		{hello("+447700900003"), "The provider does not let you text this country: allow it in Twilio's console."},
		{hello("+447700900004"), "Twilio refuses it: The message from/to pair is refused. (29999)."},
		{long, "Twilio takes texts of 1600 characters at most."},
	}
	for _, tt := range tests {
		result := r.send(t, tt.text)
		require.Equal(t, phone.TextFailed, result.State)
		require.Equal(t, tt.sentence, phone.Sentence(result.Err))
	}
	require.Len(t, s.Posts(), len(tests)-1, "what is too long is not asked for")
	require.NoError(t, r.Close())
	require.NotContains(t, r.log.String(), "does not work", "it is the texts that are wrong")
}

// TestWrongTokenWaits has a text wait for better credentials, and the gateway say so until it has them.
func TestWrongTokenWaits(t *testing.T) {
	s := twilio.New(t, own)
	r := newRig(t, quick)
	r.Open(account(s), phone.NewSecret("wrong-token"))
	result := r.send(t, hello(other))
	require.Equal(t, phone.TextWaiting, result.State)
	require.Equal(t, phone.CodeAuth, phone.CodeOf(result.Err))
	r.until(t, func() bool { return len(r.changes) == 1 && phone.CodeOf(r.changes[0]) == phone.CodeAuth })

	r.Open(account(s), phone.NewSecret(twilio.AuthToken))
	require.Equal(t, phone.TextSent, r.send(t, hello(other)).State)
	r.until(t, func() bool { return len(r.changes) == 2 && r.changes[1] == nil })
	require.Equal(t, phone.TextSent, r.send(t, hello(other)).State)
	require.NoError(t, r.Close())
	changes, _, _ := r.told()
	require.Len(t, changes, 2, "what stays so is not told again")
}

// TestTooManyRequestsPauseTheGateway has all that a gateway asks wait for as long as the server wants.
func TestTooManyRequestsPauseTheGateway(t *testing.T) {
	s := twilio.New(t, own)
	r := opened(t, account(s))
	s.Fail(twilio.Fault{Status: http.StatusTooManyRequests, Retry: "2"})
	result := r.send(t, hello(other))
	require.Equal(t, phone.TextWaiting, result.State)
	require.Equal(t, 2*time.Second, result.After)
	require.Equal(t, "The gateway wants fewer texts at a time.", phone.Sentence(result.Err))

	refused := s.Requests()[0].At
	require.Equal(t, phone.TextSent, r.send(t, hello(third)).State)
	require.Greater(t, s.Requests()[1].At.Sub(refused), 1990*time.Millisecond)
	require.NotContains(t, r.log.String(), "does not work")
}

func TestServerFaultsWait(t *testing.T) {
	for name, fault := range map[string]twilio.Fault{
		"500":     {Status: http.StatusInternalServerError},
		"503":     {Status: http.StatusServiceUnavailable, Retry: "1"},
		"dropped": {Drop: true},
		"302":     {Status: http.StatusFound},
		"late":    {Held: twilio.NewHold()},
	} {
		t.Run(name, func(t *testing.T) {
			s := twilio.New(t, own)
			timing := quick
			if name == "late" {
				timing.Request = 2 * time.Second
			}
			r := newRig(t, timing)
			r.Open(account(s), phone.NewSecret(twilio.AuthToken))
			s.Fail(fault)
			result := r.send(t, hello(other))
			require.Equal(t, phone.TextWaiting, result.State)
			require.Error(t, result.Err)
			require.Len(t, s.Posts(), 1, "it is the phone that tries again")
		})
	}
}

// TestLostAnswerIsNotSentTwice has texts whose answers were lost looked for: one that was taken, and one that was not.
func TestLostAnswerIsNotSentTwice(t *testing.T) {
	s := twilio.New(t, own)
	r := opened(t, account(s))
	before := time.Now()
	first := r.send(t, hello(other))
	require.Equal(t, phone.TextSent, first.State)

	s.Fail(twilio.Fault{Drop: true, Taken: true})
	require.Equal(t, phone.TextWaiting, r.send(t, hello(other)).State)
	again := hello(other)
	again.Tried = before
	found := r.send(t, again)
	require.Equal(t, phone.TextSent, found.State)
	require.Len(t, s.Messages(), 2)
	require.Equal(t, s.Messages()[1].SID, found.Ref, "the first one of the same words is another text")

	s.Fail(twilio.Fault{Drop: true})
	require.Equal(t, phone.TextWaiting, r.send(t, hello(other)).State)
	require.Len(t, s.Messages(), 2)
	require.Equal(t, phone.TextSent, r.send(t, again).State)
	require.Len(t, s.Messages(), 3, "the same words were sent before, but not as this text")
}

// TestLookingForALostTextFails has a text wait where it cannot be known whether it was taken.
func TestLookingForALostTextFails(t *testing.T) {
	s := twilio.New(t, own)
	r := opened(t, account(s))
	text := hello(other)
	text.Tried = time.Now()
	s.Fail(twilio.Fault{Method: http.MethodGet, Status: http.StatusBadGateway})
	require.Equal(t, phone.TextWaiting, r.send(t, text).State)
	require.Empty(t, s.Posts())
}

func TestWatchTellsOfDelivery(t *testing.T) {
	s := twilio.New(t, own)
	r := opened(t, account(s))
	r.Watch("g1", r.send(t, hello(other)).Ref)
	r.until(t, func() bool { return len(r.noted) == 1 && r.noted[0].State == phone.TextDelivered })

	result := r.send(t, hello(third))
	s.Fails(result.Ref, 30006)
	s.Fail(twilio.Fault{Method: http.MethodGet, Status: http.StatusServiceUnavailable}) // it is asked again
	r.Watch("g1", result.Ref)
	r.until(t, func() bool {
		return len(r.noted) == 2 && r.noted[1].State == phone.TextFailed && r.noted[1].Reason == "The number is a landline, or its network takes no texts."
	})
}

// TestWatchEnds has it no more asked what becomes of a text that is unknown, or was watched long enough, and seldom until then.
func TestWatchEnds(t *testing.T) {
	s := twilio.New(t, own)
	timing := quick
	timing.Watch, timing.WatchMax, timing.Watched = 10*time.Millisecond, 40*time.Millisecond, 150*time.Millisecond
	r := newRig(t, timing)
	r.Open(account(s), phone.NewSecret(twilio.AuthToken))
	r.Watch("g1", "unknown")
	s.Until(t, func() bool { return len(s.Requests()) == 1 })
	r.Watch("g1", s.Receive(other, own, "stays as it is", 0).SID)
	s.Until(t, func() bool { return len(s.Requests()) >= 4 })
	require.NoError(t, r.Close())
	requests := s.Requests()
	for i, pause := range []time.Duration{20 * time.Millisecond, 40 * time.Millisecond} {
		require.NotContains(t, requests[i+2].Path, "unknown")
		require.GreaterOrEqual(t, requests[i+2].At.Sub(requests[i+1].At), pause-time.Millisecond)
	}
	require.Less(t, len(requests), 8)
}

// TestWatchEndsByItself has one that was watched long enough leave nothing running.
func TestWatchEndsByItself(t *testing.T) {
	s := twilio.New(t, own)
	timing := quick
	timing.Watched = time.Nanosecond
	r := newRig(t, timing)
	r.Open(account(s), phone.NewSecret(twilio.AuthToken))
	sid := s.Receive(other, own, "x", 0).SID
	r.Watch("g1", sid)
	another := polled(s)
	another.ID = "g2"
	r.Open(another, phone.NewSecret(twilio.AuthToken))
	r.gets(t, s, 20) // meanwhile it would have been asked
	for _, request := range s.Requests() {
		require.NotContains(t, request.Path, sid)
	}
}

// TestSecretStaysSecret has failures of all kinds told without the token, or any part of a request.
func TestSecretStaysSecret(t *testing.T) {
	s := twilio.New(t, own)
	r := opened(t, polled(s))
	s.Fail(twilio.Fault{Drop: true}, twilio.Fault{Status: 500}, twilio.Fault{Status: 401}, twilio.Fault{Status: 404})
	r.until(t, func() bool { return len(r.changes) >= 4 && r.changes[len(r.changes)-1] == nil })
	wrong := account(s)
	wrong.ID, wrong.URL = "g1", "https://127.0.0.1:1"
	r.Open(wrong, phone.NewSecret(twilio.AuthToken))
	result := r.send(t, hello(other))
	require.Equal(t, phone.CodeUnreachable, phone.CodeOf(result.Err))
	said := r.log.String() + result.Err.Error()
	changes, _, _ := r.told()
	for _, err := range changes {
		if err != nil {
			said += err.Error()
		}
	}
	require.Contains(t, said, "Mine")
	for _, secret := range []string{twilio.AuthToken, twilio.AccountSID, "Messages.json", url.QueryEscape(own), "Basic"} {
		require.NotContains(t, said, secret)
	}
}
