package phone

import "time"

// EventKind names what happened.
type EventKind string

// The kinds.
const (
	EventAccount      EventKind = "account"       // Account is set
	EventCallStarted  EventKind = "call.started"  // Call is set, for all call.* kinds
	EventCallChanged  EventKind = "call.changed"  // state, mute, codec or name
	EventCallEnded    EventKind = "call.ended"    // with its result
	EventHistory      EventKind = "history"       // a call's first or last row was written, or one was deleted
	EventContacts     EventKind = "contacts"      // some were added, changed or deleted
	EventBlacklist    EventKind = "blacklist"     // entries were added, changed or removed
	EventScreening    EventKind = "screening"     // the screening log grew, or was cut
	EventProgress     EventKind = "progress"      // Text: how many of a file were read, while an import goes on
	EventDTMF         EventKind = "dtmf"          // Call; Text is the digit received
	EventMediaStalled EventKind = "media.stalled" // Call; Text says for how long
	EventMediaResumed EventKind = "media.resumed" // Call
	EventSound        EventKind = "sound"         // Text: device lost, returned, none
	EventVoicemail    EventKind = "voicemail"     // messages came, were changed or deleted
	EventMessage      EventKind = "message"       // Voicemail: one was left, and is on the disk; none tells of a blocked caller's
	EventPlayer       EventKind = "player"        // the player was opened, closed, paused, went on or ended
	EventMachine      EventKind = "machine"       // Call: the machine began or ended with it
	EventPresence     EventKind = "presence"      // Text: the presence
	EventText         EventKind = "text"          // Message: a text came or was written, or its state changed; it is on the disk
	EventTexts        EventKind = "texts"         // texts, drafts or what was seen of them changed
	EventComposing    EventKind = "composing"     // Text: the number of somebody who began to type, or stopped
	EventTriggers     EventKind = "triggers"      // the trigger log grew, or a trigger or gateway changed
	EventNotice       EventKind = "notice"        // Text: something the agent should know
	EventPractice     EventKind = "practice"      // Text: on or off
)

// Event is something that happened. Events are numbered without gaps and
// given to every subscriber in order.
type Event struct {
	Seq  uint64
	Time time.Time
	Kind EventKind
	// Account and Call are set by kind, else nil; they are copies.
	Account *AccountStatus
	Call    *Call
	// Voicemail is set by EventMessage.
	Voicemail *Voicemail
	// Message is set by EventText.
	Message *Text
	// Text is a sentence or a value, by kind.
	Text string
}

// Snapshot is the state of what is alive: immutable, numbered by the last
// event that it contains.
type Snapshot struct {
	Seq      uint64
	Accounts []AccountStatus
	Calls    []Call
	// Practice tells whether the practice exchange is on.
	Practice bool
	// Sound is "" when sound works, else a sentence about what is wrong.
	Sound string
	// Unscreened is until when nobody is blocked, after an emergency call; zero, or past, while screening is on.
	Unscreened time.Time
	// Messages are those that are being left, oldest first, but by blocked callers.
	Messages []LiveMessage
	// Player is what is played.
	Player Player
	// Presence is whether the agent takes calls.
	Presence Presence
	// Composing are those who are typing.
	Composing []Composing
	// Gateways are those that there are.
	Gateways []GatewayStatus
	// NoRoom is set while the disk is too full for messages to be taken.
	NoRoom bool
}
