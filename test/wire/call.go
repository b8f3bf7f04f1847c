package wire

import (
	"fmt"
	"net/netip"
	"strings"
)

// Offer is an SDP offer of G.711 and telephone events, received at host:port.
func Offer(host string, port int) string {
	version := "IP4"
	if strings.Contains(host, ":") {
		version = "IP6"
	}
	return fmt.Sprintf("v=0\r\no=- 1 1 IN %[3]s %[1]s\r\ns=-\r\nc=IN %[3]s %[1]s\r\nt=0 0\r\nm=audio %[2]d RTP/AVP 0 8 101\r\n"+
		"a=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\n", host, port, version)
}

// Call is one side of a dialog, as the caller: what its requests are made of. It is a value; the caller changes it as the
// dialog goes on.
type Call struct {
	// Local is where the caller listens.
	Local netip.AddrPort
	// Target is the request URI, From and To the header values, To with the far end's tag once it is known.
	Target, From, To string
	CallID           string
	CSeq             int
	// Branch is the one of the last INVITE, for its CANCEL and the ACK of a refusal.
	Branch string
}

// NewCall begins a call from a user at local to target.
func NewCall(local netip.AddrPort, user, target string) *Call {
	return &Call{
		Local: local, Target: target, CallID: Token(), CSeq: 1, Branch: Token(),
		From: fmt.Sprintf("<sip:%s@%s>;tag=%s", user, local, Token()),
		To:   "<" + target + ">",
	}
}

// Request makes a request of the call. INVITE, CANCEL and ACK carry the INVITE's branch, others one of their own.
func (c *Call) Request(method, body string, headers ...string) Message {
	branch := c.Branch
	switch method {
	case "INVITE", "CANCEL", "ACK":
	default:
		branch = Token()
	}
	m := Message{Start: fmt.Sprintf("%s %s SIP/2.0", method, c.Target), Body: body}
	m.Headers = []string{
		fmt.Sprintf("Via: SIP/2.0/UDP %s;branch=z9hG4bK%s;rport", c.Local, branch),
		"Max-Forwards: 70",
		"From: " + c.From,
		"To: " + c.To,
		"Call-ID: " + c.CallID,
		fmt.Sprintf("CSeq: %d %s", c.CSeq, method),
		fmt.Sprintf("Contact: <sip:probe@%s>", c.Local),
	}
	m.Headers = append(m.Headers, headers...)
	if body != "" {
		m.Headers = append(m.Headers, "Content-Type: application/sdp")
	}
	return m
}

// Next begins the dialog's next transaction: a new CSeq and branch.
func (c *Call) Next() {
	c.CSeq++
	c.Branch = Token()
}

// Answered takes the far end's tag and contact from a 2xx, whose ACK is a transaction of its own.
func (c *Call) Answered(r Message) {
	c.Branch = Token()
	c.To = r.Get("To")
	if contact := r.Get("Contact"); contact != "" {
		c.Target = URI(contact)
	}
}
