package sipua

import (
	"testing"
	"time"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
	"github.com/stretchr/testify/require"
)

func TestWhatNobodyAskedForIsTaken(t *testing.T) {
	for _, provider := range []bool{false, true} {
		s := newVoicemailServer(t, nil)
		agent, told, _, acc := s.open(func(acc *phone.Account) { acc.Voicemail.Provider = provider })
		contact := agent.line(acc.ID).endpoint.Contact().Address
		req := s.outside(contact, twoNew)
		require.Equal(t, 200, s.ask(req).StatusCode)
		require.Equal(t, phone.MessagesWaiting{Waiting: true, New: 2, Old: 8}, told.toldWaiting(t))

		compact := s.outside(contact, "Messages-Waiting: no\r\n")
		compact.RemoveHeader("Event")
		compact.AppendHeader(sip.NewHeader("o", "Message-Summary;id=1"))
		compact.AppendHeader(sip.NewHeader("Subscription-State", "terminated;reason=rejected"))
		require.Equal(t, 200, s.ask(compact).StatusCode)
		require.Equal(t, phone.MessagesWaiting{}, told.toldWaiting(t))
	}
}

func TestOtherEventsAreRefused(t *testing.T) {
	s := newVoicemailServer(t, nil)
	agent, told, _, acc := s.open(nil)
	contact := agent.line(acc.ID).endpoint.Contact().Address
	for _, event := range []string{"presence", "message-summary.winfo", ""} {
		req := s.outside(contact, twoNew)
		req.RemoveHeader("Event")
		if event != "" {
			req.AppendHeader(sip.NewHeader("Event", event))
		}
		res := s.ask(req)
		require.Equal(t, 489, res.StatusCode, event)
		require.Equal(t, "message-summary", valueOf(res, "Allow-Events"))
	}
	extended := s.outside(contact, twoNew)
	extended.AppendHeader(sip.NewHeader("Require", "magic"))
	require.Equal(t, 420, s.ask(extended).StatusCode)
	require.Empty(t, told.waiting)
}

func TestNotifiesOfOtherDialogsAreRefused(t *testing.T) {
	s := newVoicemailServer(t, nil)
	_, told, _, _ := s.open(nil)
	sub := s.subscribed()
	require.Equal(t, 200, s.notify(sub, "active", "").StatusCode)
	change := func(by func(req *sip.Request)) int {
		s.seq++
		req := s.inDialog(sub, "active", twoNew, s.seq)
		by(req)
		return s.ask(req).StatusCode
	}
	require.Equal(t, 481, change(func(req *sip.Request) { *req.CallID() = "another" }))
	require.Equal(t, 481, change(func(req *sip.Request) { req.To().Params.Add("tag", "another") }))
	require.Equal(t, 481, change(func(req *sip.Request) { req.From().Params.Add("tag", "another") }), "another fork")
	require.Equal(t, 500, change(func(req *sip.Request) { req.CSeq().SeqNo = 0 }), "one that was overtaken")
	require.Empty(t, told.waiting)
	require.Equal(t, 200, change(func(*sip.Request) {}))
	require.True(t, told.toldWaiting(t).Waiting)
}

func TestStrangersTellNothing(t *testing.T) {
	s := newVoicemailServer(t, nil)
	agent, told, _, acc := s.open(nil)
	e := agent.line(acc.ID).endpoint
	stranger := newPeer(t, "127.0.0.2:0", e.Addr())
	for _, tag := range []string{"", ";tag=guess"} {
		for _, event := range []string{"message-summary", "presence"} {
			stranger.send(t, raw("NOTIFY sip:"+e.user+"@127.0.0.1 SIP/2.0", "Via: SIP/2.0/UDP 127.0.0.2:9;rport;branch=z9hG4bK"+unguessable(),
				"From: <sip:x@example.test>;tag=1", "To: <sip:alice@example.test>"+tag, "Call-ID: "+unguessable(), "CSeq: 1 NOTIFY",
				"Event: "+event, "Subscription-State: active", "Content-Length: 23")+"Messages-Waiting: yes\r\n")
		}
	}
	require.Empty(t, stranger.read(t, 100*time.Millisecond))
	require.Empty(t, told.waiting)
}

// An account that was changed is another line; the former one still un-registers, and hears things.
func TestALineThatAnotherFollowsTellsNothing(t *testing.T) {
	unanswered := func(req *sip.Request, res *sip.Response) *sip.Response {
		if expiresOf(req) == "0" {
			return nil
		}
		return res
	}
	s := newVoicemailServer(t, func(s *voicemailServer, req *sip.Request) *sip.Response { return unanswered(req, s.grant(req, "3600")) })
	s.registered = func(req *sip.Request) *sip.Response { return unanswered(req, accept(req)) }
	s.timing.Answer = time.Minute
	agent, told, _, acc := s.open(nil)
	sub := s.subscribed()
	require.Equal(t, 200, s.notify(sub, "active", twoNew).StatusCode)
	require.True(t, told.toldWaiting(t).Waiting)

	acc.Voicemail.Provider = false
	agent.Open(acc, phone.NewSecret("open sesame"))
	for range 2 { // once the second has its answer the first is done with
		require.Equal(t, 200, s.notify(sub, "active", "Messages-Waiting: no\r\n").StatusCode)
	}
	require.Empty(t, told.waiting)
}
