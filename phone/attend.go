package phone

import (
	"slices"
	"time"
)

// maxMessages is how many callers the answering machine has at a time: more are a flood.
const maxMessages = 32

// attendance is the answering machine in a call. The loop owns it.
type attendance struct {
	phase     MachinePhase
	length    time.Duration
	level     float64
	listening bool
	// result and reason are how the call is written down.
	result Result
	reason string
}

// unanswered is a call that has rung for as long as its account lets it.
type unanswered struct{ call *call }

func (in unanswered) apply(l *loop) {
	c := in.call
	if !rings(c) || c.machine != nil {
		return
	}
	l.divert(c, Missed, "You did not take the call.", 480)
}

// divert has a call of a caller who is not blocked taken by the machine, or left to the provider. Where neither
// can be, it is refused with a status.
func (l *loop) divert(c *call, result Result, reason string, otherwise int) {
	acc := l.account(c.account)
	switch {
	case acc == nil: // closed meanwhile
	case acc.Account.Voicemail.Provider:
		l.decline(c, acc.Account.Voicemail.refusal(), result, reason+" It was left to your provider's voicemail.")
	case l.machineFault() != nil:
		l.decline(c, otherwise, result, reason+" "+Sentence(l.machineFault()))
	default:
		l.attend(c, result, reason+" Your voicemail answered.")
	}
}

// decline refuses a call that has no answer, and tells of it.
func (l *loop) decline(c *call, status int, result Result, reason string) {
	c.leg.dialog.Reject(status)
	l.finish(c, result, reason)
}

// refusal is the status that has the provider's voicemail take a call.
func (v AccountVoicemail) refusal() int {
	if v.Status == 0 {
		return 486
	}
	return v.Status
}

// machineFault says why the answering machine takes no call now; nil where it does.
func (l *loop) machineFault() error {
	switch {
	case l.noRoom:
		return fault(CodeStorage, "voicemail", "The disk is too full for voice messages.")
	case len(l.attended) >= maxMessages:
		return fault(CodeState, "voicemail", "Too many callers are leaving messages now.")
	}
	return nil
}

// attend gives a call to the answering machine. machineFault has let it.
func (l *loop) attend(c *call, result Result, reason string) {
	id, err := l.cfg.NewID()
	if err != nil {
		l.decline(c, 480, result, Sentence(err))
		return
	}
	l.calls = slices.DeleteFunc(l.calls, func(other *call) bool { return other == c })
	l.attended = append(l.attended, c)
	c.machine = &attendance{phase: MachineWaits, level: quietest, result: result, reason: reason}
	c.view.State = Messaging
	l.openMedia(c)
	c.leg.media.Machine(MachineSpec{Greeting: l.greetingFor(c), MaxLength: l.machine.MaxLength, Message: c.message(VoicemailID(id))})
	l.tellCall(c, EventMachine)
	l.answer(c)
}

// message is what is known of a caller who begins to leave one.
func (c *call) message(id VoicemailID) Voicemail {
	return Voicemail{
		ID: id, Call: c.view.ID, Account: c.view.Account, Number: c.view.Number, Name: c.view.Name, Blocked: c.blocked,
	}
}

// greetingFor is what a caller hears.
func (l *loop) greetingFor(c *call) Samples {
	kind := GreetingAll
	switch {
	case c.blocked:
		kind = GreetingBlocked
	case l.presence == Away:
		kind = GreetingAway
	}
	return l.greetings[kind]
}

// machineEvent is what the answering machine tells of a call that it has.
func (l *loop) machineEvent(c *call, e MediaMachine) {
	if m := c.machine; m != nil { // else it was picked up
		changed := m.phase != e.Phase
		m.phase, m.length, m.level = e.Phase, e.Length, e.Level
		if changed {
			l.tellCall(c, EventMachine)
		}
	}
}

// recorded is the end of a message, of a call that may have ended before.
func (l *loop) recorded(c *call, e MediaRecorded) {
	if e.Err != nil {
		l.cfg.Log.Error("message not recorded whole", "call", c.view.ID, "err", e.Err)
		if !c.blocked {
			l.emit(Event{Kind: EventNotice, Text: "A voice message could not be recorded whole: " + Sentence(e.Err)})
		}
	}
	if e.Kept {
		l.recorder.left(e.Message)
	}
	if c.view.State == Messaging && (e.Done || e.Err != nil) {
		l.drop(c, c.machine.result, c.machine.reason)
	}
}

// messages are those that are being left, for the snapshot.
func (l *loop) messages() []LiveMessage {
	var list []LiveMessage
	for _, c := range l.attended {
		if !c.blocked {
			m := c.machine
			list = append(list, LiveMessage{Call: c.view, Phase: m.phase, Length: m.length, Level: m.level, Listening: m.listening})
		}
	}
	return list
}

// pickUp gives a call that the machine has to the agent.
func (l *loop) pickUp(c *call) {
	l.attended = slices.DeleteFunc(l.attended, func(other *call) bool { return other == c })
	l.calls = append(l.calls, c)
	c.machine = nil
	c.leg.media.PickUp(l.machine.KeepPicked)
	c.view.State, c.view.Answered = Active, time.Now()
	l.tellCall(c, EventMachine)
	l.tellCall(c, EventCallChanged)
}
