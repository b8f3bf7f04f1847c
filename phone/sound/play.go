package sound

import (
	"sync"
	"time"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/device"
	"github.com/callward/callward/audio/mixer"
	"github.com/callward/callward/audio/tempo"
	"github.com/callward/callward/phone"
)

const (
	// playTell is how often a playback tells where it is, in samples of the desk.
	playTell = audio.DeskRate / 5
	// playOpen is how long a device may take to begin, or to come back.
	playOpen = 2 * time.Second
	// fade is how long it takes to begin and to end without a click, in samples of the desk, and faded for how
	// long a playback that ends is still pulled.
	fade  = audio.DeskRate / 200
	faded = 100 * time.Millisecond
)

// Play begins to play a sound beside calls, on the speaker or the ring device. notify gets what becomes of it.
func (s *Sound) Play(spec phone.PlaySpec, notify func(phone.PlayEvent)) phone.Playback {
	p := &playback{
		sound: s, notify: notify, rate: spec.Sound.Rate, role: spec.Role, target: fade,
		reader: tempo.NewReader(spec.Sound.Data, spec.Sound.Rate),
		up:     mixer.NewResampler(spec.Sound.Rate, audio.DeskRate),
	}
	p.reader.SetSpeed(spec.Speed)
	p.reader.Seek(spec.From)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.watch = time.AfterFunc(0, p.begin)
	return p
}

// playback is a sound that is played; it satisfies phone.Playback and audio.Source. The desk's goroutine pulls it,
// any other may ask something of it; mu guards all, for as long as it takes to make 20 ms of sound.
type playback struct {
	sound  *Sound
	notify func(phone.PlayEvent)
	rate   int

	mu     sync.Mutex
	role   phone.DeviceRole // as asked for
	at     phone.DeviceRole // where the desk plays it; "" for nowhere
	reader *tempo.Reader
	up     *mixer.Resampler
	chunk  audio.Frame // at the rate of the sound
	ready  audio.Frame // at the desk's, not pulled yet
	gain   int         // from 0 to fade, on its way to target
	target int
	told   int         // samples since the last event
	pulled int         // how often, so that watch knows of a device that stands still
	seen   int         // of those, by watch
	ended  bool        // nobody is told any more
	watch  *time.Timer // runs begin, and then look
}

// begin takes the playback to the desk, where there is a device at all.
func (p *playback) begin() {
	if err := p.sound.present("play", device.Output); err != nil {
		p.end(err)
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.ended {
		p.move()
		p.watch = time.AfterFunc(playOpen, p.look)
	}
}

// move has the desk play it where it was asked for, from silence. mu is held.
func (p *playback) move() {
	p.at, p.gain, p.target = p.role, 0, fade
	p.sound.desk.Beside(deskRoles[p.at], p)
}

// look ends a playback that no device pulls.
func (p *playback) look() {
	p.mu.Lock()
	still := p.pulled == p.seen && !p.ended
	p.seen = p.pulled
	if !still && !p.ended {
		p.watch = time.AfterFunc(playOpen, p.look)
	}
	p.mu.Unlock()
	if still {
		p.end(noSound("play", device.ErrNoSound))
	}
}

// end tells that nothing more comes, and leaves the desk. It tells under mu, so that nothing is told after Close.
func (p *playback) end(err error) {
	p.mu.Lock()
	if !p.ended {
		p.ended = true
		p.notify(phone.PlayEvent{Position: p.reader.Position(), Ended: true, Err: err})
	}
	p.mu.Unlock()
	p.sound.desk.Unbeside(p)
}

// Pull implements audio.Source. The desk's goroutine.
func (p *playback) Pull(f audio.Frame) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pulled++
	n := p.fill(f)
	p.shape(f)
	if p.ended {
		return
	}
	p.told += n
	switch {
	case n < len(f): // the end; what the desk calls must not wait for the desk
		p.watch.Stop()
		p.watch = time.AfterFunc(0, func() { p.end(nil) })
		p.told = 0
	case p.told >= playTell:
		p.told = 0
		p.notify(phone.PlayEvent{Position: p.reader.Position()})
	}
}

// fill fills f, and returns how much of it is sound.
func (p *playback) fill(f audio.Frame) (n int) {
	if p.target == 0 && p.gain == 0 { // it waits to be moved, or is over
		f.Silence()
		return len(f)
	}
	for len(p.ready) < len(f)+fade && !p.reader.Done() {
		p.chunk = append(p.chunk[:0], make(audio.Frame, p.rate/100)...)
		p.ready = p.up.Process(p.ready, p.chunk[:p.reader.Read(p.chunk)])
		if p.reader.Done() { // it may end in the middle of a word
			end := p.ready[max(0, len(p.ready)-fade):]
			for i := range end {
				end[i] = int16(int(end[i]) * (len(end) - i) / fade)
			}
		}
	}
	n = copy(f, p.ready)
	p.ready = append(p.ready[:0], p.ready[n:]...)
	f[n:].Silence()
	return n
}

// shape fades f in or out.
func (p *playback) shape(f audio.Frame) {
	for i := range f {
		switch {
		case p.gain < p.target:
			p.gain++
		case p.gain > p.target:
			p.gain--
		case p.gain == fade:
			return
		}
		f[i] = int16(int(f[i]) * p.gain / fade)
	}
}

// Seek implements phone.Playback.
func (p *playback) Seek(to time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.reader.Seek(to)
}

// SetSpeed implements phone.Playback.
func (p *playback) SetSpeed(speed float64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.reader.SetSpeed(speed)
}

// SetRole implements phone.Playback.
func (p *playback) SetRole(role phone.DeviceRole) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.role == role || p.ended {
		return
	}
	if p.role = role; p.at != "" && p.target != 0 {
		p.target = 0
		time.AfterFunc(faded, p.change)
	}
}

// change goes on in another device, once it is silent.
func (p *playback) change() {
	p.sound.desk.Unbeside(p)
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.ended {
		p.move()
	}
}

// Close implements phone.Playback.
func (p *playback) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ended {
		return
	}
	p.ended, p.target = true, 0
	p.watch.Stop()
	time.AfterFunc(faded, func() { p.sound.desk.Unbeside(p) })
}
