// Package measure takes the figures of a phone that the labs and the bench share: how fast it rings, and what it uses.
package measure

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/callward/callward/test/wire"
)

// patience is how long a phone may take for one step of a call.
const patience = 5 * time.Second

// Probe calls a phone directly, each time as another caller, and times it. One goroutine uses it.
type Probe struct {
	peer   *wire.Peer
	sink   *wire.Peer // where the phone's RTP goes, unread
	phone  netip.AddrPort
	target string
	calls  int
}

// NewProbe opens a probe of the phone whose contact is such as sip:user@127.0.0.1:5060. Close closes it.
func NewProbe(contact string) (*Probe, error) {
	_, host, found := strings.Cut(contact, "@")
	host, _, _ = strings.Cut(host, ";")
	phone, err := netip.ParseAddrPort(host)
	if !found || err != nil {
		return nil, fmt.Errorf("contact %q is no sip:user@IP:port: %w", contact, err)
	}
	peer, err := wire.Listen(netip.AddrPortFrom(phone.Addr(), 0).String())
	if err != nil {
		return nil, err
	}
	sink, err := wire.Listen(netip.AddrPortFrom(phone.Addr(), 0).String())
	if err != nil {
		return nil, errors.Join(err, peer.Close())
	}
	return &Probe{peer: peer, sink: sink, phone: phone, target: contact}, nil
}

// Close closes the probe.
func (p *Probe) Close() error { return errors.Join(p.peer.Close(), p.sink.Close()) }

// Ring calls, gives up as soon as it rings, and returns how long that took.
func (p *Probe) Ring() (time.Duration, error) {
	return p.Until(nil)
}

// Until calls, waits until something is seen (nil for the ringing itself), gives up, and returns how long that took.
func (p *Probe) Until(seen func() error) (time.Duration, error) {
	sent := time.Now()
	call, rang, err := p.invite()
	if err != nil {
		return 0, err
	}
	if seen != nil {
		if err := seen(); err != nil {
			return 0, err
		}
		rang = time.Since(sent)
	}
	if err := p.send(call, "CANCEL"); err != nil {
		return 0, err
	}
	final, err := p.peer.Receive(patience, p.of(call, wire.Response("INVITE", 200, 699)))
	if err != nil {
		return 0, fmt.Errorf("final answer: %w", err)
	}
	if final.Status() < 300 { // the answer and the CANCEL crossed
		return rang, p.end(call, final.Message)
	}
	call.To = final.Get("To")
	return rang, p.send(call, "ACK")
}

// Call calls, has answer answer it once it rings (nil where the phone does by itself), and ends the call. It returns how
// long it took until it rang.
func (p *Probe) Call(answer func() error) (time.Duration, error) {
	call, rang, err := p.invite()
	if err != nil {
		return 0, err
	}
	if answer != nil {
		if err := answer(); err != nil {
			return 0, err
		}
	}
	final, err := p.peer.Receive(patience, p.of(call, wire.Response("INVITE", 200, 699)))
	if err != nil {
		return 0, fmt.Errorf("final answer: %w", err)
	}
	if final.Status() != 200 {
		return 0, fmt.Errorf("refused: %s", final.Start)
	}
	return rang, p.end(call, final.Message)
}

// Refused calls as somebody, and returns how long it took until that was refused, and the status.
func (p *Probe) Refused(as string) (time.Duration, int, error) {
	call := wire.NewCall(p.peer.Addr(), as, p.target)
	sent, err := p.begin(call)
	if err != nil {
		return 0, 0, err
	}
	answer, err := p.peer.Receive(patience, p.of(call, wire.Response("INVITE", 180, 699)))
	if err != nil {
		return 0, 0, fmt.Errorf("refusal: %w", err)
	}
	if answer.Status() < 300 {
		return 0, 0, fmt.Errorf("not refused: %s", answer.Start)
	}
	call.To = answer.Get("To")
	return answer.At.Sub(sent), answer.Status(), p.send(call, "ACK")
}

// begin sends the INVITE of a call, and returns when.
func (p *Probe) begin(call *wire.Call) (sent time.Time, err error) {
	invite := call.Request("INVITE", wire.Offer(p.sink.Addr().Addr().String(), int(p.sink.Addr().Port())))
	sent = time.Now()
	return sent, p.peer.Send(p.phone, invite)
}

// invite begins a call and waits until it rings.
func (p *Probe) invite() (call *wire.Call, rang time.Duration, err error) {
	p.calls++
	call = wire.NewCall(p.peer.Addr(), fmt.Sprintf("+1202555%04d", p.calls%10000), p.target)
	sent, err := p.begin(call)
	if err != nil {
		return nil, 0, err
	}
	ringing, err := p.peer.Receive(patience, p.of(call, wire.Response("INVITE", 180, 183)))
	if err != nil {
		return nil, 0, fmt.Errorf("ringing: %w", err)
	}
	return call, ringing.At.Sub(sent), nil
}

// end acknowledges an answer and ends the call.
func (p *Probe) end(call *wire.Call, ok wire.Message) error {
	call.Answered(ok)
	if err := p.send(call, "ACK"); err != nil {
		return err
	}
	call.Next()
	if err := p.send(call, "BYE"); err != nil {
		return err
	}
	_, err := p.peer.Receive(patience, p.of(call, wire.Response("BYE", 200, 200)))
	if err != nil {
		return fmt.Errorf("answer to BYE: %w", err)
	}
	p.peer.Forget()
	return nil
}

func (p *Probe) send(call *wire.Call, method string) error {
	return p.peer.Send(p.phone, call.Request(method, ""))
}

// of accepts what belongs to a call.
func (p *Probe) of(call *wire.Call, accept func(wire.Message) bool) func(wire.Message) bool {
	return func(m wire.Message) bool { return m.Get("Call-ID") == call.CallID && accept(m) }
}

// Median returns the middle one of some times, the upper where there are two, and 0 where there is none.
func Median(times []time.Duration) time.Duration { return Quantile(times, 0.5) }

// Quantile returns the time below which a share q of them is.
func Quantile(times []time.Duration, q float64) time.Duration {
	if len(times) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(times))
	return sorted[min(len(sorted)-1, int(q*float64(len(sorted))))]
}
