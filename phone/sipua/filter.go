package sipua

import "net/netip"

// packet is a message as it came.
type packet struct {
	bytes     []byte
	transport string // "UDP", "TCP" or "TLS"
	from      netip.AddrPort
}

// admit tells whether a message goes on to the library; answer sends back what
// is refused here.
func (e *Endpoint) admit(p packet, answer func([]byte)) bool {
	e.cfg.Trace.received(p)
	return true
}
