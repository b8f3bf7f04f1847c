package media

import (
	"sync/atomic"
	"time"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/mixer"
	"github.com/callward/callward/audio/ring"
)

const (
	// earLead is what waits for the desk before it plays, so that neither clock's
	// unevenness is heard; earMost is where the clock of the desk is taken to be slower.
	earLead = 40 * time.Millisecond
	earMost = 160 * time.Millisecond
)

// ear is the agent's at what the peer says to a machine. The zero value hears nothing. Any goroutine.
type ear struct{ at atomic.Pointer[listener] }

// hear takes what the peer says at some rate, from the clock's goroutine.
func (e *ear) hear(f audio.Frame, rate int) {
	l := e.at.Load()
	if l == nil {
		return
	}
	if l.up == nil {
		l.up = mixer.NewResampler(rate, audio.DeskRate)
	}
	l.room = l.up.Process(l.room[:0], f)
	l.ring.Write(l.room) // what has no room is lost: the desk does not pull
}

// listener is a party of the desk that says nothing. The clock's goroutine owns up and room and writes the ring, the
// desk's owns the rest.
type listener struct {
	up      *mixer.Resampler // nil before anything is heard
	room    audio.Frame
	ring    *ring.Ring
	playing bool
	skipped [beatSamples]int16
}

func newListener() *listener {
	return &listener{ring: ring.New(int(2 * earMost * audio.DeskRate / time.Second))}
}

// Pull gives the desk what the peer says.
func (l *listener) Pull(f audio.Frame) {
	const lead, most = int(earLead * audio.DeskRate / time.Second), int(earMost * audio.DeskRate / time.Second)
	waiting := l.ring.Len()
	if !l.playing && waiting < lead {
		f.Silence()
		return
	}
	if waiting > most {
		for waiting > lead {
			waiting -= l.ring.Read(l.skipped[:min(len(l.skipped), waiting-lead)])
		}
	}
	n := l.ring.Read(f)
	f[n:].Silence()
	l.playing = n == len(f)
}

// Push says nothing to the peer.
func (l *listener) Push(audio.Frame) {}
