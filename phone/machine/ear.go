package machine

import (
	"sync/atomic"
	"time"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/mixer"
	"github.com/callward/callward/audio/ring"
)

const (
	// patience is how long the disk may take no sound until some is lost.
	patience = 15 * time.Second
	// batch is how much sound is written at a time.
	batch = 100 * time.Millisecond
	// held is how much of the last sound from the network the two resamplers on its way still hold when the first that
	// is made up comes.
	held = 6 * time.Millisecond
)

// ear takes what the caller says, at the rate of the message, from whoever serves to the machine's own goroutine.
type ear struct {
	rate int
	down *mixer.Resampler // whoever serves
	room audio.Frame      // whoever serves
	desk int64            // samples heard, at the desk's rate; whoever serves
	news int              // samples since the machine was roused; whoever serves
	ring *ring.Ring
	real atomic.Int64 // samples up to the last one that came from the network
	full atomic.Bool  // some were lost
}

func newEar(rate int) *ear {
	return &ear{rate: rate, down: mixer.NewResampler(audio.DeskRate, rate), ring: ring.New(count(patience, rate))}
}

// take takes f, the last made samples of which were made up, and tells whether there is a batch.
func (e *ear) take(f audio.Frame, made int) bool {
	e.desk += int64(len(f))
	if made < len(f) {
		e.real.Store((e.desk-int64(made))*int64(e.rate)/audio.DeskRate + int64(count(held, e.rate)))
	}
	e.room = e.down.Process(e.room[:0], f)
	if e.ring.Write(e.room) < len(e.room) {
		e.full.Store(true)
	}
	e.news += len(e.room)
	if e.news < count(batch, e.rate) {
		return false
	}
	e.news = 0
	return true
}
