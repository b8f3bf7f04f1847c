// Package wire speaks SIP over UDP by hand: messages as text and a socket to send them from. It has no transactions and
// no opinion, so that a lab can send what no SIP library would, and see what really came.
package wire

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
)

// Message is a SIP message as it came or is to be sent. It is a value that nobody changes after it is made.
type Message struct {
	// Start is the first line: a request line or a status line.
	Start string
	// Headers are "Name: value" lines in order, names as written.
	Headers []string
	Body    string
}

// compact names by their full ones, lower case (RFC 3261, 7.3.3).
var compact = map[string]string{
	"i": "call-id", "m": "contact", "e": "content-encoding", "l": "content-length", "c": "content-type",
	"f": "from", "s": "subject", "k": "supported", "t": "to", "v": "via",
}

// Parse splits a datagram. It refuses nothing.
func Parse(datagram []byte) Message {
	head, body, _ := strings.Cut(string(datagram), "\r\n\r\n")
	lines := strings.Split(head, "\r\n")
	return Message{lines[0], lines[1:], body}
}

// String returns the message for the wire, with a Content-Length where there is none.
func (m Message) String() string {
	lines := append([]string{m.Start}, m.Headers...)
	if len(m.All("Content-Length")) == 0 {
		lines = append(lines, "Content-Length: "+strconv.Itoa(len(m.Body)))
	}
	return strings.Join(lines, "\r\n") + "\r\n\r\n" + m.Body
}

// Method returns a request's method, or "" for a response.
func (m Message) Method() string {
	if m.Status() != 0 {
		return ""
	}
	method, _, _ := strings.Cut(m.Start, " ")
	return method
}

// Status returns a response's code, or 0 for a request.
func (m Message) Status() int {
	rest, ok := strings.CutPrefix(m.Start, "SIP/2.0 ")
	if !ok || len(rest) < 3 {
		return 0
	}
	code, _ := strconv.Atoi(rest[:3])
	return code
}

// All returns the values of all headers of a name, which may be written in its compact form there.
func (m Message) All(name string) []string {
	var values []string
	for _, line := range m.Headers {
		key, value, _ := strings.Cut(line, ":")
		key = strings.ToLower(strings.TrimSpace(key))
		if full := compact[key]; full != "" {
			key = full
		}
		if key == strings.ToLower(name) {
			values = append(values, strings.TrimSpace(value))
		}
	}
	return values
}

// Get returns the value of the first header of a name, or "".
func (m Message) Get(name string) string {
	if all := m.All(name); len(all) > 0 {
		return all[0]
	}
	return ""
}

// CSeqMethod is the method of a message's CSeq: for a response, what it answers.
func (m Message) CSeqMethod() string {
	fields := strings.Fields(m.Get("CSeq"))
	if len(fields) < 2 {
		return ""
	}
	return fields[1]
}

var (
	uriInBrackets = regexp.MustCompile(`<([^>]*)>`)
	tagParameter  = regexp.MustCompile(`;\s*tag=([^;\s]+)`)
)

// URI returns the address within a header value such as a Contact, without its parameters.
func URI(value string) string {
	if m := uriInBrackets.FindStringSubmatch(value); m != nil {
		return m[1]
	}
	uri, _, _ := strings.Cut(value, ";")
	return strings.TrimSpace(uri)
}

// Tag returns the tag of a From or To value, or "".
func Tag(value string) string {
	if m := tagParameter.FindStringSubmatch(value); m != nil {
		return m[1]
	}
	return ""
}

// Token returns text that no earlier call gave, fit for a tag, a branch or a Call-ID.
func Token() string { return fmt.Sprintf("%016x", rand.Uint64()) }

// Reply makes a response to a request: its Via, From, To (with tag, where there is none yet), Call-ID and CSeq, and then headers.
func Reply(request Message, status int, reason, tag, body string, headers ...string) Message {
	r := Message{Start: fmt.Sprintf("SIP/2.0 %d %s", status, reason), Body: body}
	for _, name := range []string{"Via", "Record-Route"} {
		for _, value := range request.All(name) {
			r.Headers = append(r.Headers, name+": "+value)
		}
	}
	to := request.Get("To")
	if Tag(to) == "" && tag != "" {
		to += ";tag=" + tag
	}
	r.Headers = append(r.Headers, "From: "+request.Get("From"), "To: "+to,
		"Call-ID: "+request.Get("Call-ID"), "CSeq: "+request.Get("CSeq"))
	r.Headers = append(r.Headers, headers...)
	return r
}
