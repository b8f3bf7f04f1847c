package media

import (
	"sync"
	"time"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/codec"
	"github.com/callward/callward/audio/conceal"
	"github.com/callward/callward/audio/jitter"
	"github.com/callward/callward/audio/mixer"
	"github.com/callward/callward/phone/sdp"
)

// pipeline is the path of a stream's sound for as long as its codec stays. The
// jitter buffer is where the network's time ends and that of whoever pulls
// begins: mu guards it, and nothing else; the rest is owned by whoever pulls and
// pushes.
type pipeline struct {
	mu     sync.Mutex
	buffer *jitter.Buffer
	voices map[uint8]*voice // by payload type; at least one
	voice  *voice           // the one that spoke last
	rate   int              // of what is pulled
	ready  audio.Frame      // at rate, decoded and not yet pulled
	room   audio.Frame      // where ready begins when it is filled
	made   int              // samples at the end of all that was in ready that no packet brought

	encoder codec.Encoder
	down    *mixer.Resampler
	format  sdp.Format
	length  time.Duration // of a packet
	samples int           // in a packet
	ticks   uint32        // RTP timestamp units in a packet
	unsent  audio.Frame   // at the codec's rate, less than a packet
	payload []byte        // room to encode in
	packet  [maxPacket]byte
}

// pulling is how a stream is pulled: at how many samples per second, and how long packets wait for that at least.
type pulling struct {
	rate int
	wait time.Duration
}

// byDesk is how the desk pulls: somebody listens, and answers.
var byDesk = pulling{rate: audio.DeskRate}

// byMachine is how an answering machine pulls, whose peer waits for nothing: what is late on a bad line is in its message
// all the same, and that is as long as it was said.
func byMachine(rate int) pulling { return pulling{rate, 120 * time.Millisecond} }

// pulled tells how it is pulled from now on. Nobody pulls meanwhile.
func (p *pipeline) pulled(how pulling) {
	p.rate, p.ready, p.made = how.rate, nil, 0
	for _, v := range p.voices {
		v.up = mixer.NewResampler(v.rate, how.rate)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.buffer.Patient(how.wait)
}

// voice turns the packets of one payload type into sound at the rate of what is pulled.
type voice struct {
	rate      int
	decoder   codec.Decoder
	concealer *conceal.Concealer
	up        *mixer.Resampler
	frame     audio.Frame // room to decode in
}

// newPipeline builds the whole path for what was agreed, to be pulled in some way:
//
//	 network                                                  desk, 48 kHz
//	--------  put  --------  pull  --------------------------------------
//	RTP in ──► jitter buffer ──► decode ──► conceal ──► resample ──► Pull
//	                             └──── one voice per payload type ────┘
//
//	RTP out ◄── packetise ◄── encode ◄── resample ◄── Push
//	               ▲
//	            dialler (digits, in place of sound)
func newPipeline(agreed *sdp.Session, how pulling) *pipeline {
	length := time.Duration(agreed.Ptime) * time.Millisecond
	p := &pipeline{
		buffer: jitter.New(agreed.Codec.ClockRate, length),
		voices: make(map[uint8]*voice),
		rate:   how.rate,
		format: agreed.Codec,
		length: length,
		ticks:  uint32(agreed.Codec.ClockRate * agreed.Ptime / 1000),
	}
	p.buffer.Patient(how.wait)
	for _, f := range agreed.Receive {
		if c, ok := codec.ByName(f.Name); ok && f.ClockRate == agreed.Codec.ClockRate {
			p.voices[f.PayloadType] = &voice{
				rate:      c.SampleRate(),
				decoder:   c.NewDecoder(),
				concealer: conceal.New(c.SampleRate()),
				up:        mixer.NewResampler(c.SampleRate(), how.rate),
			}
			if p.voice == nil || f.Same(agreed.Codec) {
				p.voice = p.voices[f.PayloadType]
			}
		}
	}
	if c, ok := codec.ByName(agreed.Codec.Name); ok { // it was offered: there is one
		p.encoder = c.NewEncoder()
		p.down = mixer.NewResampler(audio.DeskRate, c.SampleRate())
		p.samples = c.SampleRate() * agreed.Ptime / 1000
	}
	return p
}
