package sipua

import (
	"strings"
	"testing"
	"time"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
	"github.com/stretchr/testify/require"
)

var written = time.Date(2026, 11, 26, 12, 0, 0, 0, time.FixedZone("", 3600))

func TestATextIsAMessage(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", nil)
	alice := newWriter(t, server, "alice", nil)
	text := phone.OutgoingText{CallID: "call-1", CSeq: 7, MessageID: "text-1", Body: said, Time: written}
	for _, automatic := range []bool{false, true} {
		text.Automatic = automatic
		require.NoError(t, result(t, alice.send("bob", text)).Err)
		req := server.message(t)
		require.Equal(t, "sip:bob@example.test", req.Recipient.String())
		require.Equal(t, "sip:bob@example.test", req.To().Address.String())
		require.Equal(t, "sip:alice@example.test", req.From().Address.String())
		require.Equal(t, "call-1", req.CallID().Value())
		require.EqualValues(t, 7, req.CSeq().SeqNo)
		require.Nil(t, req.Contact(), "RFC 3428, 4")
		require.Equal(t, "text-1", valueOf(req, "X-Message-ID"))
		require.Equal(t, "text/plain; charset=UTF-8", valueOf(req, "Content-Type"))
		require.Equal(t, said, string(req.Body()))
		require.Equal(t, automatic, valueOf(req, "Auto-Submitted") == "auto-generated")
	}
	text.CallID = ""
	alice.send("bob", text)
	first := server.message(t).CallID().Value()
	alice.send("bob", text)
	require.NotEqual(t, first, server.message(t).CallID().Value())
}

func TestATextThatAsksForANote(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", nil)
	alice := newWriter(t, server, "alice", nil)
	alice.send("bob", phone.OutgoingText{MessageID: "text-1", Body: "Grüße", Time: written, Notes: true})
	req := server.message(t)
	require.Equal(t, "message/cpim", valueOf(req, "Content-Type"))
	require.Equal(t, strings.Join([]string{
		"From: <sip:alice@example.test>", "To: <sip:bob@example.test>", "DateTime: 2026-11-26T11:00:00Z",
		"NS: imdn <urn:ietf:params:imdn>", "imdn.Message-ID: text-1",
		"imdn.Disposition-Notification: positive-delivery, negative-delivery", "",
		"Content-Type: text/plain; charset=UTF-8", "Content-Length: 7", "", "Grüße",
	}, "\r\n"), string(req.Body()))
}

func TestANoteIsOne(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", nil)
	bob := newWriter(t, server, "bob", nil)
	bob.send("alice", phone.OutgoingText{Kind: phone.KindNote, MessageID: "text-1", Time: written})
	req := server.message(t)
	require.Empty(t, valueOf(req, "X-Message-ID"), "it is no text")
	body := string(req.Body())
	for _, want := range []string{
		"\r\nNS: imdn <urn:ietf:params:imdn>\r\nimdn.Message-ID: ", "\r\n\r\nContent-Type: message/imdn+xml\r\nContent-Disposition: notification\r\n",
		`<imdn xmlns="urn:ietf:params:xml:ns:imdn"><message-id>text-1</message-id><datetime>2026-11-26T11:00:00Z</datetime>`,
		"<recipient-uri>sip:bob@example.test</recipient-uri><delivery-notification><status><delivered/></status></delivery-notification></imdn>",
	} {
		require.Contains(t, body, want)
	}
	require.NotContains(t, body, "Disposition-Notification", "a note asks for none (RFC 5438, 7.1)")
}

func TestWhatBecomesOfAText(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", nil)
	alice := newWriter(t, server, "alice", nil)
	accepts := func(types string) sip.Header { return sip.NewHeader("Accept", types) }
	for name, tc := range map[string]struct {
		answer func(*sip.Request) *sip.Response
		want   phone.TextResult
	}{
		"taken":      {answer(200, "OK"), phone.TextResult{Status: 200, Text: "OK"}},
		"kept":       {answer(202, "Accepted"), phone.TextResult{Status: 202, Text: "Accepted"}},
		"plain only": {answer(200, "OK", accepts("text/plain")), phone.TextResult{Status: 200, Text: "OK", Known: true}},
		"all that there is": {
			answer(200, "OK", accepts("text/plain;q=0.5, Message/CPIM; q=1"), accepts("message/imdn+xml,application/im-iscomposing+xml")),
			phone.TextResult{Status: 200, Text: "OK", Known: true, Features: phone.TextFeatures{Notes: true, Composing: true}},
		},
		"notes need both types": {answer(200, "OK", accepts("message/cpim")), phone.TextResult{Status: 200, Text: "OK", Known: true}},
		"not in this form": {
			answer(415, "Unsupported Media Type", accepts("application/im-iscomposing+xml")),
			phone.TextResult{Status: 415, Text: "Unsupported Media Type", Known: true, Features: phone.TextFeatures{Composing: true}},
		},
		"a proxy's own": {answer(404, "Nobody", accepts("application/sdp")), phone.TextResult{Status: 404, Text: "Nobody"}},
		"later":         {answer(480, "Asleep", sip.NewHeader("Retry-After", "30 (in a meeting)")), phone.TextResult{Status: 480, Text: "Asleep", After: 30 * time.Second}},
		"too long":      {answer(413, "Too Large"), phone.TextResult{Status: 413, Text: "Too Large"}},
		"never":         {answer(603, "Decline"), phone.TextResult{Status: 603, Text: "Decline"}},
		"elsewhere":     {answer(302, "Moved", sip.NewHeader("Contact", "<sip:carol@127.0.0.1>")), phone.TextResult{Status: 302, Text: "Moved"}},
	} {
		t.Run(name, func(t *testing.T) {
			server.play(tc.answer)
			tc.want.CSeq = 5
			require.Equal(t, tc.want, result(t, alice.send("bob", phone.OutgoingText{CallID: unguessable(), CSeq: 5, Body: "hello"})))
			server.message(t)
			require.Empty(t, server.came, "it is sent once")
		})
	}
	server.play(nil)
}

func TestATextIsSentWithCredentials(t *testing.T) {
	for status, names := range map[int][2]string{401: {"WWW-Authenticate", "Authorization"}, 407: {"Proxy-Authenticate", "Proxy-Authorization"}} {
		server := newRegistrar(t, "127.0.0.1:0", nil)
		alice := newWriter(t, server, "alice", nil)
		server.play(asking(status, names[0], names[1], "n", `Digest realm="r", nonce="n", qop="auth"`))
		text := phone.OutgoingText{CallID: "call-1", CSeq: 3, MessageID: "text-1", Body: "hello"}
		r := result(t, alice.send("bob", text))
		require.Equal(t, 200, r.Status)
		require.EqualValues(t, 4, r.CSeq, "that of the request which was answered")
		first, second := server.message(t), server.message(t)
		require.EqualValues(t, 3, first.CSeq().SeqNo)
		require.EqualValues(t, 4, second.CSeq().SeqNo)
		require.Equal(t, first.CallID().Value(), second.CallID().Value())
		require.Equal(t, "text-1", valueOf(second, "X-Message-ID"))

		server.play(answer(status, "Who?", sip.NewHeader(names[0], `Digest realm="r", nonce="m"`)))
		r = result(t, alice.send("bob", text))
		require.Equal(t, phone.CodeAuth, phone.CodeOf(r.Err))
		last := server.message(t)
		for len(server.came) > 0 {
			last = server.message(t)
		}
		require.Equal(t, last.CSeq().SeqNo, r.CSeq)
		server.play(nil)
	}
}

func TestATextThatHasNoAnswer(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", nil)
	alice := newWriter(t, server, "alice", nil)
	server.play(func(*sip.Request) *sip.Response { return nil })
	r := result(t, alice.send("bob", phone.OutgoingText{CallID: "call-1", CSeq: 9, Body: "hello"}))
	require.Equal(t, phone.CodeNoAnswer, phone.CodeOf(r.Err))
	require.Zero(t, r.Status)
	require.EqualValues(t, 9, r.CSeq)
	server.message(t)
	server.play(nil)
}

func TestATextWhoseAccountIsClosed(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", nil)
	alice := &writer{t: t}
	_, alice.inbox, alice.acc = newAgentAt(t, server)
	timing := quick
	timing.Text = 10 * patience // closing does not wait for an answer
	alice.Agent = NewAgent(AgentConfig{Inbox: alice.inbox, Timing: timing})
	t.Cleanup(func() { require.NoError(t, alice.Close()) })
	alice.Open(alice.acc, phone.Secret{})
	alice.inbox.await(t, alice.acc.ID, phone.Registered)
	server.play(func(req *sip.Request) *sip.Response {
		if req.Method == sip.MESSAGE {
			return nil
		}
		return accept(req)
	})
	waits := alice.send("bob", phone.OutgoingText{Body: "hello"})
	server.message(t)
	alice.CloseAccount(alice.acc.ID)
	require.Error(t, result(t, waits).Err)
	alice.inbox.await(t, alice.acc.ID, phone.Off)
	require.Empty(t, waits, "it is told once")

	require.Equal(t, phone.CodeNoAccount, phone.CodeOf(result(t, alice.send("bob", phone.OutgoingText{})).Err))
	results := make(chan phone.TextResult, 1)
	alice.Open(alice.acc, phone.NewSecret("x"))
	alice.Text(alice.acc.ID, phone.OutgoingText{Target: phone.Target{URI: "no address"}}, func(r phone.TextResult) { results <- r })
	require.Equal(t, phone.CodeInvalid, phone.CodeOf(result(t, results).Err))
}
