package sipua

import (
	"strings"
	"testing"
	"time"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
	"github.com/stretchr/testify/require"
)

// inbox keeps what an agent tells.
type inbox struct {
	news    chan accountNews
	invited chan phone.Incoming
	texts   chan phone.IncomingText
	waiting chan phone.MessagesWaiting
}

type accountNews struct {
	id    phone.AccountID
	state phone.RegistrationState
	err   error
}

func newInbox() *inbox {
	return &inbox{
		make(chan accountNews, 100), make(chan phone.Incoming, 100), make(chan phone.IncomingText, 100),
		make(chan phone.MessagesWaiting, 100),
	}
}

func (b *inbox) AccountChanged(id phone.AccountID, state phone.RegistrationState, err error) {
	b.news <- accountNews{id, state, err}
}

func (b *inbox) Invited(in phone.Incoming) func(phone.DialogEvent) {
	b.invited <- in
	return func(phone.DialogEvent) {}
}

func (b *inbox) MessagesWaiting(_ phone.AccountID, w phone.MessagesWaiting) { b.waiting <- w }

func (b *inbox) Messaged(m phone.IncomingText) { b.texts <- m }

func (b *inbox) await(t *testing.T, id phone.AccountID, state phone.RegistrationState) accountNews {
	t.Helper()
	for {
		select {
		case n := <-b.news:
			if n.id == id && n.state == state {
				return n
			}
		case <-time.After(patience):
			require.FailNow(t, string(id)+" is not "+string(state))
		}
	}
}

// newAgentAt returns an agent and the account "a" at a server.
func newAgentAt(t *testing.T, server *registrar) (*Agent, *inbox, phone.Account) {
	t.Helper()
	told := newInbox()
	agent := NewAgent(AgentConfig{Inbox: told, Timing: quick})
	t.Cleanup(func() { require.NoError(t, agent.Close()) })
	return agent, told, phone.Account{
		ID: "a", Address: "alice@example.test", Server: "127.0.0.1", Port: int(server.Addr().Port()), Transport: phone.UDP,
	}
}

func TestAgentOpensAndClosesAccounts(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", nil)
	agent, told, first := newAgentAt(t, server)
	second := first
	second.ID, second.Address = "b", "bob@example.test"
	require.Empty(t, agent.LocalIP(first.ID))
	agent.Open(first, phone.NewSecret("x"))
	agent.Open(second, phone.NewSecret("y"))
	told.await(t, first.ID, phone.Registered)
	require.Equal(t, "127.0.0.1", agent.LocalIP(first.ID))
	agent.Refresh(first.ID)
	told.await(t, first.ID, phone.Registering)
	told.await(t, first.ID, phone.Registered)

	agent.CloseAccount(first.ID)
	told.await(t, first.ID, phone.Off)
	require.Empty(t, agent.LocalIP(first.ID))
	require.Eventually(t, func() bool { return agent.LocalIP(second.ID) != "" }, patience, time.Millisecond, "it is opened by now, or soon")
	agent.Refresh("nobody")
	agent.CloseAccount("nobody")

	require.NoError(t, agent.Close())
	told.await(t, second.ID, phone.Off)
	var last *sip.Request
	for len(server.came) > 0 {
		last = <-server.came
	}
	require.Equal(t, "0", expiresOf(last))
	agent.Open(first, phone.NewSecret("x"))
	require.Empty(t, told.news, "a closed agent does nothing")
}

func TestAgentOpensAnewAfterAChange(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", answer(403, "Forbidden"))
	agent, told, acc := newAgentAt(t, server)
	agent.Open(acc, phone.NewSecret("wrong"))
	told.await(t, acc.ID, phone.Failed)
	server.play(nil)
	agent.Open(acc, phone.NewSecret("right"))
	told.await(t, acc.ID, phone.Registered)
	require.NoError(t, agent.Close())
	told.await(t, acc.ID, phone.Off)
	require.Empty(t, told.news, "the former line says nothing of its end")
}

func TestAgentTellsOfAnAccountThatCannotBeOpened(t *testing.T) {
	agent, told, acc := newAgentAt(t, newRegistrar(t, "127.0.0.1:0", nil))
	acc.CAFile = "/nowhere"
	agent.Open(acc, phone.Secret{})
	require.Equal(t, phone.CodeCertificate, phone.CodeOf(told.await(t, acc.ID, phone.Failed).err))
}

func TestAgentClosesInTimeWhenServersAreDead(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", nil)
	agent, told, acc := newAgentAt(t, server)
	for _, id := range []phone.AccountID{"a", "b", "c"} {
		acc.ID = id
		agent.Open(acc, phone.Secret{})
		told.await(t, id, phone.Registered)
	}
	server.play(func(*sip.Request) *sip.Response { return nil })
	agent.Refresh("b")
	began := time.Now()
	require.NoError(t, agent.Close())
	require.Less(t, time.Since(began), 2500*time.Millisecond)
}

func TestAgentInvitesOnlyWhatItCan(t *testing.T) {
	agent, told, acc := newAgentAt(t, newRegistrar(t, "127.0.0.1:0", nil))
	agent.Open(acc, phone.Secret{})
	told.await(t, acc.ID, phone.Registered)
	for _, test := range []struct {
		id   phone.AccountID
		uri  string
		code phone.Code
	}{
		{"nobody", "sip:bob@example.test", phone.CodeNoAccount},
		{acc.ID, "", phone.CodeInvalid},
	} {
		var ended []phone.DialogEvent
		d := agent.Invite(test.id, phone.Target{URI: test.uri}, nil, func(ev phone.DialogEvent) { ended = append(ended, ev) })
		require.Len(t, ended, 1)
		require.Equal(t, phone.EndFailed, ended[0].(phone.DialogEnded).Cause)
		require.Equal(t, test.code, phone.CodeOf(ended[0].(phone.DialogEnded).Err))
		d.End()
	}
}

func TestAgentRefusesWhatItDoesNotDo(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", nil)
	agent, told, acc := newAgentAt(t, server)
	agent.Open(acc, phone.Secret{})
	told.await(t, acc.ID, phone.Registered)
	contact := agent.line(acc.ID).endpoint.Contact()
	peer := newRegistrar(t, "127.0.0.1:0", nil)
	res, err := peer.Do(t.Context(), peer.NewRequest(sip.SUBSCRIBE, contact.Address))
	require.NoError(t, err)
	require.Equal(t, 405, res.StatusCode)
	require.Contains(t, res.GetHeader("Allow").Value(), "INVITE")
}

func TestAgentTellsOfATextAndAnswersIt(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", nil)
	agent, told, acc := newAgentAt(t, server)
	agent.Open(acc, phone.Secret{})
	told.await(t, acc.ID, phone.Registered)
	contact := agent.line(acc.ID).endpoint.Contact()
	for _, test := range []struct {
		kind, body, text string
		answer           int
		allow            bool
	}{
		{"text/plain;charset=UTF-8", "Where is my ördér?\r\n", "Where is my ördér?\n", 603, false},
		{"text/plain", strings.Repeat("x", 1200), strings.Repeat("x", 1200), 603, false},
		{"text/plain", "a byte \xff that is no text", "a byte \uFFFD that is no text", 405, true},
		{"application/im-iscomposing+xml", "<isComposing><state>active</state></isComposing>", "", 405, true},
	} {
		peer := newRegistrar(t, "127.0.0.1:0", nil)
		req := peer.NewRequest(sip.MESSAGE, contact.Address)
		req.AppendHeader(sip.NewHeader("Content-Type", test.kind))
		req.AppendHeader(sip.NewHeader("P-Asserted-Identity", "<tel:+442079460018>"))
		req.SetBody([]byte(test.body))
		req.SetTransport("UDP")
		answered := make(chan *sip.Response, 1)
		go func() {
			res, err := peer.Do(t.Context(), req)
			if err == nil {
				answered <- res
			}
		}()
		m := <-told.texts
		require.Equal(t, acc.ID, m.Account)
		require.Equal(t, test.text, m.Text)
		require.Equal(t, phone.Claim{Source: "P-Asserted-Identity", User: "+442079460018"}, m.Caller.Claims[1])
		m.Answer(test.answer)
		res := <-answered
		require.Equal(t, test.answer, res.StatusCode)
		require.Equal(t, test.allow, res.GetHeader("Allow") != nil)
	}
}

func TestAgentForgetsTheLineThatAnotherFollows(t *testing.T) {
	first, second := newRegistrar(t, "127.0.0.1:0", nil), newRegistrar(t, "127.0.0.1:0", nil)
	agent, told, acc := newAgentAt(t, first)
	agent.Open(acc, phone.NewSecret("x"))
	told.await(t, acc.ID, phone.Registered)
	first.play(func(*sip.Request) *sip.Response { return nil }) // un-registering takes its time
	agent.CloseAccount(acc.ID)
	acc.Port = int(second.Addr().Port())
	agent.Open(acc, phone.NewSecret("x"))
	told.await(t, acc.ID, phone.Registered)
	agent.ending.Wait()
	for len(told.news) > 0 {
		require.NotEqual(t, phone.Off, (<-told.news).state)
	}
}
