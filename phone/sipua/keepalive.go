package sipua

import (
	"context"
	"time"
)

var ping = []byte("\r\n\r\n") // RFC 5626, 3.5.1

// Run keeps open what a NAT or a server would forget: whenever nothing was sent
// for a while, it sends a keepalive to the account's server and on each
// connection. It returns when ctx ends.
func (e *Endpoint) Run(ctx context.Context) error {
	tick := time.NewTicker(max(min(e.cfg.Timing.DatagramIdle, e.cfg.Timing.StreamIdle)/8, time.Millisecond))
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case now := <-tick.C:
			e.keepAlive(now)
		}
	}
}

func (e *Endpoint) keepAlive(now time.Time) {
	e.mu.Lock()
	sock, flow := e.sock, e.flow
	due := flow.transport == "udp" && now.Sub(e.flowUsed) >= e.cfg.Timing.DatagramIdle
	var silent []*stream
	for _, s := range e.streams {
		if now.UnixNano()-s.used.Load() >= int64(e.cfg.Timing.StreamIdle) {
			silent = append(silent, s)
		}
	}
	e.mu.Unlock()
	if sock != nil && due {
		_, _ = sock.udp.send(ping, flow.addr) // a send that fails is seen by the next request
	}
	for _, s := range silent {
		if _, err := s.Write(ping); err != nil {
			_ = s.Close()
		}
	}
}
