package sipua

import "net/netip"

// Trace writes SIP messages to a file while it is on. Any goroutine.
type Trace struct{}

func (t *Trace) sent(transport string, from, to netip.AddrPort, message []byte) {}

func (t *Trace) received(p packet) {}
