package exchange

import (
	"time"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/phone"
)

const (
	// forever is how long a robot talks to who does not hang up.
	forever = 24 * time.Hour
	// exchanging is how long an offer waits for its answer: a transaction's life
	// (RFC 3261, timer B).
	exchanging = 32 * time.Second
)

// The steps of which robots are made, for the goroutine of run. Each fails with
// errOver once the call has ended.

// join opens the media: from the first answer on, the peer hears p and p hears it.
func (c *call) join(p audio.Party) {
	c.session = c.engine.Join(phone.MediaSpec{LocalIP: host}, p, func(e phone.MediaEvent) { c.inbox.Put(e) })
}

// reject ends an incoming call with a status.
func (c *call) reject(status int) error {
	c.dialog.Reject(status)
	return c.wait(forever)
}

// answer answers an incoming call.
func (c *call) answer(p audio.Party) error {
	c.join(p)
	c.respond(c.offer, c.dialog.Accept)
	return c.agree()
}

// early lets the voice be heard before the answer, which is what accept sends
// later. A peer that makes no offer hears nothing before.
func (c *call) early(p audio.Party) (accept func(), err error) {
	c.join(p)
	if c.offer == nil {
		return func() { c.respond(nil, c.dialog.Accept) }, nil
	}
	var answer []byte
	c.respond(c.offer, func(sdp []byte) {
		answer = sdp
		c.dialog.Early(sdp)
	})
	return func() { c.dialog.Accept(answer) }, c.agree()
}

// agree waits for the answer to an offer, either way.
func (c *call) agree() error {
	before := c.agreed
	_, err := c.until(exchanging, func() bool { return c.agreed > before })
	return err
}

// hold puts the peer on hold or takes it back.
func (c *call) hold(on bool) error {
	c.deliver = append(c.deliver, c.dialog.Reoffer)
	c.session.Offer(on)
	return c.agree()
}

// place calls the phone. answered is false where it was not answered within limit.
func (c *call) place(p audio.Party, limit time.Duration) (answered bool, err error) {
	c.join(p)
	c.respond(nil, func(offer []byte) { c.dialog = c.invite(offer) })
	return c.until(limit, func() bool { return c.answered })
}

// finish waits until the voice has said all.
func (c *call) finish() error {
	_, err := c.until(forever, func() bool { return c.silent })
	return err
}

// wait lets the call go on for d.
func (c *call) wait(d time.Duration) error {
	_, err := c.until(d, func() bool { return false })
	return err
}
