package phone

import (
	"strings"
	"time"
	"unicode/utf8"
)

// texted is a MESSAGE that came.
type texted IncomingText

// apply refuses what comes from a blocked identity, whatever the mode: there is no voice message in it to be left. What
// passes is kept before it is answered.
func (in texted) apply(l *loop) {
	acc := l.account(in.Account)
	if acc == nil {
		in.Answer(480)
		return
	}
	l.received(IncomingText(in), acc.Account)
}

// received screens a text that came to an account, or to a gateway that is told of as one.
func (l *loop) received(in IncomingText, acc Account) {
	caller := l.identify(in.Caller, acc)
	shown, _ := caller.Shown()
	if v := l.verdict(caller, acc); v.Blocked() {
		l.refuseText(in, caller, acc, v)
		return
	}
	switch {
	case in.Kind == KindText && in.Type == "" && strings.TrimSpace(in.Text) == "": // nothing was written
		in.Answer(200)
	case in.Kind == KindComposing:
		in.Answer(200)
		l.composes(shown.Number, in)
	case in.Kind == KindNote:
		l.outbox.note(in, shown.Number)
	default:
		l.postbox.put(receivedText{in, acc, shown})
	}
}

// refuseText answers what a blocked sender wrote; nobody hears of it but the screening log.
func (l *loop) refuseText(in IncomingText, caller Caller, acc Account, v Verdict) {
	if l.screening.DropTexts {
		in.Answer(200)
	} else {
		in.Answer(603)
	}
	if in.Kind != KindText {
		return
	}
	row := l.screened(ScreenedText, caller, acc, v)
	row.Text = in.Text
	if len(row.Text) > MaxScreenedText {
		row.Text = row.Text[:MaxScreenedText]
		for !utf8.ValidString(row.Text) {
			row.Text = row.Text[:len(row.Text)-1]
		}
	}
	l.recorder.screened(row)
	if row.Number != "" && l.textSettings().stops(in.Text) { // that much is heard
		l.postbox.put(stoppedBy(row.Number))
	}
	l.triggers.put(triggerEvent{
		name: FirstTextTrigger, number: row.Number, caller: row.Name, via: acc.Address, blocked: true, at: time.Now(),
	})
}

// composes notes that somebody types, or no longer.
func (l *loop) composes(number string, in IncomingText) {
	if number == "" {
		return
	}
	if !in.Composing {
		l.stopComposing(number)
		return
	}
	until := time.Now().Add(in.Refresh)
	_, before := l.composing[number]
	l.composing[number] = until
	time.AfterFunc(in.Refresh, func() { l.inbox.Put(composingOver{number, until}) })
	if !before {
		l.emit(Event{Kind: EventComposing, Text: number})
	}
}

// stopComposing takes somebody off those who type.
func (l *loop) stopComposing(number string) {
	if _, found := l.composing[number]; found {
		delete(l.composing, number)
		l.emit(Event{Kind: EventComposing, Text: number})
	}
}

// composingOver is the end of what was said of somebody who types.
type composingOver struct {
	number string
	until  time.Time
}

func (in composingOver) apply(l *loop) {
	if l.composing[in.number].Equal(in.until) {
		l.stopComposing(in.number)
	}
}
