package sipua

import (
	"context"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"github.com/emiago/sipgo/sip"
)

// usualInterval is the registration's, where the account names none.
const usualInterval = 300 * time.Second

// binding is our Contact at the registrar (RFC 3261, 10). The registration's
// goroutine owns it.
type binding struct {
	e *Endpoint
	// callID is one for all REGISTERs, and cseq the next one's (10.2).
	callID sip.CallIDHeader
	cseq   uint32
	// interval is what to ask for.
	interval time.Duration
	// at is the address in the Contact that was sent last, stale are former ones
	// that the server still has, and held are all that it may have.
	at    netip.AddrPort
	stale []netip.AddrPort
	held  map[netip.AddrPort]bool
}

func newBinding(e *Endpoint) *binding {
	b := &binding{e: e, cseq: 1, interval: e.cfg.Account.Interval, held: map[netip.AddrPort]bool{}}
	if b.interval <= 0 {
		b.interval = usualInterval
	}
	return b
}

// register registers, and once more at once where the server turns out to see us
// at another address than we said or still has a former one; no more than once,
// since a NAT may give us another address every time. It returns how long the
// binding lasts.
func (b *binding) register(ctx context.Context) (granted time.Duration, err error) {
	for range 2 {
		res, err := b.send(ctx)
		if err != nil {
			return 0, err
		}
		b.e.setServiceRoute(res)
		granted = b.read(res)
		if b.at == b.e.contactAt() && len(b.stale) == 0 {
			break
		}
	}
	return granted, nil
}

// remove un-registers, if the server may know us.
func (b *binding) remove(ctx context.Context) error {
	if len(b.held) == 0 {
		return nil
	}
	req := b.request(0)
	for req.RemoveHeader("Contact") {
	}
	for addr := range b.held {
		b.takeOut(req, addr)
	}
	_, err := b.e.Do(ctx, req)
	return err
}

// send sends a REGISTER and returns the 2xx to it. A server that finds the
// interval too brief (423) is asked for its own.
func (b *binding) send(ctx context.Context) (*sip.Response, error) {
	for tries := 0; ; tries++ {
		res, sent, err := b.e.do(ctx, b.request(b.interval))
		b.cseq = sent.CSeq().SeqNo + 1
		if at := b.e.contactIn(sent); at.IsValid() {
			b.at = at
			// Else a server that refused, or does not answer, would be asked to forget us.
			if err == nil && res.IsSuccess() || ctx.Err() != nil {
				b.held[at] = true
			}
		}
		b.e.settle(err == nil && res.IsSuccess())
		if err != nil {
			return nil, err
		}
		least, named := seconds(res.GetHeader("Min-Expires"))
		if res.StatusCode == sip.StatusIntervalToBrief && named && least > b.interval && tries == 0 {
			b.interval = least
			continue
		}
		return res, refusal(res, b.e.cfg.Account)
	}
}

// request returns the next REGISTER. Contacts that we had before and the server
// still has are taken out with it.
func (b *binding) request(expires time.Duration) *sip.Request {
	req := b.e.NewRequest(sip.REGISTER, sip.Uri{Scheme: "sip", Host: b.e.domain})
	if b.callID == "" {
		b.callID = *req.CallID()
	}
	*req.CallID() = b.callID
	req.CSeq().SeqNo = b.cseq
	for _, addr := range b.stale {
		b.takeOut(req, addr)
	}
	req.AppendHeader(sip.NewHeader("Expires", strconv.Itoa(int(expires/time.Second))))
	return req
}

// takeOut adds a Contact of ours to req that is to be un-registered.
func (b *binding) takeOut(req *sip.Request, addr netip.AddrPort) {
	contact := b.e.Contact()
	contact.Address.Host, contact.Address.Port = addr.Addr().String(), int(addr.Port())
	contact.Params.Add("expires", "0")
	req.AppendHeader(&contact)
}

// read takes from a 2xx how long the binding lasts, and which of our former
// addresses the server still has. A server may have put another address into our
// Contact: that one is not former.
func (b *binding) read(res *sip.Response) (granted time.Duration) {
	granted = b.interval
	if whole, ok := seconds(res.GetHeader("Expires")); ok && whole > 0 {
		granted = whole
	}
	former, now := b.held, b.e.contactAt()
	b.held, b.stale = map[netip.AddrPort]bool{b.at: true}, nil
	for _, header := range res.GetHeaders("Contact") {
		contact, ok := header.(*sip.ContactHeader)
		if !ok || contact.Address.User != b.e.user {
			continue
		}
		addr := addressIn(contact)
		if former[addr] {
			b.held[addr] = true
		}
		if former[addr] && addr != now {
			b.stale = append(b.stale, addr)
		}
		if own, ok := atoSeconds(contact.Params.GetOr("expires", "")); ok && own > 0 && (addr == b.at || !former[addr]) {
			granted = own
		}
	}
	return granted
}

// contactIn returns the address in the Contact of ours that req registers.
func (e *Endpoint) contactIn(req *sip.Request) netip.AddrPort {
	for _, header := range req.GetHeaders("Contact") {
		if contact, ok := header.(*sip.ContactHeader); ok && e.isCurrent(contact) {
			return addressIn(contact)
		}
	}
	return netip.AddrPort{}
}

// addressIn returns the address in a Contact; invalid where it is a name.
func addressIn(contact *sip.ContactHeader) netip.AddrPort {
	if contact == nil {
		return netip.AddrPort{}
	}
	ip, err := netip.ParseAddr(strings.Trim(contact.Address.Host, "[]"))
	if err != nil {
		return netip.AddrPort{}
	}
	return netip.AddrPortFrom(ip.Unmap(), uint16(contact.Address.Port))
}
