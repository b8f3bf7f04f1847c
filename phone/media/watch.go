package media

import (
	"time"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/sdp"
)

// watch sees to it that media that stops coming is noticed. It is owned by
// the session's goroutine.
type watch struct {
	stall, dead time.Duration

	due     bool      // media is to be expected: neither end holds the call
	since   time.Time // from when on it is
	stalled bool      // said so
	final   bool      // said so for good
}

// agree takes what was negotiated. A call that goes on after it was held has
// its full time again.
func (w *watch) agree(agreed *sdp.Session, hold bool, now time.Time) {
	due := agreed.Direction.Receives() && !agreed.Held && !hold
	if due && !w.due {
		w.since = now
	}
	w.due = due
}

// anew gives the call its full time, whatever was silent before: another fork plays, or
// the call is answered.
func (w *watch) anew(now time.Time) { w.since, w.stalled, w.final = now, false, false }

// look returns what there is to tell, nil for nothing. heard is when media
// last came.
func (w *watch) look(heard, now time.Time) phone.MediaEvent {
	if w.stalled && heard.After(w.since) && now.Sub(heard) < w.stall {
		w.stalled, w.final = false, false
		return phone.MediaResumed{}
	}
	if !w.due {
		return nil
	}
	since := w.since
	if heard.After(since) {
		since = heard
	}
	switch silence := now.Sub(since); {
	case silence >= w.dead && !w.final:
		w.stalled, w.final = true, true
		return phone.MediaStalled{Silence: silence, Final: true}
	case silence >= w.stall && !w.stalled:
		w.stalled = true
		return phone.MediaStalled{Silence: silence}
	}
	return nil
}
