package sipua

import (
	"log/slog"
	"testing"
	"time"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
	"github.com/stretchr/testify/require"
)

// voicemailServer is a registrar that answers SUBSCRIBE by a script, and tells what waits.
type voicemailServer struct {
	*registrar
	t *testing.T
	// subscribes are the SUBSCRIBEs that came.
	subscribes chan *sip.Request
	seq        uint32
	// registered answers REGISTER, and timing is that of the agents; both are set before open.
	registered func(*sip.Request) *sip.Response
	timing     Timing
}

// serverTag is the tag of the server in dialogs of its own making.
const serverTag = "server"

// newVoicemailServer returns one; with no script it grants what is asked for.
func newVoicemailServer(t *testing.T, script func(s *voicemailServer, req *sip.Request) *sip.Response) *voicemailServer {
	t.Helper()
	s := &voicemailServer{registrar: newRegistrar(t, "127.0.0.1:0", nil), t: t, subscribes: make(chan *sip.Request, 100), registered: accept, timing: quick}
	s.play(func(req *sip.Request) *sip.Response {
		switch {
		case req.Method != sip.SUBSCRIBE:
			return s.registered(req)
		case script == nil:
			s.subscribes <- req
			return s.grant(req, expiresOf(req))
		}
		res := script(s, req)
		s.subscribes <- req
		return res
	})
	return s
}

// granting has a subscription last so many seconds.
func granting(lasts string) func(*voicemailServer, *sip.Request) *sip.Response {
	return func(s *voicemailServer, req *sip.Request) *sip.Response { return s.grant(req, lasts) }
}

// refusing always gives the same answer.
func refusing(status int, headers ...sip.Header) func(*voicemailServer, *sip.Request) *sip.Response {
	return func(_ *voicemailServer, req *sip.Request) *sip.Response {
		return answer(status, "Because", headers...)(req)
	}
}

// grant accepts a SUBSCRIBE.
func (s *voicemailServer) grant(req *sip.Request, lasts string) *sip.Response {
	res := sip.NewResponseFromRequest(req, 200, "OK", nil)
	res.To().Params.Add("tag", serverTag)
	contact := s.Contact()
	res.AppendHeader(&contact)
	res.AppendHeader(sip.NewHeader("Expires", lasts))
	return res
}

// open opens an account at the server whose voicemail is the provider's, unless change says otherwise.
func (s *voicemailServer) open(change func(*phone.Account)) (*Agent, *inbox, *lockedBuffer, phone.Account) {
	s.t.Helper()
	told, log := newInbox(), &lockedBuffer{}
	agent := NewAgent(AgentConfig{Inbox: told, Timing: s.timing, Log: slog.New(slog.NewTextHandler(log, nil))})
	s.t.Cleanup(func() { require.NoError(s.t, agent.Close()) })
	acc := phone.Account{
		ID: "a", Address: "alice@example.test", Server: "127.0.0.1", Port: int(s.Addr().Port()), Transport: phone.UDP,
		Voicemail: phone.AccountVoicemail{Provider: true},
	}
	if change != nil {
		change(&acc)
	}
	agent.Open(acc, phone.NewSecret("open sesame"))
	told.await(s.t, acc.ID, phone.Registered)
	return agent, told, log, acc
}

// subscribed returns the next SUBSCRIBE.
func (s *voicemailServer) subscribed() *sip.Request {
	s.t.Helper()
	select {
	case req := <-s.subscribes:
		return req
	case <-time.After(patience):
		require.FailNow(s.t, "no SUBSCRIBE came")
		return nil
	}
}

// unasked tells that no SUBSCRIBE comes for a while.
func (s *voicemailServer) unasked() {
	s.t.Helper()
	select {
	case req := <-s.subscribes:
		require.Fail(s.t, "asked again", "%s", req)
	case <-time.After(5 * quick.RetryMax):
	}
}

// notify sends a NOTIFY in the dialog of sub, and returns the answer.
func (s *voicemailServer) notify(sub *sip.Request, state, body string) *sip.Response {
	s.t.Helper()
	s.seq++
	return s.ask(s.inDialog(sub, state, body, s.seq))
}

// ask sends a request and returns its answer.
func (s *voicemailServer) ask(req *sip.Request) *sip.Response {
	s.t.Helper()
	res, err := s.Do(s.t.Context(), req)
	require.NoError(s.t, err)
	return res
}

// inDialog returns a NOTIFY in the dialog of sub.
func (s *voicemailServer) inDialog(sub *sip.Request, state, body string, seq uint32) *sip.Request {
	req := s.outside(sub.Contact().Address, body)
	*req.CallID() = *sub.CallID()
	req.CSeq().SeqNo = seq
	req.To().Params.Add("tag", fromTagOf(sub.From()))
	req.From().Params = nil
	req.From().Params.Add("tag", serverTag)
	req.AppendHeader(sip.NewHeader("Subscription-State", state))
	return req
}

// outside returns a NOTIFY that nobody asked for.
func (s *voicemailServer) outside(to sip.Uri, body string) *sip.Request {
	req := s.NewRequest(sip.NOTIFY, to)
	req.AppendHeader(sip.NewHeader("Event", "message-summary"))
	req.AppendHeader(sip.NewHeader("Content-Type", "application/simple-message-summary"))
	req.SetBody([]byte(body))
	return req
}

// told returns what was told next.
func (b *inbox) toldWaiting(t *testing.T) phone.MessagesWaiting {
	t.Helper()
	select {
	case w := <-b.waiting:
		return w
	case <-time.After(patience):
		require.FailNow(t, "nothing was told")
		return phone.MessagesWaiting{}
	}
}
