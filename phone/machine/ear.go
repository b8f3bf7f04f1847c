package machine

import (
	"sync/atomic"
	"time"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/ring"
)

const (
	// patience is how long the disk may take no sound until some is lost.
	patience = 15 * time.Second
	// batch is how much sound is written at a time.
	batch = 100 * time.Millisecond
)

// ear takes what the caller says, at the rate of the message, from whoever serves to the machine's own goroutine.
type ear struct {
	rate  int
	heard int64 // samples; whoever serves
	news  int   // samples since the machine was roused; whoever serves
	ring  *ring.Ring
	real  atomic.Int64 // samples up to the last one that came from the network
	full  atomic.Bool  // some were lost
}

func newEar(rate int) *ear {
	return &ear{rate: rate, ring: ring.New(count(patience, rate))}
}

// take takes f, the last made samples of which were made up, and tells whether there is a batch.
func (e *ear) take(f audio.Frame, made int) bool {
	e.heard += int64(len(f))
	if made < len(f) {
		e.real.Store(e.heard - int64(made))
	}
	if e.ring.Write(f) < len(f) {
		e.full.Store(true)
	}
	e.news += len(f)
	if e.news < count(batch, e.rate) {
		return false
	}
	e.news = 0
	return true
}
