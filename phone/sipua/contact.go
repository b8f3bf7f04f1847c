package sipua

import (
	"crypto/rand"
	"net/netip"
	"strings"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
)

// unguessable returns 130 random bits as letters and digits.
func unguessable() string { return strings.ToLower(rand.Text()) }

// Contact returns where the server reaches this endpoint: a user part that
// cannot be guessed, and the address as the server sees it (RFC 3581) or, while
// that is not known, our own. Before the sockets are open the host is "invalid";
// Send puts the right one into what it sends.
func (e *Endpoint) Contact() sip.ContactHeader {
	e.mu.Lock()
	defer e.mu.Unlock()
	uri := sip.Uri{Scheme: "sip", User: e.user, Host: "invalid"}
	if addr := e.contactAddr(); addr.IsValid() {
		uri.Host, uri.Port = addr.Addr().String(), int(addr.Port())
	}
	if t := e.cfg.Account.Transport; t == phone.TCP || t == phone.TLS {
		uri.UriParams.Add("transport", string(t))
	}
	return sip.ContactHeader{Address: uri}
}

// contactAddr is called with mu held.
func (e *Endpoint) contactAddr() netip.AddrPort {
	if e.seen.IsValid() {
		return e.seen
	}
	if s := e.streams[e.flow]; s != nil {
		return s.local // a server finds the connection again by its address
	}
	if e.sock != nil {
		return e.sock.addr
	}
	return netip.AddrPort{}
}

// freshen gives a Contact of ours in req the address that holds now.
func (e *Endpoint) freshen(req *sip.Request) {
	contact := req.Contact()
	if contact == nil || contact.Address.User != e.user {
		return
	}
	now := e.Contact()
	contact.Address.Host, contact.Address.Port = now.Address.Host, now.Address.Port
}
