package device

import (
	"sync/atomic"
	"time"
	"unsafe"

	"github.com/gen2brain/malgo"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/ring"
)

const (
	rate = audio.DeskRate
	// depth is how many samples a stream holds at most, a third of a second: as
	// long as the desk may sleep without a gap in what the microphone heard.
	depth = 16384
)

// epoch is what the times of streams are counted from.
var epoch = time.Now()

// stream is an open device. The device's own thread writes ring or reads it, and
// the counters; the rest is constant from open to Close.
type stream struct {
	name    string
	host    *Host
	session *session
	dev     *malgo.Device

	ring    *ring.Ring
	turns   atomic.Uint64
	last    atomic.Int64 // nanoseconds since epoch
	stopped atomic.Bool
}

// Name is the device's, as it is listed.
func (s *stream) Name() string { return s.name }

// Turns counts how often the device has given or taken sound: it stands still
// when the device is gone. Any goroutine.
func (s *stream) Turns() uint64 { return s.turns.Load() }

// Last is when the device last gave or took sound. Any goroutine.
func (s *stream) Last() time.Time { return epoch.Add(time.Duration(s.last.Load())) }

// Stopped tells whether the system has stopped the device; some systems say
// nothing, and only Turns tells. Any goroutine.
func (s *stream) Stopped() bool { return s.stopped.Load() }

// Close gives the device back. It waits for the device's thread to end, and must
// be called once, by any goroutine.
func (s *stream) Close() error {
	// Uninit alone would wait for ever for the thread of a device that is gone.
	// Whether one that is gone could be stopped tells nothing.
	_ = s.dev.Stop()
	s.dev.Uninit()
	s.host.mu.Lock()
	defer s.host.mu.Unlock()
	s.session.streams--
	return s.session.release()
}

// turn counts a call of the device's thread, where it runs.
func (s *stream) turn() uint64 {
	s.last.Store(int64(time.Since(epoch)))
	return s.turns.Add(1)
}

// stop is called by a thread of the sound system.
func (s *stream) stop() { s.stopped.Store(true) }

// Capture is an open microphone. One goroutine reads it.
type Capture struct{ stream }

func newCapture() *Capture { return &Capture{stream{ring: ring.New(depth)}} }

// Read moves what was heard into f, oldest first, and returns how many samples
// that were. It does not wait.
func (c *Capture) Read(f audio.Frame) int { return c.ring.Read(f) }

// data is called by the device's thread.
func (c *Capture) data(_, heard []byte, _ uint32) {
	// The first run is what was lying there, of some odd length. Without it the
	// following ones are whole periods, and make whole packets.
	if c.turn() > 1 {
		c.ring.Write(samples(heard))
	}
}

// Playback is an open loudspeaker. One goroutine writes it.
type Playback struct {
	stream
	missed atomic.Uint64
}

func newPlayback() *Playback { return &Playback{stream: stream{ring: ring.New(depth)}} }

// Write queues samples to be heard, as many as there is room for, and returns
// how many that were. It does not wait.
func (p *Playback) Write(f audio.Frame) int { return p.ring.Write(f) }

// Len returns how many samples are queued at most; the device takes Period of
// them at a time.
func (p *Playback) Len() int { return p.ring.Len() }

// Missed counts the samples of silence that the device was given because nothing
// was queued. Any goroutine.
func (p *Playback) Missed() uint64 { return p.missed.Load() }

// data is called by the device's thread.
func (p *Playback) data(heard, _ []byte, _ uint32) {
	f := samples(heard)
	n := p.ring.Read(f)
	if n < len(f) {
		f[n:].Silence()
		p.missed.Add(uint64(len(f) - n))
	}
	p.turn()
}

// samples reads the bytes of the sound library, in the machine's own order and
// aligned as the library aligns them, as what they are.
func samples(b []byte) audio.Frame {
	if len(b) < 2 {
		return nil
	}
	return unsafe.Slice((*int16)(unsafe.Pointer(&b[0])), len(b)/2)
}
