package exchange

import (
	"net/netip"
	"strconv"
	"sync"
	"time"

	"github.com/emiago/sipgo/sip"
)

// Bounds of a registration's interval.
const (
	leastInterval = 30 * time.Second
	usualInterval = 5 * time.Minute
	mostInterval  = time.Hour
)

// registrar keeps where the phone is (RFC 3261, 10.3). There is one user, and one
// phone at a time: a new Contact takes the place of the former. Any goroutine may
// call its methods; mu guards the binding.
type registrar struct {
	guard

	mu   sync.Mutex
	held binding
}

// binding is where the phone is reached.
type binding struct {
	uri sip.Uri
	// addr is where its REGISTER came from. Requests go there and nowhere else,
	// whatever uri names.
	addr  netip.AddrPort
	until time.Time // zero while there is none
}

func newRegistrar() *registrar { return &registrar{guard: newGuard()} }

// register answers a REGISTER.
func (r *registrar) register(req *sip.Request, now time.Time) *sip.Response {
	if refusal := r.authorize(req, now, ""); refusal != nil {
		return refusal
	}
	if to := req.To(); to == nil || to.Address.User != agent {
		return sip.NewResponseFromRequest(req, sip.StatusNotFound, "Not Found", nil)
	}
	addr, err := netip.ParseAddrPort(req.Source())
	if err != nil {
		return sip.NewResponseFromRequest(req, sip.StatusBadRequest, "Bad Request", nil)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, header := range req.GetHeaders("Contact") {
		contact, ok := header.(*sip.ContactHeader)
		if !ok {
			continue
		}
		interval := intervalOf(req, contact)
		switch {
		case interval > 0:
			r.held = binding{uri: *contact.Address.Clone(), addr: addr, until: now.Add(interval)}
		case contact.Address.Wildcard || contact.Address.String() == r.held.uri.String():
			r.held = binding{}
		}
	}
	res := sip.NewResponseFromRequest(req, sip.StatusOK, "OK", nil)
	if left := r.held.until.Sub(now); left > 0 {
		contact := sip.ContactHeader{Address: *r.held.uri.Clone()}
		contact.Params.Add("expires", strconv.Itoa(int(left/time.Second)))
		res.AppendHeader(&contact)
	}
	return res
}

// contact returns where the phone is, if it is registered.
func (r *registrar) contact(now time.Time) (binding, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.held, now.Before(r.held.until)
}

// intervalOf returns for how long a Contact is to be kept; 0 removes it.
func intervalOf(req *sip.Request, contact *sip.ContactHeader) time.Duration {
	text := contact.Params.GetOr("expires", "")
	if header := req.GetHeader("Expires"); text == "" && header != nil {
		text = header.Value()
	}
	seconds, err := strconv.ParseUint(text, 10, 31)
	switch {
	case err != nil:
		return usualInterval
	case seconds == 0:
		return 0
	}
	return min(max(time.Duration(seconds)*time.Second, leastInterval), mostInterval)
}
