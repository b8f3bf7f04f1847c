package phone

import (
	"context"
	"encoding/json"
	"time"
)

// quietest is the level of nothing, in dBov.
const quietest = -127

// ToVoicemail gives a call that rings here to the answering machine, or leaves it to the provider's voicemail
// where the account has that; id "" means the one that fits. It fails with CodeNotFound and CodeState, and with CodeStorage
// where the disk is too full.
func (p *Phone) ToVoicemail(ctx context.Context, id CallID) error {
	const op = "send to voicemail"
	return p.ask(ctx, op, func(l *loop) error {
		c, err := l.find(op, id, rings)
		if err != nil {
			return err
		}
		if acc := l.account(c.account); acc != nil && !acc.Account.Voicemail.Provider {
			if err := l.machineFault(); err != nil {
				return err
			}
		}
		l.divert(c, Declined, "You sent the call to voicemail.", 480)
		return nil
	})
}

// ListenIn lets the agent hear, or no longer hear, a message that is being left; id "" means the one that fits. It fails
// with CodeNotFound, and CodeState while the agent is in a call.
func (p *Phone) ListenIn(ctx context.Context, id CallID, on bool) error {
	const op = "listen in on"
	return p.ask(ctx, op, func(l *loop) error {
		c, err := l.findMessage(op, id, func(c *call) bool { return c.machine.listening != on })
		if err != nil {
			return err
		}
		if on {
			if l.talking() {
				return fault(CodeState, op, "You are in a call: end it before you listen in.")
			}
			l.attention()
		}
		l.listenIn(c, on)
		return nil
	})
}

// PickUp takes a call from the answering machine, as Answer takes one that rings; id "" means the one that fits. What the
// caller has said until then is kept as a message if MachineSettings.KeepPicked is set. It fails with CodeNotFound.
func (p *Phone) PickUp(ctx context.Context, id CallID) error {
	const op = "pick up"
	return p.ask(ctx, op, func(l *loop) error {
		c, err := l.findMessage(op, id, func(*call) bool { return true })
		if err == nil {
			l.attention()
			l.pickUp(c)
		}
		return err
	})
}

// findMessage returns the call that leaves a message, of an id or that fits. Nobody finds a blocked caller.
func (l *loop) findMessage(op string, id CallID, fits func(*call) bool) (*call, error) {
	var visible []*call
	for _, c := range l.attended {
		if !c.blocked {
			visible = append(visible, c)
		}
	}
	return find(visible, op, id, fits)
}

// talking tells whether the agent is in a call, or makes one.
func (l *loop) talking() bool {
	for _, c := range l.calls {
		if c.engaged() {
			return true
		}
	}
	return false
}

// listenIn has the agent hear a message, or not.
func (l *loop) listenIn(c *call, on bool) {
	if c.machine.listening != on {
		c.machine.listening = on
		c.leg.media.ListenIn(on)
		l.tellCall(c, EventMachine)
	}
}

// deafen has the agent hear no message that is being left.
func (l *loop) deafen() {
	for _, c := range l.attended {
		l.listenIn(c, false)
	}
}

// attention has the agent hear nothing else, for a call that begins.
func (l *loop) attention() {
	l.pausePlaying()
	l.deafen()
}

// machineSetting keeps MachineSettings, as JSON.
const machineSetting = "voicemail"

// usualMachine is what holds until something is set.
func (p *Phone) usualMachine() MachineSettings {
	language := "en"
	if p.cfg.Language == "de" {
		language = "de"
	}
	return MachineSettings{MaxLength: 3 * time.Minute, DoNotDisturb: true, KeepPicked: true, Language: language}
}

// MachineSettings returns how the answering machine works.
func (p *Phone) MachineSettings(ctx context.Context) (MachineSettings, error) {
	s := p.usualMachine()
	text, err := p.cfg.Store.Setting(ctx, machineSetting)
	if err != nil || text == "" {
		return s, err
	}
	stored := s
	if json.Unmarshal([]byte(text), &stored) != nil || stored.check() != nil { // of a newer program
		return s, nil
	}
	return stored, nil
}

// SetMachineSettings changes how the answering machine works, from the next call on. It fails with CodeInvalid and CodeStorage.
func (p *Phone) SetMachineSettings(ctx context.Context, s MachineSettings) error {
	if err := s.check(); err != nil {
		return err
	}
	text, err := json.Marshal(s)
	if err != nil {
		return &Error{Code: CodeInternal, Op: "voicemail settings", Err: err}
	}
	if err := p.cfg.Store.SetSetting(ctx, machineSetting, string(text)); err != nil {
		return err
	}
	p.tidyNow()
	return p.tellMachine(ctx, s)
}

func (s MachineSettings) check() error {
	switch {
	case s.MaxLength < 30*time.Second || s.MaxLength > 10*time.Minute:
		return wrong("max-length", "A message can be from 30 seconds to 10 minutes long.")
	case s.Keep != 0 && (s.Keep < 24*time.Hour || s.Keep > 3650*24*time.Hour):
		return wrong("keep", "Messages can be kept for ever, or from 1 day to 10 years.")
	case s.Language != "en" && s.Language != "de":
		return wrong("language", "The standard greeting can be in en or de.")
	}
	return nil
}

// tellMachine has the loop know the settings, and the greetings that go with them.
func (p *Phone) tellMachine(ctx context.Context, s MachineSettings) error {
	greetings, err := p.readGreetings(s.Language)
	if err != nil {
		p.cfg.Log.Error("greeting not read", "err", err)
		p.warn("A greeting could not be read, callers hear the beep alone: " + Sentence(err))
	}
	return p.ask(ctx, "voicemail settings", func(l *loop) error {
		l.machine, l.greetings = s, greetings
		l.emit(Event{Kind: EventVoicemail})
		return nil
	})
}
