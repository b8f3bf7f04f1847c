package device

import (
	"sync/atomic"
	"time"

	"github.com/gen2brain/malgo"

	"github.com/callward/callward/audio"
)

// stream is an open device.
type stream struct {
	name    string
	host    *Host
	session *session
	dev     *malgo.Device
	port    *port
	stopped atomic.Bool
}

// Name is the device's, as it is listed.
func (s *stream) Name() string { return s.name }

// Turns counts how often the device has given or taken sound: it stands still
// when the device is gone. Any goroutine.
func (s *stream) Turns() uint64 { return s.port.turns() }

// Last is when the device last gave or took sound, in the distant past where it
// has not yet. Any goroutine.
func (s *stream) Last() time.Time { return s.port.last() }

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
	s.port.release()
	s.host.mu.Lock()
	defer s.host.mu.Unlock()
	s.session.streams--
	return s.session.release()
}

// stop is called by a thread of the sound system.
func (s *stream) stop() { s.stopped.Store(true) }

// Capture is an open microphone. One goroutine reads it.
type Capture struct{ stream }

// Read moves what was heard into f, oldest first, and returns how many samples
// that were. It does not wait.
func (c *Capture) Read(f audio.Frame) int { return c.port.ring.Read(f) }

// Len returns how many samples can be read at least.
func (c *Capture) Len() int { return c.port.ring.Len() }

// Playback is an open loudspeaker. One goroutine writes it.
type Playback struct{ stream }

// Write queues samples to be heard, as many as there is room for, and returns
// how many that were. It does not wait.
func (p *Playback) Write(f audio.Frame) int { return p.port.ring.Write(f) }

// Len returns how many samples are queued at most.
func (p *Playback) Len() int { return p.port.ring.Len() }

// Most returns how many samples the device has taken at a time at most. Any
// goroutine.
func (p *Playback) Most() int { return p.port.most() }

// Missed counts the samples of silence that the device was given because nothing
// was queued. Any goroutine.
func (p *Playback) Missed() uint64 { return p.port.missed() }
