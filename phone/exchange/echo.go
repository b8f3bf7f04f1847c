package exchange

import (
	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/ring"
)

// echo says back what it hears. The media clock's goroutine owns it. It is
// pulled right after it is pushed to, and so adds no delay of its own.
type echo struct{ heard *ring.Ring }

func newEcho() *echo { return &echo{ring.New(audio.Format{Rate: audio.DeskRate}.Samples(40))} }

// Push implements audio.Sink.
func (e *echo) Push(f audio.Frame) { e.heard.Write(f) }

// Pull implements audio.Source.
func (e *echo) Pull(f audio.Frame) { f[e.heard.Read(f):].Silence() }
