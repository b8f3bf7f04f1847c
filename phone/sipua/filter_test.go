package sipua

import (
	"bytes"
	"log/slog"
	"net"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
	"github.com/stretchr/testify/require"
)

// peer is a UDP socket that speaks raw SIP.
type peer struct {
	*net.UDPConn
	to netip.AddrPort
}

func newPeer(t *testing.T, local string, to netip.AddrPort) *peer {
	t.Helper()
	conn, err := net.ListenUDP("udp", net.UDPAddrFromAddrPort(netip.MustParseAddrPort(local)))
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close() })
	return &peer{conn, to}
}

func (p *peer) send(t *testing.T, message string) {
	t.Helper()
	_, err := p.WriteToUDPAddrPort([]byte(message), p.to)
	require.NoError(t, err)
}

// read returns the next message, or "" when none comes within a while.
func (p *peer) read(t *testing.T, within time.Duration) string {
	t.Helper()
	require.NoError(t, p.SetReadDeadline(time.Now().Add(within)))
	buffer := make([]byte, 65535)
	n, err := p.Read(buffer)
	if err != nil {
		return ""
	}
	return string(buffer[:n])
}

// raw returns a request as text: its lines joined, with what they need replaced.
func raw(lines ...string) string { return strings.Join(lines, "\r\n") + "\r\n\r\n" }

func options(user, to string) string {
	return raw("OPTIONS sip:"+user+"@127.0.0.1 SIP/2.0", "Via: SIP/2.0/UDP 127.0.0.1:9;rport;branch=z9hG4bK"+unguessable(),
		"From: <sip:x@example.test>;tag=1", "To: "+to, "Call-ID: "+unguessable(), "CSeq: 1 OPTIONS", "Content-Length: 0")
}

// listening is a registered endpoint, what requests it handed on, and its log.
type listening struct {
	*testLine
	came chan *sip.Request
	log  *lockedBuffer
}

type lockedBuffer struct {
	sync.Mutex
	bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.Lock()
	defer b.Unlock()
	return b.Buffer.Write(p)
}

func (b *lockedBuffer) String() string {
	b.Lock()
	defer b.Unlock()
	return b.Buffer.String()
}

func (b *lockedBuffer) lines() int { return strings.Count(b.String(), "\n") }

func newListening(t *testing.T, server *registrar) *listening {
	t.Helper()
	l := &listening{came: make(chan *sip.Request, 100), log: &lockedBuffer{}}
	l.testLine = newTestLine(t, server.Addr(), func(cfg *EndpointConfig) {
		cfg.Log = slog.New(slog.NewTextHandler(l.log, &slog.HandlerOptions{Level: slog.LevelWarn}))
		cfg.Timing = Timing{}
	})
	l.e.OnRequest(func(req *sip.Request, tx sip.ServerTransaction) {
		l.came <- req
		if !req.IsAck() {
			_ = tx.Respond(sip.NewResponseFromRequest(req, 200, "OK", nil))
		}
	})
	l.await(t, phone.Registered)
	return l
}

func (l *listening) next(t *testing.T) *sip.Request {
	t.Helper()
	select {
	case req := <-l.came:
		return req
	case <-time.After(patience):
		require.FailNow(t, "no request came")
		return nil
	}
}

func TestRequestsFromElsewhereAreDropped(t *testing.T) {
	line := newListening(t, newRegistrar(t, "127.0.0.1:0", nil))
	stranger := newPeer(t, "127.0.0.2:0", line.e.Addr())
	stranger.send(t, options(line.e.user, "<sip:alice@example.test>"))
	stranger.send(t, "OPTIONS what is this\r\n\r\n")
	server := newPeer(t, "127.0.0.1:0", line.e.Addr()) // any port of the server's address
	server.send(t, options(line.e.user, "<sip:alice@example.test>"))
	require.Contains(t, server.read(t, patience), "SIP/2.0 200 ")
	require.Contains(t, line.next(t).Source(), "127.0.0.1:")
	require.Empty(t, line.came)
	require.Empty(t, stranger.read(t, 50*time.Millisecond))

	stranger.send(t, options(line.e.user, "<sip:alice@example.test>;tag=known"))
	require.Contains(t, line.next(t).Source(), "127.0.0.2:", "inside of a dialog it may come from anywhere")
	require.Contains(t, stranger.read(t, patience), "SIP/2.0 200 ")
	stranger.send(t, strings.Replace(options(line.e.user, "<sip:alice@example.test>;tag=known"), "CSeq: 1 ", "CSeq: 1 NO", 1))
	require.Empty(t, stranger.read(t, 50*time.Millisecond), "what is malformed has no answer")
}

// TestAGuessedDialogHasNoAnswer has strangers who put a tag into To.
func TestAGuessedDialogHasNoAnswer(t *testing.T) {
	registrar := newRegistrar(t, "127.0.0.1:0", nil)
	line := newListening(t, registrar)
	ds := NewDialogs(line.e, nil)
	t.Cleanup(func() { ds.Close(t.Context()) })
	line.e.OnRequest(ds.Handle)
	guess := func(method string) string {
		return strings.ReplaceAll(options(line.e.user, "<sip:alice@example.test>;tag=guess"), "OPTIONS", method)
	}
	stranger := newPeer(t, "127.0.0.2:0", line.e.Addr())
	server := newPeer(t, "127.0.0.1:0", line.e.Addr())
	for _, method := range []string{"INVITE", "BYE", "OPTIONS", "CANCEL"} {
		stranger.send(t, guess(method))
		server.send(t, guess(method))
		require.Contains(t, server.read(t, patience), " 481 ", method)
	}
	require.Empty(t, stranger.read(t, 300*time.Millisecond)) // the library answers an INVITE with 100 after 200 ms
}

func TestRequestsForOthersAreNotFound(t *testing.T) {
	line := newListening(t, newRegistrar(t, "127.0.0.1:0", nil))
	server := newPeer(t, "127.0.0.1:0", line.e.Addr())
	for user, status := range map[string]string{"100": "404", "alice": "200", "%61lice": "200", line.e.user: "200", "admin": "404"} {
		server.send(t, options(user, "<sip:x@example.test>"))
		require.Contains(t, server.read(t, patience), "SIP/2.0 "+status, user)
	}
}

func TestContactUserCannotBeGuessed(t *testing.T) {
	users := map[string]bool{}
	for range 100 {
		users[unguessable()] = true
	}
	require.Len(t, users, 100)
	require.GreaterOrEqual(t, len(unguessable()), 26, "130 bits at 5 a letter")
}

// What RFC 4475 is about: messages that are odd and good, and ones that are bad.
// A bad request gets a 4xx or 5xx or nothing, and one line in the log.
func TestMalformed(t *testing.T) {
	line := newListening(t, newRegistrar(t, "127.0.0.1:0", nil))
	server := newPeer(t, "127.0.0.1:0", line.e.Addr())
	via := "Via: SIP/2.0/UDP 127.0.0.1:9;rport;branch=z9hG4bK"
	rest := []string{"From: <sip:x@example.test>;tag=1", "To: <sip:alice@example.test>", "Call-ID: c", "CSeq: 1 OPTIONS", "Content-Length: 0"}
	start := "OPTIONS sip:alice@127.0.0.1 SIP/2.0"
	build := func(branch string, lines ...string) string {
		return raw(append([]string{start, via + branch}, lines...)...)
	}
	without := func(name string) []string {
		var kept []string
		for _, l := range rest {
			if !strings.HasPrefix(l, name) {
				kept = append(kept, l)
			}
		}
		return kept
	}
	for name, test := range map[string]struct{ message, want string }{
		"good": {build("a", rest...), "200"},
		"compact, folded, odd spaces": {raw(start, "v:  SIP/2.0/UDP 127.0.0.1:9 ;rport;branch=z9hG4bKb", "f:\r\n  \"J \\\"x\\\" R\" <sip:x@example.test>\r\n ;tag=1",
			"T: <sip:alice@example.test>", "i: c", "CSeq:\r\n   7   OPTIONS", "X-Unknown:;;,,;;", "l:0"), "200"},
		"unreadable Contact":   {build("c", append(rest, "Contact: <<<>")...), "200"},
		"trailing bytes":       {build("d", rest...) + "what is after the body", "200"},
		"binary body":          {build("e", append(without("Content-Length"), "Content-Length: 4", "Content-Type: x/y")...) + "\x00\x01\xff\xfe", "200"},
		"no From":              {build("f", without("From")...), "400"},
		"no To":                {build("g", without("To")...), "400"},
		"no Call-ID":           {build("h", without("Call-ID")...), "400"},
		"no CSeq":              {build("i", without("CSeq")...), "400"},
		"another method":       {build("j", append(without("CSeq"), "CSeq: 1 INVITE")...), "400"},
		"CSeq too large":       {build("k", append(without("CSeq"), "CSeq: 36893488147419103232 OPTIONS")...), "400"},
		"no tag":               {build("l", append(without("From"), "From: <sip:x@example.test>")...), "400"},
		"no Via":               {raw(append([]string{start}, rest...)...), ""},
		"short body":           {build("m", append(without("Content-Length"), "Content-Length: 500")...) + "short", "400"},
		"negative length":      {build("n", append(without("Content-Length"), "Content-Length: -1")...), "400"},
		"huge length":          {build("o", append(without("Content-Length"), "Content-Length: 99999999999999999999")...), "400"},
		"another version":      {strings.Replace(build("p", rest...), "SIP/2.0\r", "SIP/7.0\r", 1), "505"},
		"another scheme":       {strings.Replace(build("q", rest...), "sip:alice@127.0.0.1", "nobodyKnowsThisScheme:totally", 1), "416"},
		"spaces in the target": {strings.Replace(build("r", rest...), "sip:alice@127.0.0.1", "sip:alice@127.0.0.1; lr", 1), "400"},
		"no colon":             {build("s", append(rest, "What is this")...), "400"},
		"broken Via":           {raw(append([]string{start, "Via: SIP"}, rest...)...), "400"},
		"an ACK":               {strings.ReplaceAll(build("t", without("CSeq")...), "OPTIONS", "ACK"), ""},
		"a response":           {raw("SIP/2.0 200 OK", via+"u", "CSeq: nonsense"), ""},
		"no message":           {"GET / HTTP/1.0\r\n\r\n", ""},
		"nothing at all":       {"\x00\x00\x00\x00", ""},
		"only a line":          {start, ""},
		"a very long name":     {build("v", append(rest, strings.Repeat("X", 60000)+": 1")...), "200"},
	} {
		t.Run(name, func(t *testing.T) {
			before := line.log.lines()
			server.send(t, test.message)
			if test.want != "" {
				got := server.read(t, patience)
				require.Contains(t, got, "SIP/2.0 "+test.want+" ")
				require.Contains(t, got, "received=127.0.0.1")
				if test.want != "200" {
					require.Equal(t, before+1, line.log.lines(), "one log line")
				}
			}
			server.send(t, options("alice", "<sip:alice@example.test>")) // it goes on
			require.Contains(t, server.read(t, patience), "SIP/2.0 200 ")
		})
	}
	require.NotContains(t, line.log.String(), "what is after the body")
}

func FuzzDatagram(f *testing.F) {
	f.Add([]byte(options("alice", "<sip:alice@example.test>")))
	f.Add([]byte("INVITE sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP x;branch=1\r\nTo: <sip:b>;tag=\"\r\n\r\n"))
	f.Add([]byte("SIP/2.0 200\r\nContact: *\r\n\r\n"))
	e, err := NewEndpoint(EndpointConfig{Account: phone.Account{Address: "alice@example.test"}})
	require.NoError(f, err)
	from := netip.MustParseAddrPort("192.0.2.1:5060")
	e.trust([]hop{{addr: from}})
	f.Cleanup(func() { e.Close() })
	f.Fuzz(func(t *testing.T, message []byte) {
		e.admit(packet{message, "UDP", from, from, nil}, func(answer []byte) {
			_, err := parser.ParseSIP(answer)
			if err == nil {
				require.Contains(t, string(answer), "SIP/2.0 ")
			}
		})
	})
}
