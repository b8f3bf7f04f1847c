package sipua

import (
	"crypto/rand"
	"net/netip"
	"strconv"
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

// contactAt returns the address that is in Contact.
func (e *Endpoint) contactAt() netip.AddrPort {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.contactAddr()
}

// contactAddr is called with mu held.
func (e *Endpoint) contactAddr() netip.AddrPort {
	var local netip.AddrPort
	if e.sock != nil {
		local = e.sock.addr
	}
	if s := e.streams[e.flow]; s != nil {
		local = s.local // a server finds the connection again by its address
	}
	if e.seen.local == local {
		return e.seen.public
	}
	return local
}

// seen is an address of ours together with what the server sees it as.
type seen struct{ local, public netip.AddrPort }

// learn takes from an answer to REGISTER where the server sees us (RFC 3581, 4).
func (e *Endpoint) learn(res *sip.Response) {
	via := res.Via()
	if via == nil {
		return
	}
	host, err := netip.ParseAddr(strings.Trim(via.Host, "[]"))
	if err != nil || via.Port < 1 || via.Port > 65535 {
		return
	}
	public, port := host, uint64(via.Port)
	received, isReceived := via.Params.Get("received")
	if isReceived {
		if public, err = netip.ParseAddr(strings.Trim(received, "[]")); err != nil {
			return
		}
	}
	rport, _ := via.Params.Get("rport")
	if seen, err := strconv.ParseUint(rport, 10, 16); err == nil && seen != 0 {
		port = seen
	} else if !isReceived {
		return // the server does not know rport, and sees us where we are (RFC 3261, 18.2.1)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.seen = seen{
		local:  netip.AddrPortFrom(host, uint16(via.Port)),
		public: netip.AddrPortFrom(public.Unmap(), uint16(port)),
	}
}

// freshen gives those Contacts in req that are ours and not on their way out
// the address that holds now.
func (e *Endpoint) freshen(req *sip.Request) {
	now := e.Contact()
	for _, header := range req.GetHeaders("Contact") {
		if contact, ok := header.(*sip.ContactHeader); ok && e.isCurrent(contact) {
			contact.Address.Host, contact.Address.Port = now.Address.Host, now.Address.Port
		}
	}
}

// isCurrent tells whether a Contact is ours and not being un-registered.
func (e *Endpoint) isCurrent(contact *sip.ContactHeader) bool {
	return contact.Address.User == e.user && contact.Params.GetOr("expires", "") != "0"
}
