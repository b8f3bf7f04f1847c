package exchange

import (
	"sync/atomic"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/mixer"
)

const (
	voiceRate = 8000
	// chunk is how much is made ready at a time: 20 ms.
	chunk = voiceRate / 50
	// pause is between two times that a text is said.
	pause = voiceRate
)

// utterance is a text that is said.
type utterance struct {
	sound audio.Frame
	times times
}

// times is how often a text is said.
type times bool

const (
	once     times = false
	repeated times = true
)

// voice says texts, and listens for when it is its turn. The media clock's goroutine owns it, but
// say may be called from any.
type voice struct {
	ear
	speeches speeches
	next     atomic.Pointer[utterance] // to say instead; nil once it is taken up
	ended    func()                    // told when a text that is said once has been

	now   utterance
	at    int // in now.sound
	up    *mixer.Resampler
	ready audio.Frame // at the desk's rate, not yet pulled
}

func newVoice(all speeches, ended func(), tell func(heard)) *voice {
	return &voice{ear: ear{tell: tell}, speeches: all, ended: ended, up: mixer.NewResampler(voiceRate, audio.DeskRate)}
}

// say begins to say a text, from its beginning, instead of what is said now.
func (v *voice) say(s speech, how times) { v.next.Store(&utterance{sound: v.speeches[s], times: how}) }

// Push implements audio.Sink.
func (v *voice) Push(f audio.Frame) { v.hear(f) }

// Pull implements audio.Source.
func (v *voice) Pull(f audio.Frame) {
	for len(v.ready) < len(f) {
		var run [chunk]int16
		v.speak(run[:])
		v.ready = v.up.Process(v.ready, run[:])
	}
	copy(f, v.ready)
	v.ready = append(v.ready[:0], v.ready[len(f):]...)
}

// speak fills f, which is silent, with what comes next.
func (v *voice) speak(f audio.Frame) {
	if next := v.next.Swap(nil); next != nil {
		v.now, v.at = *next, 0
	}
	if v.now.sound == nil {
		return
	}
	if v.at < len(v.now.sound) {
		copy(f, v.now.sound[v.at:])
	}
	v.at += len(f)
	switch {
	case v.at < len(v.now.sound):
	case v.now.times == once:
		v.now = utterance{}
		v.ended()
	case v.at >= len(v.now.sound)+pause:
		v.at = 0
	}
}
