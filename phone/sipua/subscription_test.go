package sipua

import (
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
	"github.com/stretchr/testify/require"
)

const twoNew = "Messages-Waiting: yes\r\nVoice-Message: 2/8 (0/2)\r\n"

func valueOf(msg sip.Message, name string) string {
	if h := firstOf(msg, name, ""); h != nil {
		return h.Value()
	}
	return ""
}

func TestAsksForMessageWaiting(t *testing.T) {
	s := newVoicemailServer(t, nil)
	agent, told, _, acc := s.open(nil)
	register := s.next(t)
	require.Equal(t, "message-summary", valueOf(register, "Allow-Events"))
	require.Contains(t, valueOf(register, "Allow"), "NOTIFY")
	sub := s.subscribed()
	require.Equal(t, "sip:alice@example.test", sub.Recipient.String())
	require.Equal(t, "sip:alice@example.test", sub.To().Address.String())
	require.Equal(t, "message-summary", valueOf(sub, "Event"))
	require.Equal(t, "application/simple-message-summary", valueOf(sub, "Accept"))
	require.Equal(t, "3600", expiresOf(sub))
	require.Equal(t, contactOf(register), contactOf(sub))

	require.Equal(t, 200, s.notify(sub, "active;expires=3600", twoNew).StatusCode)
	require.Equal(t, phone.MessagesWaiting{Waiting: true, New: 2, Old: 8}, told.toldWaiting(t))
	require.Equal(t, 200, s.notify(sub, "active;expires=3000", "Messages-Waiting: no\r\n").StatusCode)
	require.Equal(t, phone.MessagesWaiting{}, told.toldWaiting(t))
	require.Equal(t, 200, s.notify(sub, "active", "").StatusCode, "one that says nothing")
	require.Empty(t, told.waiting)

	agent.CloseAccount(acc.ID)
	told.await(t, acc.ID, phone.Off)
	gone := s.subscribed()
	require.Equal(t, "0", expiresOf(gone))
	require.Equal(t, *sub.CallID(), *gone.CallID())
	require.Equal(t, serverTag, tagOf(gone.To()))
	require.Greater(t, gone.CSeq().SeqNo, sub.CSeq().SeqNo)
}

func TestRefreshesTheSubscriptionInTime(t *testing.T) {
	s := newVoicemailServer(t, granting("1"))
	s.open(nil)
	first, began := s.subscribed(), time.Now()
	for range 2 {
		again := s.subscribed()
		require.Less(t, time.Since(began), time.Second)
		require.Equal(t, *first.CallID(), *again.CallID())
		require.Equal(t, serverTag, tagOf(again.To()))
		require.Equal(t, "3600", expiresOf(again))
		require.Equal(t, contactOf(first), contactOf(again))
		require.Greater(t, again.CSeq().SeqNo, first.CSeq().SeqNo)
		first, began = again, time.Now()
	}
}

func TestASubscriptionThatIsCutShortIsRefreshed(t *testing.T) {
	s := newVoicemailServer(t, nil)
	s.open(nil)
	sub := s.subscribed()
	require.Equal(t, 200, s.notify(sub, "active;expires=1", twoNew).StatusCode)
	require.Equal(t, serverTag, tagOf(s.subscribed().To()))
}

// The first NOTIFY may be faster than the answer to SUBSCRIBE (RFC 6665, 4.4.1).
func TestANotifyThatIsFasterThanTheAnswerIsTaken(t *testing.T) {
	status := make(chan int, 1)
	s := newVoicemailServer(t, func(s *voicemailServer, req *sip.Request) *sip.Response {
		if expiresOf(req) != "0" {
			status <- s.notify(req, "active", twoNew).StatusCode
		}
		return s.grant(req, "3600")
	})
	agent, told, _, _ := s.open(nil)
	require.Equal(t, 200, <-status)
	require.Equal(t, phone.MessagesWaiting{Waiting: true, New: 2, Old: 8}, told.toldWaiting(t))
	sub := s.subscribed()
	require.Equal(t, 200, s.notify(sub, "active", twoNew).StatusCode, "the answer changes nothing")
	require.NoError(t, agent.Close())
	require.Equal(t, serverTag, tagOf(s.subscribed().To()))
}

func TestTheProvidersVoicemailIsAskedForAlone(t *testing.T) {
	s := newVoicemailServer(t, nil)
	s.open(func(acc *phone.Account) { acc.Voicemail.Provider = false })
	s.unasked()
}

func TestTheServersIntervalIsTaken(t *testing.T) {
	s := newVoicemailServer(t, func(s *voicemailServer, req *sip.Request) *sip.Response {
		if expiresOf(req) == "3600" {
			return answer(423, "Interval Too Brief", sip.NewHeader("Min-Expires", "7200"))(req)
		}
		return s.grant(req, expiresOf(req))
	})
	s.open(nil)
	require.Equal(t, "3600", expiresOf(s.subscribed()))
	sub := s.subscribed()
	require.Equal(t, "7200", expiresOf(sub))
	require.Equal(t, 200, s.notify(sub, "active", twoNew).StatusCode)
}

func TestASubscriptionHasCredentials(t *testing.T) {
	for name, status := range map[string]int{"WWW-Authenticate": 401, "Proxy-Authenticate": 407} {
		t.Run(name, func(t *testing.T) {
			s := newVoicemailServer(t, func(s *voicemailServer, req *sip.Request) *sip.Response {
				if valueOf(req, "Authorization")+valueOf(req, "Proxy-Authorization") == "" {
					return answer(status, "Who?", sip.NewHeader(name, `Digest realm="x", nonce="n", algorithm=MD5`))(req)
				}
				return s.grant(req, "1")
			})
			s.open(nil)
			s.subscribed()
			sub := s.subscribed()
			require.Contains(t, valueOf(sub, "Authorization")+valueOf(sub, "Proxy-Authorization"), `username="alice"`)
			require.Equal(t, 200, s.notify(sub, "active", twoNew).StatusCode)
			again := s.subscribed()
			require.Equal(t, *sub.CallID(), *again.CallID())
			require.Greater(t, again.CSeq().SeqNo, sub.CSeq().SeqNo)
		})
	}
}

func TestAForgottenSubscriptionIsMadeAnew(t *testing.T) {
	s := newVoicemailServer(t, func(s *voicemailServer, req *sip.Request) *sip.Response {
		if tagOf(req.To()) != "" {
			return answer(481, "Subscription Does Not Exist")(req)
		}
		return s.grant(req, "1")
	})
	s.open(nil)
	first := s.subscribed()
	require.Equal(t, *first.CallID(), *s.subscribed().CallID())
	anew := s.subscribed()
	require.NotEqual(t, *first.CallID(), *anew.CallID())
	require.Empty(t, tagOf(anew.To()))
	require.Equal(t, 481, s.notify(first, "active", twoNew).StatusCode, "the former dialog is over")
	require.Equal(t, 200, s.notify(anew, "active", twoNew).StatusCode)
}

func TestAServerThatCannotNowIsAskedAgain(t *testing.T) {
	for _, status := range []int{408, 480, 481, 500, 503} {
		s := newVoicemailServer(t, refusing(status))
		_, told, _, _ := s.open(nil)
		for range 3 {
			require.Empty(t, tagOf(s.subscribed().To()))
		}
		require.Empty(t, told.news, "the account has no error")
	}
}

func TestAServerThatDoesNotAnswerIsAskedAgain(t *testing.T) {
	s := newVoicemailServer(t, func(*voicemailServer, *sip.Request) *sip.Response { return nil })
	s.open(nil)
	first := s.subscribed()
	for {
		if again := s.subscribed(); *again.CallID() != *first.CallID() {
			return
		}
	}
}

func TestAnEndedSubscriptionIsMadeAnew(t *testing.T) {
	for _, state := range []string{"terminated", "terminated;reason=deactivated", "Terminated ;reason=timeout", "terminated;reason=whatever"} {
		s := newVoicemailServer(t, nil)
		_, told, _, _ := s.open(nil)
		sub := s.subscribed()
		require.Equal(t, 200, s.notify(sub, state, twoNew).StatusCode)
		require.True(t, told.toldWaiting(t).Waiting)
		anew := s.subscribed()
		require.NotEqual(t, *sub.CallID(), *anew.CallID())
	}
}

func TestAnEndedSubscriptionWaitsAsLongAsTheServerWants(t *testing.T) {
	s := newVoicemailServer(t, nil)
	s.open(nil)
	began := time.Now()
	require.Equal(t, 200, s.notify(s.subscribed(), "terminated;reason=probation;retry-after=1", "").StatusCode)
	s.subscribed()
	require.GreaterOrEqual(t, time.Since(began), time.Second)
}

// A server that ends each subscription as soon as it has granted it.
func TestSubscriptionsThatDoNotLastAreAskedForLessAndLess(t *testing.T) {
	s := newVoicemailServer(t, granting("0"))
	s.open(nil)
	var came []time.Time
	for range 6 {
		s.subscribed()
		came = append(came, time.Now())
	}
	require.Greater(t, came[5].Sub(came[4]), 8*quick.RetryMin)
}

func TestAServerThatKnowsNoMessageWaitingIsNotAskedAgain(t *testing.T) {
	for _, status := range []int{403, 404, 405, 489, 501, 603} {
		s := newVoicemailServer(t, refusing(status))
		agent, told, log, acc := s.open(nil)
		s.subscribed()
		s.unasked()
		agent.Refresh(acc.ID)
		told.await(t, acc.ID, phone.Registered)
		s.unasked()
		require.Equal(t, 1, strings.Count(log.String(), "not asked for any more"), "%s", log)
		require.NotContains(t, log.String(), "level=WARN")
		require.Empty(t, told.news, "the account has no error")
		res := s.ask(s.outside(agent.line(acc.ID).endpoint.Contact().Address, twoNew))
		require.Equal(t, 200, res.StatusCode, "it may tell all the same")
		require.True(t, told.toldWaiting(t).Waiting)

		agent.Open(acc, phone.NewSecret("open sesame"))
		s.subscribed()
	}
}

func TestAnEndForGoodIsOne(t *testing.T) {
	for _, reason := range []string{"rejected", "noresource", "invariant"} {
		s := newVoicemailServer(t, nil)
		s.open(nil)
		require.Equal(t, 200, s.notify(s.subscribed(), "terminated;reason="+reason, "").StatusCode)
		s.unasked()
	}
}

func TestRefusedCredentialsAreNotSentAgain(t *testing.T) {
	s := newVoicemailServer(t, refusing(401, sip.NewHeader("WWW-Authenticate", `Digest realm="x", nonce="n", algorithm=MD5`)))
	_, told, _, _ := s.open(nil)
	s.subscribed()
	s.subscribed()
	s.unasked()
	require.Empty(t, told.news, "the account has no error")
}

// A new connection has another address, which the one who tells must know.
func TestTheSubscriptionFollowsTheAddress(t *testing.T) {
	s := newVoicemailServer(t, nil)
	agent, told, _, acc := s.open(func(acc *phone.Account) { acc.Transport = phone.TCP })
	first := s.subscribed()
	e := agent.line(acc.ID).endpoint
	e.mu.Lock()
	conn := e.streams[e.flow].Conn
	e.mu.Unlock()
	require.NoError(t, conn.(*net.TCPConn).CloseWrite()) // the server hangs up in turn
	told.await(t, acc.ID, phone.Registering)
	told.await(t, acc.ID, phone.Registered)
	again := s.subscribed()
	require.NotEqual(t, contactOf(first), contactOf(again))
	require.Equal(t, 200, s.notify(again, "active", twoNew).StatusCode)
}

// A NAT that gives another address is seen when the account is registered the next time.
func TestTheSubscriptionFollowsTheAddressThatTheServerSees(t *testing.T) {
	s := newVoicemailServer(t, nil)
	var registers atomic.Int32
	s.registered = func(req *sip.Request) *sip.Response {
		res := answer(200, "OK", sip.NewHeader("Expires", "1"))(req)
		if registers.Add(1) > 1 {
			res.Via().Params.Add("received", "203.0.113.7")
			res.Via().Params.Add("rport", "4711")
		}
		return res
	}
	s.open(nil)
	first, again := s.subscribed(), s.subscribed()
	require.Equal(t, *first.CallID(), *again.CallID())
	require.Equal(t, "203.0.113.7:4711", contactOf(again))
	s.unasked()
}

func TestTheAccountIsRegisteredMoreOftenThanSubscribed(t *testing.T) {
	s := newVoicemailServer(t, nil)
	agent, told, _, acc := s.open(nil)
	sub := s.subscribed()
	require.Equal(t, 200, s.notify(sub, "active", "").StatusCode) // it stands
	again := func() {
		agent.Refresh(acc.ID)
		told.await(t, acc.ID, phone.Registering)
		told.await(t, acc.ID, phone.Registered)
	}
	again()
	s.unasked()
	// The machine slept, and the subscription's time has come meanwhile.
	waiting := agent.line(acc.ID).subscription
	waiting.inbox.Put(func() { waiting.due = time.Now().Add(-time.Second) })
	again()
	require.Equal(t, *sub.CallID(), *s.subscribed().CallID())
}

func TestUnsubscribingHoldsNothingUp(t *testing.T) {
	s := newVoicemailServer(t, func(s *voicemailServer, req *sip.Request) *sip.Response {
		if expiresOf(req) == "0" {
			return nil
		}
		return s.grant(req, "3600")
	})
	s.timing.Answer = time.Minute
	agent, _, _, _ := s.open(nil)
	require.Equal(t, 200, s.notify(s.subscribed(), "active", "").StatusCode) // it stands
	began := time.Now()
	require.NoError(t, agent.Close())
	require.Less(t, time.Since(began), time.Second)
	require.Equal(t, "0", expiresOf(s.subscribed()))
}
