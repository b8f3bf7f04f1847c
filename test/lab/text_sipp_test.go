package lab

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/registrar"
	"github.com/callward/callward/test/sipp"
	"github.com/callward/callward/test/wire"
)

// TestTextAnswers has SIPp answer texts in every way.
func TestTextAnswers(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ scenario, answer, state, reason string }{
		{"texted", "200 OK", "sent", ""},
		{"texted", "202 Accepted", "sent", ""},
		{"text_auth", "", "sent", ""},
		{"texted", "404 Not Found", "failed", "Nobody has this number."},
		{"texted", "413 Request Entity Too Large", "failed", "The text is too long for the other side."},
		{"texted", "415 Unsupported Media Type", "failed", "The other side takes no such texts."},
		{"texted", "480 Temporarily Unavailable", "waiting", "The other side is not there now."},
		{"texted", "503 Service Unavailable", "waiting", "The server is not available."},
		{"texted", "603 Decline", "failed", "The other side refuses your text."},
	} {
		t.Run(tc.scenario+" "+tc.answer, func(t *testing.T) {
			t.Parallel()
			player := sipp.New(t, sipp.Options{Scenario: tc.scenario, Answer: tc.answer})
			p, _, _ := registered(t, player.Addr())
			p.Must(t, "text", "send", "bob", "Hello")
			player.Played(t, patience)
			eventually(t, patience, func() bool {
				w := texts(t, p, "bob")[0]
				return w.State == tc.state && w.Reason == tc.reason
			}, "%v", texts(t, p, "bob"))
		})
	}
	t.Run("none", func(t *testing.T) {
		t.Parallel()
		player := sipp.New(t, sipp.Options{Scenario: "text_unanswered", Hold: time.Hour})
		p, _, _ := registered(t, player.Addr())
		p.Must(t, "text", "send", "bob", "Hello")
		// RFC 3261, 17.1.2.2: after 64 times T1, 32 s.
		eventually(t, time.Minute, func() bool { return texts(t, p, "bob")[0].Reason != "" })
		require.Equal(t, []string{"waiting"}, states(t, p, "bob"))
	})
}

// lettered is a phone in Britain that SIPp can write to.
func lettered(t *testing.T) (p *callward.Program, text func(o sipp.Options)) {
	t.Helper()
	p, _, contact := registeredAs(t, silence, callward.Options{}, "--country", "GB")
	user, at := split(t, contact)
	return p, func(o sipp.Options) {
		t.Helper()
		o.Remote, o.User = at, user
		if o.Scenario == "" {
			o.Scenario = "text"
		}
		if o.Status == 0 {
			o.Status = 200
		}
		o.Identity = []string{"From: <sip:+442079460022@127.0.0.1>;tag=[pid]SIPp[call_number]"}
		sipp.New(t, o).Played(t, patience)
	}
}

// TestTextsThatAreOdd has SIPp send what a phone may not expect: nothing is lost, and nothing harms.
func TestTextsThatAreOdd(t *testing.T) {
	t.Parallel()
	p, text := lettered(t)
	const plain = "text/plain"
	want := []string{}
	for _, tc := range []struct {
		name, kind, sent, shown string
	}{
		{"plain", plain, "Hello", "Hello"},
		{"right to left", plain + "; charset=utf-8", "שלום \u202Eעולם\u202C", "שלום \u202Eעולם\u202C"},
		{"emoji with joiners", plain + ";charset=\"UTF-8\"", "👩‍👩‍👧‍👦 🏳️‍🌈", "👩‍👩‍👧‍👦 🏳️‍🌈"},
		{"Latin", plain + ";charset=ISO-8859-1", "Gr\xfc\xdfe", "Grüße"},
		{"Latin that says it is UTF-8", plain + ";charset=UTF-8", "Gr\xfc\xdfe", "Gr�e"},
		{"several lines", plain, "One\r\nTwo\r\n\r\nThree", "One\nTwo\n\nThree"},
	} {
		text(sipp.Options{Type: tc.kind, Text: tc.sent})
		want = append(want, tc.shown)
		untilTexts(t, p, "+442079460022", patience, want...)
	}
	text(sipp.Options{Scenario: "text_again", Text: "Once"})
	want = append(want, "Once")
	untilTexts(t, p, "+442079460022", patience, want...)
	text(sipp.Options{Text: strings.Repeat("é", 30_000), TCP: true})
	want = append(want, strings.Repeat("é", 30_000))
	untilTexts(t, p, "+442079460022", patience, want...)

	text(sipp.Options{Text: "a\x01b\x1b[31mc\x7fd"})
	eventually(t, patience, func() bool { return len(texts(t, p, "+442079460022")) == len(want)+1 })
	require.NotContains(t, p.Must(t, "text", "list", "+442079460022"), "\x1b", "it does not reach a terminal")
	text(sipp.Options{Type: "application/x-unheard-of", Text: "\x00\x01\x02"})
	eventually(t, patience, func() bool { return len(texts(t, p, "+442079460022")) == len(want)+2 }, "it is not dropped silently")
	last := texts(t, p, "+442079460022")[len(want)+1]
	require.Equal(t, []string{"", "application/x-unheard-of"}, []string{last.Body, last.Type})
}

// TestATextThatWantsADeliveryNote has SIPp send message/cpim with a request for a note (RFC 5438), which comes to the server.
func TestATextThatWantsADeliveryNote(t *testing.T) {
	t.Parallel()
	far, err := wire.Listen("127.0.0.1:0")
	require.NoError(t, err)
	defer far.Close()
	p, _, contact := registeredAs(t, far.Addr(), callward.Options{}, "--country", "GB")
	user, at := split(t, contact)
	sipp.New(t, sipp.Options{
		Scenario: "text", Remote: at, User: user, Status: 200, Identity: []string{"From: <sip:+442079460022@127.0.0.1>;tag=1"},
		Type: "message/cpim",
		Text: "From: <im:+442079460022@127.0.0.1>\r\nTo: <im:alice@127.0.0.1>\r\nNS: imdn <urn:ietf:params:imdn>\r\nimdn.Message-ID: 34jk324j\r\n" +
			"DateTime: 2026-04-04T12:16:49Z\r\nimdn.Disposition-Notification: positive-delivery, negative-delivery\r\n\r\n" +
			"Content-Type: text/plain; charset=utf-8\r\n\r\nשלום from CPIM",
	}).Played(t, patience)
	untilTexts(t, p, "+442079460022", patience, "שלום from CPIM")
	note, err := far.Receive(patience, wire.Request("MESSAGE"))
	require.NoError(t, err)
	require.Contains(t, note.Start, "+442079460022@")
	require.Equal(t, "message/cpim", strings.ToLower(note.Get("Content-Type")))
	for _, part := range []string{"message/imdn+xml", "<message-id>34jk324j</message-id>", "<delivered"} {
		require.Contains(t, note.Body, part)
	}
	require.NoError(t, far.Send(note.From, wire.Reply(note.Message, 200, "OK", "far", "")))
	require.Empty(t, states(t, p, "+442079460022"), "a note is no text")
}

// TestATextOf64KB has one of the greatest length come by TCP, and one that is longer.
func TestATextOf64KB(t *testing.T) {
	t.Parallel()
	p, _, contact := registeredAs(t, silence, callward.Options{}, "--country", "GB")
	_, at := split(t, contact)
	conn, err := net.Dial("tcp", at.String())
	require.NoError(t, err)
	defer conn.Close()
	local, answers := conn.LocalAddr().(*net.TCPAddr).AddrPort(), bufio.NewReader(conn)
	send := func(text string) (status int) {
		call := wire.NewCall(local, "+442079460022", contact)
		m := call.Request("MESSAGE", "", "Content-Type: text/plain;charset=UTF-8")
		m.Body = text
		_, err := io.WriteString(conn, strings.Replace(m.String(), "SIP/2.0/UDP", "SIP/2.0/TCP", 1))
		require.NoError(t, err)
		require.NoError(t, conn.SetReadDeadline(time.Now().Add(patience)))
		line := ""
		for line = "\r\n"; line == "\r\n"; { // keepalives
			line, err = answers.ReadString('\n')
			require.NoError(t, err)
		}
		for header := line; header != "\r\n"; {
			header, err = answers.ReadString('\n')
			require.NoError(t, err)
		}
		return wire.Parse([]byte(line)).Status()
	}
	whole := strings.Repeat("0123456789abcdef", 64<<10/16)
	require.Equal(t, 200, send(whole))
	untilTexts(t, p, "+442079460022", patience, whole)
	require.Equal(t, 413, send(whole+"x"))
	require.Len(t, texts(t, p, "+442079460022"), 1)
}

// TestALongTextGoesByTCP: a text that is too long for a datagram goes to the server over TCP, and by UDP to one that takes none.
func TestALongTextGoesByUDPWhereTCPIsRefused(t *testing.T) {
	t.Parallel()
	far, err := wire.Listen("127.0.0.1:0")
	require.NoError(t, err)
	defer far.Close()
	p, _, _ := registered(t, far.Addr()) // by a registrar of UDP alone
	long := lines(300)
	p.Must(t, "text", "send", "bob", long)
	m, err := far.Receive(patience, wire.Request("MESSAGE"))
	require.NoError(t, err)
	require.Equal(t, long, strings.ReplaceAll(m.Body, "\r\n", "\n"))
	require.NoError(t, far.Send(m.From, wire.Reply(m.Message, 200, "OK", "far", "")))
	untilStates(t, p, "bob", patience, "sent")
}

// TestATextIsTriedAgainUnderItsName has a server that is busy at first: the text comes again with its Call-ID and the next CSeq.
func TestATextIsTriedAgainUnderItsName(t *testing.T) {
	t.Parallel()
	far, err := wire.Listen("127.0.0.1:0")
	require.NoError(t, err)
	defer far.Close()
	server := registrar.New(t, registrar.Options{Behind: far.Addr()})
	p := silentPhone(t)
	p.AddAccount(t, "registered", address("alice"), "secret", "--server", server.Addr().String())
	p.Must(t, "text", "send", "bob", "Hello")
	var first wire.Message
	for n, status := range []int{503, 480, 200} {
		m, err := far.Receive(2*patience, func(m wire.Message) bool {
			return m.Method() == "MESSAGE" && (n == 0 || m.Get("CSeq") != first.Get("CSeq"))
		})
		require.NoError(t, err)
		if n > 0 {
			require.Equal(t, first.Get("Call-ID"), m.Get("Call-ID"))
			require.Greater(t, cseq(t, m.Message), cseq(t, first))
		}
		first = m.Message
		require.NoError(t, far.Send(m.From, wire.Reply(m.Message, status, "Answer", "far", "")))
	}
	untilStates(t, p, "bob", patience, "sent")
}

// TestATextWithASlowAnswer is not sent anew while its answer is on the way: who cannot tell would show it twice.
func TestATextWithASlowAnswer(t *testing.T) {
	t.Parallel()
	p, far := server(t)
	p.Must(t, "text", "send", "bob", "Hello")
	first, err := far.Receive(patience, wire.Request("MESSAGE"))
	require.NoError(t, err)
	_, err = far.Receive(17*time.Second, func(m wire.Message) bool { return m.Method() == "MESSAGE" && m.Get("CSeq") != first.Get("CSeq") })
	require.ErrorIs(t, err, wire.ErrSilence)
	require.NoError(t, far.Send(first.From, wire.Reply(first.Message, 202, "Accepted", "far", "")))
	untilStates(t, p, "bob", patience, "sent")
}

func cseq(t *testing.T, m wire.Message) (n int) {
	t.Helper()
	_, err := fmt.Sscanf(m.Get("CSeq"), "%d MESSAGE", &n)
	require.NoError(t, err)
	return n
}
