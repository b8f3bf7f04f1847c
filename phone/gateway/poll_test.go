package gateway_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/test/twilio"
)

func (r *rig) gets(t *testing.T, s *twilio.Server, more int) {
	t.Helper()
	asked := len(s.Requests())
	s.Until(t, func() bool { return len(s.Requests()) >= asked+more })
}

func TestPollBringsTexts(t *testing.T) {
	s := twilio.New(t, own, third)
	now := time.Now().Truncate(time.Second)
	s.ReceiveAt(now.Add(-25*time.Hour), other, own, "older than a day", 0)
	s.ReceiveAt(now.Add(-23*time.Hour), other, own, "of yesterday", 0)
	s.Receive(other, third, "to another number", 0)
	picture := s.ReceiveAt(now, other, own, "look", 2)
	r := opened(t, polled(s))
	sent := r.send(t, phone.GatewayText{To: own, From: third, Body: "sent to itself"})
	r.Watch("g1", sent.Ref)
	r.until(t, func() bool { return len(r.noted) == 1 && r.noted[0].State == phone.TextDelivered })
	r.until(t, func() bool { return len(r.received) == 2 })
	_, bodies, _ := r.told()
	require.Equal(t, []string{"of yesterday", "look"}, bodies)
	r.mu.Lock()
	last := r.received[1]
	r.mu.Unlock()
	require.True(t, now.Equal(last.Time))
	last.Time = time.Time{}
	require.Equal(t, phone.GatewayMessage{Ref: picture.SID, From: other, To: own, Body: "look", Media: 2}, last)

	s.Receive(other, own, "new", 0)
	r.until(t, func() bool { return len(r.received) == 3 })
	r.gets(t, s, 3)
	_, bodies, lists := r.told()
	require.Equal(t, []string{"of yesterday", "look", "new"}, bodies, "each is told once")
	require.Equal(t, 2, lists)
}

// TestPollReadsAllPages has more texts come than a page has.
func TestPollReadsAllPages(t *testing.T) {
	s := twilio.New(t, own)
	var want []string
	for i := range 175 {
		want = append(want, fmt.Sprint(i))
		s.ReceiveAt(time.Now().Add(time.Duration(i-1000)*time.Second), other, own, fmt.Sprint(i), 0)
	}
	r := opened(t, polled(s))
	r.until(t, func() bool { return len(r.received) == len(want) })
	_, bodies, _ := r.told()
	require.Equal(t, want, bodies)
}

// TestPollAsksAgainForWhatWasNotKept has the phone's disk be full for a while.
func TestPollAsksAgainForWhatWasNotKept(t *testing.T) {
	s := twilio.New(t, own)
	s.Receive(other, own, "once", 0)
	r := newRig(t, quick)
	r.refusing = true
	r.Open(polled(s), phone.NewSecret(twilio.AuthToken))
	r.until(t, func() bool { return r.lists > 2 })
	r.do(func() {
		require.Empty(t, r.settings)
		r.refusing = false
	})
	r.until(t, func() bool { return len(r.received) == 1 })
}

// TestPollGoesOnWhereItStood has a program that was ended for longer than a day miss nothing, and tell nothing twice.
func TestPollGoesOnWhereItStood(t *testing.T) {
	s := twilio.New(t, own)
	r := newRig(t, quick)
	kept := s.ReceiveAt(time.Now().Add(-23*time.Hour), other, own, "kept", 0)
	r.Open(polled(s), phone.NewSecret(twilio.AuthToken))
	r.until(t, func() bool { return len(r.received) == 1 && len(r.settings) == 1 })
	require.NoError(t, r.Close())

	for key := range r.settings { // as if it had been long ago
		r.settings[key] = fmt.Sprintf(`{"Since":%q,"Kept":{%q:%q}}`, kept.Created.Add(-72*time.Hour).Format(time.RFC3339), kept.SID, kept.Created.Format(time.RFC3339))
	}
	s.ReceiveAt(time.Now().Add(-60*time.Hour), other, own, "of the weekend", 0)
	r.Gateways = r.start(t, quick)
	r.Open(polled(s), phone.NewSecret(twilio.AuthToken))
	r.until(t, func() bool { return len(r.received) == 2 })
	_, bodies, _ := r.told()
	require.Equal(t, []string{"kept", "of the weekend"}, bodies)
}

// TestLateTextIsNotLost has a text turn up that is older than one that came before it.
func TestLateTextIsNotLost(t *testing.T) {
	s := twilio.New(t, own)
	s.Receive(other, own, "newer", 0)
	r := opened(t, polled(s))
	r.until(t, func() bool { return len(r.received) == 1 })
	s.ReceiveAt(time.Now().Add(-9*time.Minute), third, own, "late", 0)
	r.until(t, func() bool { return len(r.received) == 2 })
}

// TestPollThatFailsIsToldOnce has the server fail for a while.
func TestPollThatFailsIsToldOnce(t *testing.T) {
	s := twilio.New(t, own)
	r := newRig(t, quick)
	fault := twilio.Fault{Status: http.StatusInternalServerError}
	s.Fail(fault, fault, fault, fault)
	r.Open(polled(s), phone.NewSecret(twilio.AuthToken))
	r.until(t, func() bool { return len(r.changes) == 2 })
	r.gets(t, s, 3)
	changes, _, _ := r.told()
	require.Len(t, changes, 2)
	require.Equal(t, "The gateway has a fault (500).", phone.Sentence(changes[0]))
	require.NoError(t, changes[1])
	requests := s.Requests()
	require.GreaterOrEqual(t, requests[4].At.Sub(requests[3].At), 20*time.Millisecond, "the pauses grow")
}

// TestPollHeedsRetryAfter has a limit of requests stop the polls, and be no fault.
func TestPollHeedsRetryAfter(t *testing.T) {
	s := twilio.New(t, own)
	s.Limit(2, time.Second)
	r := opened(t, polled(s))
	s.Until(t, func() bool { return len(s.Requests()) >= 5 })
	requests := s.Requests()
	require.Equal(t, http.StatusTooManyRequests, requests[2].Status)
	require.Equal(t, http.StatusOK, requests[3].Status)
	require.Greater(t, requests[3].At.Sub(requests[2].At), 990*time.Millisecond)
	require.NotContains(t, r.log.String(), "does not work")
}
