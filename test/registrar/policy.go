package registrar

import (
	"fmt"
	"strings"

	"github.com/callward/callward/test/wire"
)

// Accept grants what is asked for.
func Accept(_ int, r wire.Received) *wire.Message {
	var contacts []string
	for _, contact := range r.All("Contact") {
		contacts = append(contacts, "Contact: "+contact)
	}
	if expires := r.Get("Expires"); expires != "" {
		contacts = append(contacts, "Expires: "+expires)
	}
	return reply(r, 200, "OK", contacts...)
}

// Silent never answers.
func Silent(int, wire.Received) *wire.Message { return nil }

// Refuse answers every REGISTER with a status.
func Refuse(status int, reason string, headers ...string) Policy {
	return func(_ int, r wire.Received) *wire.Message { return reply(r, status, reason, headers...) }
}

// In follows the policies in turn, one REGISTER each, and then the last.
func In(turn ...Policy) Policy {
	return func(n int, r wire.Received) *wire.Message { return turn[min(n, len(turn))-1](n, r) }
}

// reply answers with the rport and received that RFC 3581 asks for.
func reply(r wire.Received, status int, reason string, headers ...string) *wire.Message {
	m := wire.Reply(r.Message, status, reason, "registrar", "", headers...)
	for i, line := range m.Headers {
		if len(line) > 5 && line[:5] == "Via: " {
			m.Headers[i] = fmt.Sprintf("%s;received=%s;rport=%d", stripRport(line), r.From.Addr(), r.From.Port())
			break
		}
	}
	return &m
}

func stripRport(via string) string { return strings.Replace(via, ";rport", "", 1) }
