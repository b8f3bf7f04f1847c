package sipua

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// script is a peer on UDP that sends text and says what it expects. It sees every packet.
type script struct {
	*peer
	t *testing.T
}

// newScript returns a peer; to may be set later.
func newScript(t *testing.T, to netip.AddrPort) *script {
	t.Helper()
	return &script{newPeer(t, "127.0.0.1:0", to), t}
}

func (s *script) port() uint16 {
	return netip.MustParseAddrPort(s.LocalAddr().String()).Port()
}

// text is a message as it came.
type text string

// status tells the start line.
func (m text) start() string {
	line, _, _ := strings.Cut(string(m), "\r\n")
	return line
}

// field returns the first value of a header; "" where there is none.
func (m text) field(name string) string {
	if values := m.fields(name); len(values) > 0 {
		return values[0]
	}
	return ""
}

func (m text) fields(name string) []string {
	head, _, _ := strings.Cut(string(m), "\r\n\r\n")
	var values []string
	for _, line := range strings.Split(head, "\r\n")[1:] {
		if key, value, _ := strings.Cut(line, ": "); strings.EqualFold(key, name) {
			values = append(values, value)
		}
	}
	return values
}

func (m text) body() string {
	_, body, _ := strings.Cut(string(m), "\r\n\r\n")
	return body
}

func (m text) seq() int {
	number, _, _ := strings.Cut(m.field("CSeq"), " ")
	n, _ := strconv.Atoi(number)
	return n
}

func (m text) tag(name string) string {
	_, tag, _ := strings.Cut(m.field(name), "tag=")
	tag, _, _ = strings.Cut(tag, ";")
	return tag
}

// contact returns the URI of Contact.
func (m text) contact() string {
	_, uri, _ := strings.Cut(m.field("Contact"), "<")
	uri, _, _ = strings.Cut(uri, ">")
	return uri
}

// expect returns the next packet, which begins with start.
func (s *script) expect(start string) text {
	s.t.Helper()
	got := text(s.read(s.t, patience))
	require.Truef(s.t, strings.HasPrefix(string(got), start), "%q came instead of %q", got.start(), start)
	if strings.HasPrefix(string(got), "INVITE") || strings.HasPrefix(string(got), "BYE") || strings.HasPrefix(string(got), "OPTIONS") {
		s.learn(got)
	}
	return got
}

// learn sends to where a request came from.
func (s *script) learn(req text) {
	_, host, _ := strings.Cut(req.field("Via"), "SIP/2.0/UDP ")
	host, _, _ = strings.Cut(host, ";")
	s.to = netip.MustParseAddrPort(host)
}

// expectAfter returns the next packet that begins with start, whatever came before.
func (s *script) expectAfter(start string) text {
	s.t.Helper()
	for until := time.Now().Add(patience); time.Now().Before(until); {
		if got := text(s.read(s.t, patience)); strings.HasPrefix(string(got), start) {
			return got
		}
	}
	require.FailNow(s.t, "never came", start)
	return ""
}

// silence tells that nothing comes for a while.
func (s *script) silence(while time.Duration) {
	s.t.Helper()
	got := text(s.read(s.t, while))
	require.Empty(s.t, got, "%q came", got.start())
}

// answer sends an answer to req, with tag in To and more headers; a last one
// that begins with "v=" is the body.
func (s *script) answer(req text, status, tag string, more ...string) {
	s.t.Helper()
	lines := []string{"SIP/2.0 " + status}
	for _, via := range req.fields("Via") {
		lines = append(lines, "Via: "+via)
	}
	to := req.field("To")
	if tag != "" && req.tag("To") == "" {
		to += ";tag=" + tag
	}
	lines = append(lines, "From: "+req.field("From"), "To: "+to, "Call-ID: "+req.field("Call-ID"), "CSeq: "+req.field("CSeq"))
	body := ""
	for _, line := range more {
		if strings.HasPrefix(line, "v=") {
			body = line
			lines = append(lines, "Content-Type: application/sdp")
			continue
		}
		lines = append(lines, line)
	}
	lines = append(lines, "Content-Length: "+strconv.Itoa(len(body)))
	s.send(s.t, raw(lines...)+body)
}

// contact returns a Contact of the peer.
func (s *script) contact() string {
	return fmt.Sprintf("Contact: <sip:bob@127.0.0.1:%d>", s.port())
}

// dialing is what the peer's requests to a callee have in common.
type dialing struct {
	*script
	callID, tag, toTag string
	target             string
	seq                int
}

// dial returns a peer that calls p.
func dial(t *testing.T, p *party) *dialing {
	t.Helper()
	s := newScript(t, p.e.Addr())
	return &dialing{script: s, callID: unguessable(), tag: "caller", target: "sip:bob@" + p.e.Addr().String(), seq: 1}
}

// request returns a request with its headers; a last line that begins with "v=" is the body.
func (d *dialing) request(method string, more ...string) string {
	return d.branched("z9hG4bK"+unguessable(), method, d.seq, more...)
}

func (d *dialing) branched(branch, method string, seq int, more ...string) string {
	to := "<sip:bob@example.test>"
	if d.toTag != "" {
		to += ";tag=" + d.toTag
	}
	lines := []string{
		method + " " + d.target + " SIP/2.0",
		fmt.Sprintf("Via: SIP/2.0/UDP 127.0.0.1:%d;branch=%s", d.port(), branch),
		"From: <sip:alice@example.test>;tag=" + d.tag, "To: " + to,
		"Call-ID: " + d.callID, fmt.Sprintf("CSeq: %d %s", seq, method),
	}
	body := ""
	for _, line := range more {
		if strings.HasPrefix(line, "v=") {
			body = line
			lines = append(lines, "Content-Type: application/sdp")
			continue
		}
		lines = append(lines, line)
	}
	lines = append(lines, "Content-Length: "+strconv.Itoa(len(body)))
	return raw(lines...) + body
}

// invite sends an INVITE and returns it.
func (d *dialing) invite(more ...string) string {
	d.t.Helper()
	invite := d.request("INVITE", append([]string{"Max-Forwards: 70", d.contact()}, more...)...)
	d.send(d.t, invite)
	return invite
}

// branchOf returns the branch of a request of ours.
func branchOf(request string) string {
	_, branch, _ := strings.Cut(request, "branch=")
	branch, _, _ = strings.Cut(branch, "\r\n")
	return branch
}

// ack sends the ACK to a 2xx.
func (d *dialing) ack(ok text, more ...string) {
	d.t.Helper()
	d.send(d.t, d.branched("z9hG4bK"+unguessable(), "ACK", ok.seq(), more...))
}

// ackFailure sends the ACK to another final answer to invite.
func (d *dialing) ackFailure(invite string, res text) {
	d.t.Helper()
	tag := d.toTag
	d.toTag = res.tag("To")
	d.send(d.t, d.branched(branchOf(invite), "ACK", res.seq()))
	d.toTag = tag
}

// cancel sends the CANCEL of an INVITE.
func (d *dialing) cancel(invite string, more ...string) {
	d.t.Helper()
	d.send(d.t, d.branched(branchOf(invite), "CANCEL", d.seq, more...))
}

// next sends a request inside of the dialog.
func (d *dialing) next(method string, more ...string) string {
	d.t.Helper()
	d.seq++
	req := d.request(method, more...)
	d.send(d.t, req)
	return req
}

// answered calls p and has it answer; the dialog stands.
func answered(t *testing.T, p *party, more ...string) (*dialing, *testCall, text) {
	t.Helper()
	d := dial(t, p)
	d.invite(append(more, "v=offer")...)
	d.expect("SIP/2.0 100")
	c := p.next(t)
	c.Accept([]byte("v=answer"))
	ok := d.expect("SIP/2.0 200")
	d.toTag, d.target = ok.tag("To"), ok.contact()
	d.ack(ok)
	return d, c, ok
}

// loopback returns an address at 127.0.0.1.
func loopback(port uint16) netip.AddrPort {
	return netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), port)
}
