package phone

import "context"

// presenceSetting keeps the Presence.
const presenceSetting = "presence"

// SetPresence says whether the agent takes calls, from the next one on; it is kept. It fails with CodeInvalid and CodeStorage.
func (p *Phone) SetPresence(ctx context.Context, presence Presence) error {
	if !presence.known() {
		return wrong("presence", "You can be available, away or dnd.")
	}
	if err := p.cfg.Store.SetSetting(ctx, presenceSetting, string(presence)); err != nil {
		return err
	}
	return p.ask(ctx, "presence", func(l *loop) error {
		if l.presence != presence {
			l.presence = presence
			l.emit(Event{Kind: EventPresence, Text: string(presence)})
		}
		return nil
	})
}

func (p Presence) known() bool { return p == Available || p == Away || p == DoNotDisturb }

// undisturbed takes care of a new call that must not ring, and tells whether it did. After an
// emergency call everything rings: it may be the call back.
func (l *loop) undisturbed(c *call, acc Account) bool {
	reason, status, diverted := "", 480, acc.Voicemail.After != 0
	switch {
	case l.lifelineHolds():
		return false
	case l.presence == DoNotDisturb:
		reason, status, diverted = "Do not disturb was on.", 486, diverted && l.machine.DoNotDisturb
	case l.presence == Away && l.machine.Away && diverted:
		reason = "You were away."
	case l.machine.Talking && diverted && l.talking():
		reason, status = "You were in a call.", 486
	default:
		return false
	}
	c.view.State = Messaging // it never rings
	l.begin(c)
	if diverted {
		l.divert(c, Missed, reason, status)
	} else {
		l.decline(c, status, Missed, reason)
	}
	return true
}
