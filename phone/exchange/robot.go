package exchange

import (
	"time"

	"github.com/emiago/sipgo/sip"
)

// robot plays one end of a call on the goroutine of run; when it returns it hangs
// up.
type robot func(c *call) error

// robots are those that can be called, by number.
var robots = map[string]robot{
	"600": echoes,
	"601": speaks,
	"602": func(c *call) error { return c.reject(sip.StatusBusyHere) },
	"603": func(c *call) error { return c.reject(sip.StatusGlobalDecline) },
	"604": rings,
	"605": hangsUp,
	"606": holds,
	"607": speaksEarly,
}

// whose is the robot of a number: one to be called, or one that calls and is called back.
func whose(number string) robot {
	if play, found := robots[number]; found {
		return play
	}
	for _, r := range callers {
		if r.address == number+"@"+domain {
			return r.calledBack
		}
	}
	return nobody
}

func nobody(c *call) error { return c.reject(sip.StatusNotFound) }

func echoes(c *call) error {
	if err := c.answer(newEcho()); err != nil {
		return err
	}
	return c.wait(forever)
}

func speaks(c *call) error {
	c.voice.say(welcome, repeated)
	if err := c.answer(c.voice); err != nil {
		return err
	}
	return c.wait(forever)
}

func rings(c *call) error {
	c.dialog.Ring()
	return c.wait(forever)
}

func hangsUp(c *call) error {
	c.voice.say(goodbye, once)
	if err := c.answer(c.voice); err != nil {
		return err
	}
	return c.wait(5 * time.Second)
}

func holds(c *call) error {
	c.voice.say(hold, repeated)
	err := c.answer(c.voice)
	for on := true; err == nil; on = !on {
		if err = c.wait(3 * time.Second); err == nil {
			err = c.hold(on)
		}
	}
	return err
}

func speaksEarly(c *call) error {
	c.voice.say(early, once)
	accept, err := c.early(c.voice)
	if err != nil {
		return err
	}
	if err := c.wait(4 * time.Second); err != nil {
		return err
	}
	c.voice.say(answered, repeated)
	accept()
	return c.wait(forever)
}

// caller is a robot that calls.
type caller struct {
	// address is what its From claims, and name its display name.
	address, name string
	says          speech
}

// callers are those that there are, by name. Their numbers are from the ranges
// that Ofcom keeps for drama.
var callers = map[string]caller{
	"jo":      {address: "+442079460123@" + domain, name: "Jo Harper", says: jo},
	"unknown": {address: "+441632960456@" + domain, says: unknown},
	"hidden":  {address: "anonymous@anonymous.invalid", name: "Anonymous", says: hidden}, // RFC 3323, 4.1.1.3
}

func (r caller) calledBack(c *call) error {
	c.voice.say(r.says, once)
	if err := c.answer(c.voice); err != nil {
		return err
	}
	return c.speakOut(r.says)
}

func (r caller) play(c *call) error {
	answered, err := c.place(c.voice, c.patience)
	if err != nil || !answered {
		return err
	}
	c.voice.say(r.says, once)
	return c.speakOut(r.says)
}

// replying is how long a robot listens to a reply, at most.
const replying = 30 * time.Second

// speakOut waits until a text is said, and for a reply. To an answering machine it is said again.
func (c *call) speakOut(text speech) error {
	if err := c.finish(); err != nil {
		return err
	}
	c.calm = false
	if _, err := c.until(replying, func() bool { return c.beeped || c.calm }); err != nil || !c.beeped {
		return err
	}
	c.silent = false
	c.voice.say(text, once)
	if err := c.finish(); err != nil {
		return err
	}
	return c.wait(time.Second)
}
