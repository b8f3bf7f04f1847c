package sipua

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// sender is a peer that sends MESSAGEs by hand, at the address of the account's server or another.
type sender struct {
	*script
	to *writer
}

func newSender(t *testing.T, to *writer, addr string) *sender {
	t.Helper()
	e := to.line(to.acc.ID).endpoint
	return &sender{&script{newPeer(t, addr, e.Addr()), t}, to}
}

// message returns a MESSAGE with a body and more header lines; toTag may be "".
func (s *sender) message(callID string, seq int, toTag, body string, more ...string) string {
	e := s.to.line(s.to.acc.ID).endpoint
	to := "<sip:" + s.to.acc.Address + ">"
	if toTag != "" {
		to += ";tag=" + toTag
	}
	lines := append([]string{
		"MESSAGE sip:" + e.user + "@" + e.Addr().String() + " SIP/2.0",
		fmt.Sprintf("Via: SIP/2.0/UDP %s;branch=z9hG4bK%s", s.LocalAddr(), unguessable()),
		"Max-Forwards: 70", "From: <sip:bob@example.test>;tag=theirs", "To: " + to,
		"Call-ID: " + callID, fmt.Sprintf("CSeq: %d MESSAGE", seq),
	}, more...)
	return raw(append(lines, "Content-Length: "+strconv.Itoa(len(body)))...) + body
}

func TestATextThatComesAgainIsToldOnce(t *testing.T) {
	alice := newWriter(t, newRegistrar(t, "127.0.0.1:0", nil), "alice", nil)
	s := newSender(t, alice, "127.0.0.1:0")
	packet := s.message("call-1", 4, "", "hello", "Content-Type: text/plain")
	s.send(t, packet)
	in := alice.next()
	require.Equal(t, "call:call-1 4 theirs", in.Origin)
	s.send(t, packet)
	s.silence(600 * time.Millisecond) // a slow disk; RFC 4320, 4.1: nothing provisional
	in.Answer(200)
	ok := s.expect("SIP/2.0 200 OK")
	require.Equal(t, textTypes, ok.field("Accept"))
	require.Contains(t, ok.field("Allow"), "MESSAGE")
	require.Empty(t, ok.field("Contact"), "RFC 3428, 6")
	s.send(t, packet)
	require.Equal(t, ok, s.expect("SIP/2.0 200 OK"))
	require.Empty(t, alice.texts)

	s.send(t, s.message("call-1", 5, "", "hello", "Content-Type: text/plain"))
	require.Equal(t, "call:call-1 5 theirs", alice.next().Origin)
}

func TestTextsAreAnsweredAsTold(t *testing.T) {
	alice := newWriter(t, newRegistrar(t, "127.0.0.1:0", nil), "alice", nil)
	s := newSender(t, alice, "127.0.0.1:0")
	for status, line := range map[int]string{202: "202 Accepted", 480: "480 Temporarily Unavailable", 603: "603 Decline", 405: "405 Method Not Allowed"} {
		s.send(t, s.message(unguessable(), 1, "", "hello"))
		alice.next().Answer(status)
		require.NotEmpty(t, s.expect("SIP/2.0 "+line).tag("To"))
	}
}

func TestTextsThatNobodyHearsOf(t *testing.T) {
	alice := newWriter(t, newRegistrar(t, "127.0.0.1:0", nil), "alice", nil)
	s := newSender(t, alice, "127.0.0.1:0")
	for name, tc := range map[string]struct {
		body   string
		more   []string
		status string
		says   []string
	}{
		"packed":             {"\x1f\x8b", []string{"Content-Encoding: gzip"}, "415", []string{"Accept: " + textTypes, "Accept-Encoding: identity"}},
		"with what is asked": {"hello", []string{"Require: recipient-list-message"}, "420", []string{"Unsupported: recipient-list-message"}},
		"a note of nothing":  {"<imdn", []string{"Content-Type: message/imdn+xml"}, "200", nil},
		"a note of progress": {
			"<imdn><message-id>1</message-id><processing-notification><status><processed/></status></processing-notification></imdn>",
			[]string{"Content-Type: message/imdn+xml"},
			"200", nil,
		},
		"typing, malformed": {"<isComposing>", []string{"Content-Type: application/im-iscomposing+xml"}, "200", nil},
	} {
		t.Run(name, func(t *testing.T) {
			s.send(t, s.message(unguessable(), 1, "", tc.body, tc.more...))
			res := s.expect("SIP/2.0 " + tc.status)
			for _, says := range tc.says {
				require.Contains(t, string(res), "\r\n"+says+"\r\n")
			}
			require.Empty(t, alice.texts)
		})
	}
}

func TestOptionsSayThatTextsAreTaken(t *testing.T) {
	alice := newWriter(t, newRegistrar(t, "127.0.0.1:0", nil), "alice", nil)
	s := newSender(t, alice, "127.0.0.1:0")
	s.send(t, options(alice.line(alice.acc.ID).endpoint.user, "<sip:alice@example.test>"))
	res := s.expect("SIP/2.0 200")
	require.Contains(t, res.field("Allow"), "MESSAGE")
	require.Equal(t, acceptedType+", "+textTypes, res.field("Accept"))
}

func TestTextsInsideOfADialog(t *testing.T) {
	alice := newWriter(t, newRegistrar(t, "127.0.0.1:0", nil), "alice", nil)
	server, stranger := newSender(t, alice, "127.0.0.1:0"), newSender(t, alice, "127.0.0.2:0")
	stranger.send(t, stranger.message("call-1", 1, "", "hello"))
	stranger.send(t, stranger.message("call-1", 1, "guessed", "hello"))
	for _, method := range []string{"REGISTER", "SUBSCRIBE", "REFER", "PUBLISH"} {
		stranger.send(t, strings.ReplaceAll(stranger.message("call-1", 1, "guessed", "hello"), "MESSAGE", method))
	}
	stranger.silence(50 * time.Millisecond)
	require.Empty(t, alice.texts, "a stranger has nobody to write to")

	server.send(t, server.message("call-1", 1, "former", "of a call before the program began anew"))
	alice.next().Answer(200)
	server.expect("SIP/2.0 200")

	e := alice.line(alice.acc.ID).endpoint
	d := &dialing{script: server.script, callID: "call-2", tag: "theirs", target: "sip:" + e.user + "@" + e.Addr().String(), seq: 1}
	d.invite("v=offer")
	d.expect("SIP/2.0 100")
	call := <-alice.invited
	call.Dialog.Accept([]byte("v=answer"))
	ok := d.expect("SIP/2.0 200")
	d.toTag = ok.tag("To")
	d.ack(ok)
	stranger.send(t, stranger.message("call-2", 2, d.toTag, "from where the call comes from"))
	in := alice.next()
	require.Equal(t, "from where the call comes from", in.Text)
	in.Answer(200)
	stranger.expect("SIP/2.0 200")
	server.send(t, server.message("call-2", 1, d.toTag, "out of order"))
	server.expect("SIP/2.0 500")
	require.Empty(t, alice.texts)
	call.Dialog.End()
	server.answer(server.expectAfter("BYE "), "200 OK", "")
}

func TestAFloodOfTexts(t *testing.T) {
	alice := newWriter(t, newRegistrar(t, "127.0.0.1:0", nil), "alice", nil)
	alice.line(alice.acc.ID).endpoint.fromServers.limit(0.001, 3)
	s := newSender(t, alice, "127.0.0.1:0")
	for range 3 {
		s.send(t, s.message(unguessable(), 1, "", "hello"))
		alice.next().Answer(200)
		s.expect("SIP/2.0 200")
	}
	s.send(t, s.message(unguessable(), 1, "", "hello"))
	s.silence(50 * time.Millisecond)
	require.Empty(t, alice.texts)
	alice.line(alice.acc.ID).endpoint.fromServers.limit(600, 1200)
}

func TestATextForAnAccountThatCloses(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", nil)
	alice := newWriter(t, server, "alice", nil)
	s := newSender(t, alice, "127.0.0.1:0")
	s.send(t, s.message(unguessable(), 1, "", "before"))
	in := alice.next()
	closing := alice.line(alice.acc.ID)
	closing.dialogs.Close(t.Context())
	s.send(t, s.message(unguessable(), 1, "", "after"))
	s.expect("SIP/2.0 480")
	in.Answer(200) // too late: it does nothing
	require.NoError(t, alice.Close())
	require.Empty(t, alice.texts)
}
