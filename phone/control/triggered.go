package control

import "github.com/callward/callward/phone"

// Triggered is a row of trigger.log, and what trigger.test answers.
type Triggered struct {
	Time    Time              `json:"time"`
	Trigger phone.TriggerName `json:"trigger"`
	// Outcome is sent, withheld, waiting or failed. Why says by a word why it was withheld, Reason in a sentence.
	Outcome phone.TriggerOutcome `json:"outcome"`
	Why     phone.Withheld       `json:"why"`
	Reason  string               `json:"reason"`
	// Number is empty for a hidden caller.
	Number string `json:"number"`
	Name   string `json:"name"`
	// Event says what it was about; Call, Voicemail and Message are ids of what there is of it.
	Event     string            `json:"event"`
	Call      phone.CallID      `json:"call"`
	Voicemail phone.VoicemailID `json:"voicemail"`
	Message   phone.TextID      `json:"message"`
	// Via is the address of the account, or the gateway, of the event.
	Via  string `json:"via"`
	Test bool   `json:"test"`
	// Due is when it is to be sent.
	Due *Time `json:"due"`
	// Text is what was, or will be, sent, and Sent its id, empty while there is none.
	Text string       `json:"text"`
	Sent phone.TextID `json:"sent"`
}

func newTriggered(t phone.Triggered) Triggered {
	return Triggered{
		Time: Time{t.Time}, Trigger: t.Trigger, Outcome: t.Outcome, Why: t.Why, Reason: t.Reason, Number: t.Number, Name: t.Name,
		Event: t.Event, Call: t.Call, Voicemail: t.Voicemail, Message: t.Message, Via: t.Via, Test: t.Test, Due: happened(t.Due),
		Text: t.Text, Sent: t.Sent,
	}
}

// TriggerLog is the arguments of trigger.log.
type TriggerLog struct {
	// Search is text that a number or name has, and Outcome as in Triggered; empty for all.
	Search  string               `json:"search"`
	Outcome phone.TriggerOutcome `json:"outcome"`
	// Offset and Limit choose a part, the newest first; a Limit of 0 means all.
	Offset int `json:"offset"`
	Limit  int `json:"limit"`
}
