package view

import (
	"strings"
	"time"

	"github.com/callward/callward/phone"
)

// triggerWords are the events that triggers follow, and triggerShort the same in a column; triggerAbout says more of them.
var (
	triggerWords = map[phone.TriggerName]string{
		phone.MissedCallTrigger: "Missed call", phone.VoicemailTrigger: "Voicemail received",
		phone.CallEndedTrigger: "Call ended", phone.FirstTextTrigger: "First text from a new number",
	}
	triggerShort = map[phone.TriggerName]string{
		phone.MissedCallTrigger: "Missed call", phone.VoicemailTrigger: "Voicemail",
		phone.CallEndedTrigger: "Call ended", phone.FirstTextTrigger: "First text",
	}
	triggerAbout = map[phone.TriggerName]string{
		phone.MissedCallTrigger: "A text to callers whose call nobody took. A blacklisted number never gets one.",
		phone.VoicemailTrigger:  "A text to callers who left a voice message. A blacklisted number never gets one.",
		phone.CallEndedTrigger:  "A text after a call, to the number that it was with. A blacklisted number never gets one.",
		phone.FirstTextTrigger:  "An answer to a number that nothing was written with before. A blacklisted number never gets one.",
	}
)

// notSent says why a trigger has sent nothing.
var notSent = map[phone.Withheld]string{
	phone.WithheldBlacklisted: "Not sent: this number is blacklisted",
	phone.WithheldHidden:      "Not sent: the caller hides the number",
	phone.WithheldShortCode:   "Not sent: this is a short code, and nobody reads there",
	phone.WithheldEmergency:   "Not sent: this is an emergency number",
	phone.WithheldOwn:         "Not sent: this is one of your own numbers",
	phone.WithheldStopped:     "Not sent: this number has sent STOP",
	phone.WithheldLoop:        "Not sent: two automatic texts in a row, and nobody has written since",
	phone.WithheldHours:       "Not sent: outside of working hours",
	phone.WithheldWho:         "Not sent: the trigger is not for this number",
	phone.WithheldOnce:        "Not sent: this number has had one lately",
	phone.WithheldOff:         "Not sent: the trigger is switched off",
	phone.WithheldLate:        "Not sent: Callward did not run when it was due",
	phone.WithheldAddress:     "Not sent: no text can be sent to this number",
	phone.WithheldAutomatic:   "Not sent: a machine wrote the text that it would answer",
}

// triggerOutcome says what a trigger came to, without a full stop but where a reason follows.
func triggerOutcome(w Words, t phone.Triggered) string {
	switch t.Outcome {
	case phone.TriggerSent:
		return w.L("Sent")
	case phone.TriggerWaiting:
		return w.L("Waiting")
	case phone.TriggerFailed:
		return w.L("Failed: {{.Why}}", map[string]any{"Why": w.L(t.Reason)})
	default:
		return w.L(notSent[t.Why])
	}
}

// whoWords say to whom a trigger sends, in its summary.
var whoWords = map[phone.TriggerWho]string{
	phone.TriggerAll: "to everybody", phone.TriggerContacts: "to contacts only", phone.TriggerUnknown: "to unknown numbers only",
}

// triggerSummary says when and to whom a trigger sends.
func triggerSummary(w Words, t phone.Trigger) string {
	if !t.On {
		return w.L("Off")
	}
	delay := w.L("At once")
	if t.Delay > 0 {
		delay = w.L("After {{.Time}}", map[string]any{"Time": spanWords(w, t.Delay)})
	}
	hours := w.L("always")
	if t.Hours != (phone.Hours{}) {
		hours = w.L("in working hours")
	}
	return strings.Join([]string{delay, w.L(whoWords[t.Who]), hours}, ", ")
}

// spanWords writes a time that something takes, in the largest unit that it is whole in.
func spanWords(w Words, d time.Duration) string {
	switch {
	case d >= 48*time.Hour && d%(24*time.Hour) == 0:
		return w.N("{{.Count}} days", int(d/(24*time.Hour)))
	case d >= time.Hour && d%time.Hour == 0:
		return w.N("{{.Count}} hours", int(d/time.Hour))
	case d >= time.Minute && d%time.Minute == 0:
		return w.N("{{.Count}} minutes", int(d/time.Minute))
	}
	return w.N("{{.Count}} seconds", int(d/time.Second))
}
