package sipua

import (
	"strings"
	"testing"
	"time"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
	"github.com/stretchr/testify/require"
)

// texter is an agent whose account is registered at a server that takes texts.
type texter struct {
	*Agent
	t      *testing.T
	server *registrar
	told   *inbox
	acc    phone.Account
	came   chan *sip.Request // MESSAGEs
}

// newTexter has the server answer each MESSAGE by answers, in turn; the last one is repeated.
func newTexter(t *testing.T, answers ...func(*sip.Request) *sip.Response) *texter {
	t.Helper()
	x := &texter{t: t, came: make(chan *sip.Request, 100)}
	turn := 0
	x.server = newRegistrar(t, "127.0.0.1:0", func(req *sip.Request) *sip.Response {
		if req.Method != sip.MESSAGE {
			return accept(req)
		}
		x.came <- req
		say := answers[min(turn, len(answers)-1)]
		turn++
		return say(req)
	})
	x.Agent, x.told, x.acc = newAgentAt(t, x.server)
	x.Open(x.acc, phone.NewSecret("open sesame"))
	x.told.await(t, x.acc.ID, phone.Registered)
	return x
}

// sends sends a text and returns what came of it.
func (x *texter) sends(text phone.OutgoingText) phone.TextResult {
	x.t.Helper()
	text.Target.URI = "sip:bob@example.test"
	came := make(chan phone.TextResult, 2)
	x.Text(x.acc.ID, text, func(r phone.TextResult) { came <- r })
	select {
	case r := <-came:
		require.Empty(x.t, came, "it is told once")
		return r
	case <-time.After(patience):
		require.FailNow(x.t, "nothing came of the text")
	}
	return phone.TextResult{}
}

func TestATextAsItIsSent(t *testing.T) {
	x := newTexter(t, answer(202, "Accepted", sip.NewHeader("Accept", "text/plain, message/cpim, message/imdn+xml")))
	r := x.sends(phone.OutgoingText{CallID: "mine", CSeq: 5, MessageID: "m1", Body: "Grüße 👋", Automatic: true})
	require.Equal(t, phone.TextResult{Status: 202, Text: "Accepted", CSeq: 5, Features: phone.TextFeatures{Notes: true}, Known: true}, r)
	req := <-x.came
	require.Equal(t, "mine", string(*req.CallID()))
	require.EqualValues(t, 5, req.CSeq().SeqNo)
	require.Nil(t, req.Contact(), "RFC 3428, 4")
	require.Equal(t, "sip:bob@example.test", req.Recipient.String())
	in, ok := textOf(req)
	require.True(t, ok)
	require.Equal(t, "Grüße 👋", in.Text)
	require.Equal(t, "id:alice@example.test m1", in.Origin)
	require.True(t, in.Automatic)

	x.sends(phone.OutgoingText{MessageID: "m2", Body: "Grüße", Notes: true, Time: time.Now()})
	in, ok = textOf(<-x.came)
	require.True(t, ok)
	require.Equal(t, "Grüße", in.Text)
	require.Equal(t, "m2", in.MessageID)
	require.Equal(t, "id:alice@example.test m2", in.Origin)

	x.sends(phone.OutgoingText{Kind: phone.KindNote, MessageID: "th<ei>rs", Time: time.Now()})
	in, ok = textOf(<-x.came)
	require.True(t, ok)
	require.Equal(t, phone.KindNote, in.Kind)
	require.Equal(t, "th<ei>rs", in.MessageID)
	require.Equal(t, phone.TextDelivered, in.Note)

	x.sends(phone.OutgoingText{Kind: phone.KindComposing, Composing: true})
	in, ok = textOf(<-x.came)
	require.True(t, ok)
	require.Equal(t, phone.KindComposing, in.Kind)
	require.True(t, in.Composing)
}

func TestATextWithCredentials(t *testing.T) {
	challenge := answer(407, "Proxy Authentication Required", sip.NewHeader("Proxy-Authenticate", `Digest realm="example.test", nonce="n1", algorithm=MD5, qop="auth"`))
	x := newTexter(t, challenge, answer(200, "OK"))
	r := x.sends(phone.OutgoingText{CallID: "mine", CSeq: 1, MessageID: "m1", Body: "Hello"})
	require.Equal(t, 200, r.Status)
	require.EqualValues(t, 2, r.CSeq, "the next try goes on from here")
	require.False(t, r.Known)
	first, second := <-x.came, <-x.came
	require.Equal(t, first.CallID().Value(), second.CallID().Value())
	require.Equal(t, first.GetHeader(messageIDHeader).Value(), second.GetHeader(messageIDHeader).Value())
	require.NotNil(t, second.GetHeader("Proxy-Authorization"))
}

func TestATextThatIsNotTaken(t *testing.T) {
	x := newTexter(t, answer(503, "Service Unavailable", sip.NewHeader("Retry-After", "7")), answer(415, "Unsupported Media Type", sip.NewHeader("Accept", "text/plain")))
	r := x.sends(phone.OutgoingText{Body: "Hello"})
	require.Equal(t, 503, r.Status)
	require.Equal(t, 7*time.Second, r.After)
	r = x.sends(phone.OutgoingText{Body: "Hello"})
	require.Equal(t, 415, r.Status)
	require.True(t, r.Known)
	require.Equal(t, phone.TextFeatures{}, r.Features)
}

func TestALongTextGoesByUDPWhereThereIsNoTCP(t *testing.T) {
	x := newTexter(t, answer(200, "OK"))
	body := strings.Repeat("0123456789", 200)
	require.Equal(t, 200, x.sends(phone.OutgoingText{Body: body}).Status)
	req := <-x.came
	require.Equal(t, body, string(req.Body()))
}

func TestATextOfALineThatCloses(t *testing.T) {
	x := newTexter(t, func(*sip.Request) *sip.Response { return nil })
	came := make(chan phone.TextResult, 2)
	tell := func(r phone.TextResult) { came <- r }
	x.Text(x.acc.ID, phone.OutgoingText{Target: phone.Target{URI: "sip:bob@example.test"}, Body: "Hello"}, tell)
	<-x.came
	require.NoError(t, x.Close())
	require.Error(t, (<-came).Err, "it is told before the agent has closed")
	x.Text(x.acc.ID, phone.OutgoingText{Target: phone.Target{URI: "sip:bob@example.test"}}, tell)
	require.Equal(t, phone.CodeNoAccount, phone.CodeOf((<-came).Err))
	x.Text(x.acc.ID, phone.OutgoingText{}, tell)
	require.Error(t, (<-came).Err)
	require.Empty(t, came)
}
