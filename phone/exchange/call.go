package exchange

import (
	"errors"
	"log/slog"
	"time"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/media"
)

// errOver tells a robot that its call is over.
var errOver = errors.New("the call is over")

// call is a robot's end of a call: a dialog and its media. It is owned by the
// goroutine of run, which plays the robot; what happens meanwhile waits in
// the inbox, where tell puts it from any goroutine.
type call struct {
	log    *slog.Logger
	engine *media.Engine
	inbox  *phone.Mailbox[any] // phone.DialogEvent, phone.MediaEvent, spoken or heard
	stop   <-chan struct{}     // closed when the exchange stops

	dialog phone.Dialog
	// offer is the peer's; nil where its INVITE had none, or the robot calls.
	offer []byte
	// invite begins the dialog of a robot that calls, and patience is how long it
	// lets the phone ring.
	invite   func(offer []byte) phone.Dialog
	patience time.Duration
	session  phone.MediaSession // nil before the robot has something to say
	voice    *voice

	// deliver take the offers and answers that the session was asked for, in order.
	deliver []func(sdp []byte)
	// agreed counts how often an offer and its answer came to an end, good or bad.
	agreed int
	// answered is set once the robot's own INVITE was, silent once its voice has
	// said all.
	answered, silent bool
	// beeped is set once an answering machine wanted a message, calm while the other side says nothing.
	beeped, calm bool
	// over and closed are set by the last events of dialog and session.
	over, closed bool
}

func (s *service) newCall() *call {
	c := &call{log: s.log, engine: s.engine, inbox: phone.NewMailbox[any](), stop: s.ctx.Done(), patience: s.patience}
	c.voice = newVoice(s.speeches, func() { c.inbox.Put(spoken{}) }, func(h heard) { c.inbox.Put(h) })
	return c
}

// spoken tells that the voice has said all.
type spoken struct{}

func (c *call) tell(e phone.DialogEvent) { c.inbox.Put(e) }

// run plays the robot, and ends the call when it has done so.
func (c *call) run(play func(c *call) error) {
	if err := play(c); err != nil && !errors.Is(err, errOver) {
		c.log.Warn("practice exchange: the robot gave up", "err", err)
	}
	c.end()
	if c.session == nil {
		c.closed = true
	} else {
		c.session.Close()
	}
	timer := time.NewTimer(closing)
	defer timer.Stop()
	for !c.over || !c.closed {
		select {
		case <-c.inbox.Ready():
			c.take()
			continue
		case <-timer.C:
		case <-c.stop: // whoever stops it closes all dialogs and sessions
		}
		break
	}
	c.inbox.Close()
}

// until takes what happens until done says so. ok is false where that was not
// within limit; it fails with errOver where the call ended first.
func (c *call) until(limit time.Duration, done func() bool) (ok bool, err error) {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	for {
		switch {
		case c.over:
			return false, errOver
		case done():
			return true, nil
		}
		select {
		case <-c.inbox.Ready():
			c.take()
		case <-timer.C:
			return false, nil
		case <-c.stop:
			return false, errOver
		}
	}
}

func (c *call) take() {
	for _, e := range c.inbox.Take() {
		switch e := e.(type) {
		case phone.DialogEvent:
			c.onDialog(e)
		case phone.MediaEvent:
			c.onMedia(e)
		case spoken:
			c.silent = true
		case heard:
			c.beeped = c.beeped || e == beeped
			c.calm = e == calm
		}
	}
}

func (c *call) onDialog(e phone.DialogEvent) {
	switch e := e.(type) {
	case phone.DialogAnswered:
		c.answered = true
		c.session.Accept(e.Fork, e.Answer)
	case phone.DialogConfirmed:
		if e.Answer != nil {
			c.session.Accept("", e.Answer)
		}
	case phone.DialogOffered:
		c.respond(e.Offer, c.dialog.Reply)
	case phone.DialogReanswered:
		c.session.Accept("", e.Answer)
	case phone.DialogReofferFailed:
		c.agreed++
	case phone.DialogEnded:
		c.over = true
	}
}

func (c *call) onMedia(e phone.MediaEvent) {
	switch e := e.(type) {
	case phone.MediaOffer:
		c.delivered(e.SDP)
	case phone.MediaAnswer:
		c.delivered(e.SDP)
		c.agreed++
	case phone.MediaAgreed:
		c.agreed++
	case phone.MediaFailed:
		c.log.Warn("practice exchange: no sound", "err", e.Err)
		c.end()
	case phone.MediaStalled:
		if e.Final { // the phone is gone without a word
			c.end()
		}
	case phone.MediaClosed:
		c.closed = true
	}
}

// end hangs up; DialogEnded follows.
func (c *call) end() {
	if c.dialog == nil {
		c.over = true
		return
	}
	c.dialog.End()
}

// respond answers an offer, or makes one where there is none; deliver gets it.
func (c *call) respond(offer []byte, deliver func(sdp []byte)) {
	c.deliver = append(c.deliver, deliver)
	if offer == nil {
		c.session.Offer(false)
	} else {
		c.session.Answer(offer)
	}
}

// delivered gives an offer or answer of the session to who asked for it.
func (c *call) delivered(sdp []byte) {
	deliver := c.deliver[0]
	c.deliver = c.deliver[1:]
	deliver(sdp)
}
