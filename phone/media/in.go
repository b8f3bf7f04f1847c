package media

import (
	"time"

	"github.com/pion/rtp"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/jitter"
)

// put takes a packet into the jitter buffer. One without payload only fills
// its place in the sequence.
func (p *pipeline) put(now time.Time, packet *rtp.Packet) {
	if p.voices[packet.PayloadType] == nil {
		packet.Payload = nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.buffer.Put(now, jitter.Packet{
		Seq: packet.SequenceNumber, Timestamp: packet.Timestamp, SSRC: packet.SSRC,
		Marker: packet.Marker, PayloadType: packet.PayloadType, Payload: packet.Payload,
	})
}

// pull fills f with what the peer says, and returns how many samples at its end no packet brought. Whoever serves the
// stream calls it.
func (p *pipeline) pull(f audio.Frame, now time.Time) (made int) {
	ask := jitter.Pull{Now: now, Run: p.lasting(f), Kept: p.lasting(p.ready)}
	for len(p.ready) < len(f) {
		p.room = append(p.room[:0], p.ready...)
		p.room = p.more(p.room, ask)
		p.ready = p.room
	}
	n := copy(f, p.ready)
	p.ready = p.ready[n:]
	return min(len(f), max(0, p.made-len(p.ready)))
}

// empty tells whether nothing waits in the jitter buffer.
func (p *pipeline) empty() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.buffer.Empty()
}

// lasting returns how long a run that is pulled lasts.
func (p *pipeline) lasting(f audio.Frame) time.Duration {
	return time.Duration(len(f)) * time.Second / time.Duration(p.rate)
}

// more appends what the jitter buffer says comes next to dst.
func (p *pipeline) more(dst audio.Frame, ask jitter.Pull) audio.Frame {
	p.mu.Lock()
	next := p.buffer.Get(ask)
	p.mu.Unlock()
	if next.Action == jitter.Play {
		p.voice = p.voices[next.Packet.PayloadType]
		if sound, ok := p.voice.play(dst, next.Packet.Payload, next.Stretch); ok {
			p.made = 0
			return sound
		}
		next.Duration = beat // nonsense from the network
	}
	sound := p.voice.lost(dst, next.Duration)
	p.made += len(sound) - len(dst)
	return sound
}

// play appends the sound of a packet, made longer or shorter as the jitter
// buffer advises; false where there is none in it.
func (v *voice) play(dst audio.Frame, payload []byte, stretch time.Duration) (audio.Frame, bool) {
	frame, err := v.decoder.Decode(v.frame[:0], payload)
	if err != nil || len(frame) == 0 {
		return dst, false
	}
	switch most := v.count(stretch.Abs()); {
	case stretch > 0:
		frame = v.concealer.Accelerate(frame, most)
	case stretch < 0:
		frame = v.concealer.Expand(frame, most)
	default:
		v.concealer.Good(frame)
	}
	v.frame = frame
	return v.up.Process(dst, frame), true
}

// lost appends sound made up in place of what is missing.
func (v *voice) lost(dst audio.Frame, d time.Duration) audio.Frame {
	v.frame = append(v.frame[:0], make(audio.Frame, v.count(d))...)
	v.concealer.Lost(v.frame)
	return v.up.Process(dst, v.frame)
}

// count is how many samples last d, at least one.
func (v *voice) count(d time.Duration) int {
	return max(1, int(d*time.Duration(v.rate)/time.Second))
}
