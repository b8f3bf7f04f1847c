package media

import (
	"math/rand/v2"
	"net/netip"
	"reflect"
	"sync/atomic"
	"time"

	"github.com/pion/rtp"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/codec"
	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/sdp"
)

// Stream is the sound of one leg: RTP, RTCP and DTMF over a Transport, and the
// pipeline between them and whoever pulls; it satisfies audio.Party. Three
// goroutines meet in it, each with its own part: the transport's reader brings
// packets, whoever serves the party calls Pull and Push, and the session's
// changes and watches it.
type Stream struct {
	transport *Transport
	tell      func(phone.MediaEvent) // any goroutine, never blocks
	ssrc      uint32                 // ours
	began     time.Time              // what times are counted from
	pulling   pulling                // changed while nobody pulls

	agreed   atomic.Pointer[sdp.Session]
	pipeline atomic.Pointer[pipeline]
	muted    atomic.Bool
	heard    atomic.Int64 // nanoseconds after began of the last packet of RTP; 0 before the first
	reports  reports
	dialler  dialler

	reader reader // of the transport's reader alone
	sender sender // of whoever pushes alone
}

// reader is what the goroutine that reads the socket remembers.
type reader struct {
	packet  rtp.Packet // the last one, to be used again
	ssrc    uint32     // of the last packet that was taken
	dialled dialled
}

// newStream makes a stream for what was agreed. It is silent until play.
func newStream(t *Transport, agreed *sdp.Session, tell func(phone.MediaEvent)) *Stream {
	s := &Stream{transport: t, tell: tell, ssrc: rand.Uint32(), began: time.Now(), pulling: byDesk}
	s.sender.seq = uint16(rand.Uint32())
	s.sender.timestamp = rand.Uint32()
	s.pipeline.Store(newPipeline(agreed, s.pulling))
	s.agreed.Store(agreed)
	return s
}

// agree takes what was negotiated anew. What plays goes on without a gap where
// neither codec nor packet length changed.
func (s *Stream) agree(agreed *sdp.Session) {
	was := s.agreed.Load()
	if agreed.Codec != was.Codec || agreed.Ptime != was.Ptime || !reflect.DeepEqual(agreed.Receive, was.Receive) {
		s.pipeline.Store(newPipeline(agreed, s.pulling))
	}
	s.agreed.Store(agreed)
}

// mute sends silence in place of what is pushed.
func (s *Stream) mute(on bool) { s.muted.Store(on) }

// dial queues digits, if the peer takes them.
func (s *Stream) dial(digits string) {
	if s.agreed.Load().Events.Name != "" {
		s.dialler.queue(digits)
	}
}

// lastHeard returns when RTP last came; a time before any other if it never did.
func (s *Stream) lastHeard() time.Time {
	if since := s.heard.Load(); since != 0 {
		return s.began.Add(time.Duration(since))
	}
	return time.Time{}
}

// Pull implements audio.Source: what the peer says.
func (s *Stream) Pull(f audio.Frame) { s.listen(f) }

// listen is Pull, and returns how many samples at the end of f were made up, since no packet has come.
func (s *Stream) listen(f audio.Frame) (made int) {
	if !s.agreed.Load().Direction.Receives() {
		f.Silence()
		return len(f)
	}
	return s.pipeline.Load().pull(f, time.Now())
}

// pulled tells how it is pulled from now on. Nobody pulls meanwhile.
func (s *Stream) pulled(how pulling) {
	if how != s.pulling {
		s.pulling = how
		s.pipeline.Load().pulled(how)
	}
}

// drained tells whether all that has come was pulled, but for less than a packet.
func (s *Stream) drained() bool { return s.pipeline.Load().empty() }

// rate returns the samples per second of what was agreed.
func (s *Stream) rate() int {
	if c, ok := codec.ByName(s.agreed.Load().Codec.Name); ok { // it was offered: there is one
		return c.SampleRate()
	}
	return audio.DeskRate
}

// Push implements audio.Sink: what the peer shall hear.
func (s *Stream) Push(f audio.Frame) {
	if s.muted.Load() {
		f = silence[:len(f)]
	}
	s.pipeline.Load().push(f, s)
}

// silence is what a stream that is muted says.
var silence [beatSamples]int16

// comfortNoise (RFC 3389) is sent by some that were not asked to, as a sign of
// life. It brings no sound here.
const comfortNoise = 13

// receiveRTP takes a packet from the network, whatever it holds. The
// transport's reader alone calls it.
func (s *Stream) receiveRTP(packet []byte, from netip.AddrPort, now time.Time) {
	p := &s.reader.packet
	if p.Unmarshal(packet) != nil || p.Version != 2 {
		return
	}
	agreed := s.agreed.Load()
	due := agreed.Direction.Receives()
	format, ok := agreed.Received(p.PayloadType)
	if !ok && p.PayloadType != comfortNoise || !s.transport.source.accept(from, now, due) {
		return
	}
	s.heard.Store(max(1, int64(now.Sub(s.began))))
	if p.SSRC != s.reader.ssrc { // of those that were accepted
		s.reader.ssrc, s.reader.dialled = p.SSRC, dialled{}
	}
	if format.IsEvent() {
		s.receiveEvent()
		p.Payload = nil
	}
	if !due {
		p.Payload = nil
	}
	s.pipeline.Load().put(now, p)
}

// receiveEvent takes a packet of telephone-event.
func (s *Stream) receiveEvent() {
	p := &s.reader.packet
	if e, ok := parseEvent(p.Payload); ok {
		if digit := s.reader.dialled.packet(e, p.Timestamp); digit != 0 {
			s.tell(phone.MediaDTMF{Digit: digit})
		}
	}
}
