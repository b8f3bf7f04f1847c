package media

import (
	"sync"
	"time"

	"github.com/pion/rtp"

	"github.com/callward/callward/audio"
)

// keepalive is how often an empty datagram goes out while nothing else may, so
// that a NAT on the way stays open for what the peer sends (RFC 6263, 4.1 and 6).
const keepalive = 15 * time.Second

// sender is what goes on from one packet to the next, whatever becomes of the
// pipeline. It is owned by whoever pushes, but for what tally says.
type sender struct {
	seq       uint16
	timestamp uint32
	talking   bool          // the packet before was sent: the next one needs no marker
	idle      time.Duration // how long nothing was sent

	mu    sync.Mutex // guards tally
	tally tally
}

// tally is what sender reports tell (RFC 3550, 6.4.1).
type tally struct {
	packets, octets uint32
	timestamp       uint32 // at which the packet sent last began
	at              time.Time
}

// sent returns the tally. Any goroutine.
func (o *sender) sent() tally {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.tally
}

// push takes f on its way to the network and sends what makes a packet.
func (p *pipeline) push(f audio.Frame, s *Stream) {
	p.unsent = p.down.Process(p.unsent, f)
	for len(p.unsent) >= p.samples {
		p.packetise(p.unsent[:p.samples], s)
		p.unsent = append(p.unsent[:0], p.unsent[p.samples:]...)
	}
}

// packetise sends one packet of sound or, while a digit is due, of that.
func (p *pipeline) packetise(sound audio.Frame, s *Stream) {
	o := &s.sender
	timestamp := o.timestamp
	o.timestamp += p.ticks
	agreed := s.agreed.Load()
	if !agreed.Direction.Sends() {
		o.talking = false
		if o.idle += p.length; o.idle >= keepalive {
			o.idle = 0
			_ = s.transport.sendRTP(nil)
		}
		return
	}
	o.idle = 0
	header := rtp.Header{Version: 2, PayloadType: p.format.PayloadType, Timestamp: timestamp, Marker: !o.talking, SSRC: s.ssrc}
	digit, dialling := s.dialler.next(timestamp, p.length, p.format.ClockRate)
	switch {
	case dialling && !digit.gap && agreed.Events.Name != "":
		header.PayloadType, header.Timestamp, header.Marker = agreed.Events.PayloadType, digit.timestamp, digit.marker
		p.payload = digit.event.append(p.payload[:0])
	default:
		if dialling {
			sound.Silence()
		}
		var err error
		if p.payload, err = p.encoder.Encode(p.payload[:0], sound); err != nil {
			return // a length that the codec does not take was never agreed
		}
	}
	o.talking = true
	p.send(&header, s)
}

// send numbers the packet and sends it.
func (p *pipeline) send(header *rtp.Header, s *Stream) {
	o := &s.sender
	header.SequenceNumber = o.seq
	o.seq++
	packet := rtp.Packet{Header: *header, Payload: p.payload}
	n, err := packet.MarshalTo(p.packet[:])
	if err != nil {
		return
	}
	// A network that is away comes back, or the watch ends the call.
	_ = s.transport.sendRTP(p.packet[:n])
	o.mu.Lock()
	defer o.mu.Unlock()
	o.tally.packets++
	o.tally.octets += uint32(len(p.payload))
	o.tally.timestamp, o.tally.at = o.timestamp-p.ticks, time.Now()
}
