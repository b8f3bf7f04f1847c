package phone

import "time"

// TriggerName names one of the events that a text can follow by itself.
type TriggerName string

// The triggers. Each is there from the start, switched off.
const (
	MissedCallTrigger TriggerName = "missed-call" // blocked calls count, and are withheld
	VoicemailTrigger  TriggerName = "voicemail-received"
	CallEndedTrigger  TriggerName = "call-ended"
	FirstTextTrigger  TriggerName = "first-text" // of a number that nothing was written with before
)

// TriggerNames are all of them, in the order in which they are listed.
var TriggerNames = []TriggerName{MissedCallTrigger, VoicemailTrigger, CallEndedTrigger, FirstTextTrigger}

// TriggerWho says to whom a trigger sends.
type TriggerWho string

// To whom.
const (
	TriggerAll      TriggerWho = "all"
	TriggerContacts TriggerWho = "contacts"
	TriggerUnknown  TriggerWho = "unknown" // those alone who are no contacts
)

// Trigger is a text that the program sends by itself on an event.
type Trigger struct {
	Name TriggerName
	On   bool
	// Template is the text, with {name}, {first_name}, {number}, {agent}, {account} and {time} in it; MaxTemplate letters at most.
	Template string
	// Delay is how long after the event it is sent: 0 to MaxTriggerDelay.
	Delay time.Duration
	Who   TriggerWho
	// Once is for how long the same number gets no second one: 0 for always one, to a year.
	Once time.Duration
	// Hours is when it sends; the zero value is always.
	Hours Hours
	// Direction and Answered choose among calls that have ended, for CallEndedTrigger: "" and AnyAnswer are all.
	Direction Direction
	Answered  TriggerAnswered
}

// TriggerAnswered chooses among calls.
type TriggerAnswered string

// Which calls.
const (
	AnyAnswer  TriggerAnswered = ""
	IfAnswered TriggerAnswered = "answered"
	Unanswered TriggerAnswered = "unanswered"
)

// The bounds of a Trigger.
const (
	MaxTemplate     = 1600
	MaxTriggerDelay = 24 * time.Hour
	MaxTriggerOnce  = 365 * 24 * time.Hour
)

// Hours are working hours, in local time: on some days from a time of day to another. The zero value is always.
type Hours struct {
	// Days are the days, by time.Weekday; none at all means every day.
	Days [7]bool
	// From and To are since midnight, up to 24 h; both 0 mean the whole day. Where To is before From they go over midnight,
	// and belong to the day on which they begin.
	From, To time.Duration
}

// TriggerOutcome is what a trigger came to.
type TriggerOutcome string

// The outcomes. Sent and withheld are final, and so is failed, but where a text that was deleted comes back.
const (
	TriggerWaiting  TriggerOutcome = "waiting"
	TriggerSent     TriggerOutcome = "sent"
	TriggerWithheld TriggerOutcome = "withheld"
	TriggerFailed   TriggerOutcome = "failed" // the text could not be sent
)

// Withheld says why nothing was sent.
type Withheld string

// Why.
const (
	WithheldBlacklisted Withheld = "blacklisted"
	WithheldHidden      Withheld = "hidden"    // the caller hides
	WithheldShortCode   Withheld = "shortcode" // nobody reads there
	WithheldEmergency   Withheld = "emergency"
	WithheldOwn         Withheld = "own"       // one of the agent's own numbers
	WithheldStopped     Withheld = "stopped"   // it has sent STOP
	WithheldLoop        Withheld = "loop"      // two automatic texts in a row, and no person has written
	WithheldHours       Withheld = "hours"     // outside of working hours
	WithheldWho         Withheld = "who"       // no contact, or one
	WithheldOnce        Withheld = "once"      // it has had one lately
	WithheldOff         Withheld = "off"       // switched off meanwhile
	WithheldLate        Withheld = "late"      // the program did not run when it was due
	WithheldAddress     Withheld = "address"   // nothing that a text can be sent to
	WithheldAutomatic   Withheld = "automatic" // a machine wrote the text that it would answer
)

// Triggered is a row of the trigger log: what a trigger did about one event.
type Triggered struct {
	// Row names it; 0 for one that is not written yet.
	Row     int64
	Time    time.Time
	Trigger TriggerName
	// Test tells that the agent tried it.
	Test bool
	// Event says what it was about, in a sentence: such as "Missed call at 10:42"; Call, Voicemail and Message are what there is of it.
	Event     string
	Call      CallID
	Voicemail VoicemailID
	Message   TextID
	// Number is the normal form, "" for a hidden caller, Name whom it belongs to.
	Number, Name string
	// Via is the address of the account, or the gateway, of the event.
	Via     string
	Outcome TriggerOutcome
	// Why is set where it was withheld; Reason says it, or why it failed, in a sentence.
	Why    Withheld
	Reason string
	// Due is when it is to be sent.
	Due time.Time
	// Text is what was, or will be, sent, and Sent its id, "" while there is none.
	Text string
	Sent TextID
}

// TriggerLogQuery chooses a part of the trigger log, newest first.
type TriggerLogQuery struct {
	// Search is text that name or number has anywhere; Outcome "" is all.
	Search  string
	Outcome TriggerOutcome
	// Offset and Limit choose the part; a Limit of 0 means all from Offset on.
	Offset, Limit int
}

// MaxTriggered is how many rows the trigger log has at most, but for a while.
const MaxTriggered = 100_000
