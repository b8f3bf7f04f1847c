package control

import "github.com/callward/callward/phone"

// Event is something that happened.
type Event struct {
	// ID counts the events of this run of the program, without gaps.
	ID   uint64          `json:"id"`
	Time Time            `json:"time"`
	Kind phone.EventKind `json:"kind"`
	// Account, Call, Voicemail and Message are set by kind, else null.
	Account   *AccountStatus `json:"account"`
	Call      *CallDetail    `json:"call"`
	Voicemail *Voicemail     `json:"voicemail"`
	Message   *Text          `json:"message"`
	// Text is a sentence or a value, by kind.
	Text string `json:"text"`
}

func newEvent(e phone.Event) Event {
	out := Event{ID: e.Seq, Time: Time{e.Time}, Kind: e.Kind, Text: e.Text}
	if e.Account != nil {
		account := newAccountStatus(*e.Account)
		out.Account = &account
	}
	if e.Call != nil {
		call := newCallDetail(*e.Call)
		out.Call = &call
	}
	if e.Voicemail != nil {
		message := newVoicemail(*e.Voicemail)
		out.Voicemail = &message
	}
	if e.Message != nil {
		text := newText(*e.Message)
		out.Message = &text
	}
	return out
}
