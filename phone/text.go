package phone

import "time"

// TextID names a text for ever (a UUIDv7).
type TextID string

// MaxText is how long a text may be, in bytes.
const MaxText = 64 << 10

// Text is one text message, to or from one number.
type Text struct {
	ID TextID
	// Row is its place in time among all texts: when it was written or received, in milliseconds since 1970, or the
	// next that was free. The store gives it.
	Row       int64
	Direction Direction
	// Number is the other side's normal form, and names the thread; "" for senders who hide.
	Number string
	// Via is how it travels: the address of an account, or the name of a gateway.
	Via string
	// Body is what it says: MaxText bytes of UTF-8 at most. Of a received one that is no text for a person it is "",
	// and Type its content type; else Type is "".
	Body, Type string
	// Time is when it was written or received.
	Time  time.Time
	State TextState
	// Reason says in a sentence why it has failed, or still waits; else "".
	Reason string
	// Settled is when it was sent, delivered, or failed. Of one that waits it is when the agent had it sent again; else zero.
	Settled time.Time
	// Seen tells of a received one that the agent has seen it.
	Seen bool
	// Trigger is the trigger that wrote it; "" for the agent, or the other side.
	Trigger TriggerName
	// Automatic tells of a received one that a machine wrote it, as it says itself.
	Automatic bool
	// Origin names a received one, so that it is kept once however often it comes. Ref is how the gateway names a
	// sent one. Both may be "".
	Origin, Ref string
	// First tells of a received one that nothing was written with its number before. It is never saved.
	First bool
}

// TextState is what became of a text.
type TextState string

// The states. Sent goes on to delivered where the other side tells.
const (
	TextReceived  TextState = "received"
	TextWaiting   TextState = "waiting" // it is on the disk, and will be sent
	TextSent      TextState = "sent"    // the server has taken it
	TextDelivered TextState = "delivered"
	TextFailed    TextState = "failed"
)

// QueuedText is a text that waits to be sent, with what its next MESSAGE needs.
type QueuedText struct {
	Text
	// CallID is the same at each try, CSeq that of the last one, 0 before the first.
	CallID string
	CSeq   uint32
}

// TextOutcome is what became of a text that was sent.
type TextOutcome struct {
	State  TextState
	Reason string
	// Ref is how the gateway names it; "" leaves it as it is.
	Ref string
	At  time.Time
}

// TextRequest is a text that the agent writes.
type TextRequest struct {
	// Number is as typed: a telephone number, an extension, a SIP address or a link.
	Number string
	Body   string
	// Via is the address of an account or the name of a gateway; "" means that of the thread, else the usual one.
	Via string
}

// TextFeatures are what a number's texting program is known to do.
type TextFeatures struct {
	// Notes tells that it understands message/cpim and sends delivery notes (RFC 5438).
	Notes bool
	// Composing tells that it understands "is typing" (RFC 3994).
	Composing bool
}

// Thread is all texts with one number.
type Thread struct {
	// Number is the normal form; "" is the thread of senders who hide.
	Number string
	// Name is of the contact or entry that it belongs to, else what the sender calls itself; may be empty. Contact and
	// Entry, the entry that blocks the number, are zero for none. What is stored of them all is the sender's Name alone.
	Name    string
	Contact ContactID
	Entry   Entry
	// Via is how the last text came or went; "" where there is none.
	Via string
	// Last is the newest text, with Body cut to a first line; its ID is "" where there is none.
	Last Text
	// Unread is how many texts the agent has not seen, FirstUnread the Row of the oldest of them; 0 for none.
	Unread      int
	FirstUnread int64
	// Draft is what the agent has begun to write.
	Draft    string
	Features TextFeatures
	// Stopped is since when the number wants no automatic texts: it has sent STOP. Zero where it does.
	Stopped time.Time
}

// ThreadQuery chooses a part of the threads, the one with the newest text or draft first.
type ThreadQuery struct {
	// Search is text that number or name has anywhere; Named are numbers of contacts that it finds.
	Search string
	Named  []string
	// Unread chooses those alone that have unread texts.
	Unread bool
	// Offset and Limit choose the part; a Limit of 0 means all from Offset on.
	Offset, Limit int
}

// PlaceKind orders what happened in the same millisecond.
type PlaceKind int

// The kinds of what stands in a thread.
const (
	PlaceText PlaceKind = iota + 1
	PlaceCall
	PlaceVoicemail
)

// Place is where something stands in a thread: by Row, then by Kind. Row is milliseconds since 1970, or the next that was free.
type Place struct {
	Row  int64
	Kind PlaceKind
}

// Before tells whether p stands before other.
func (p Place) Before(other Place) bool {
	return p.Row < other.Row || p.Row == other.Row && p.Kind < other.Kind
}

// ThreadItem is what stands in a thread: one of Text, Call and Voicemail is set, by Place.Kind.
type ThreadItem struct {
	Place
	Text      *Text
	Call      *CallRecord
	Voicemail *Voicemail
}

// TimelineQuery chooses a part of what stands in a thread: texts, and calls and voice messages of the same number.
type TimelineQuery struct {
	Number string
	// From is where to begin; the zero Place is the end of the thread with Back, else its beginning.
	From Place
	// Back chooses those before From, without it those from From on.
	Back bool
	// Limit is how many, at least 1.
	Limit int
}

// TextSearch looks for words in all texts, newest first.
type TextSearch struct {
	// Text is words, each of which a text has, or begins one that it has.
	Text string
	// Before is the Row that what is found is older than; 0 for the newest. Limit is how many, at least 1.
	Before int64
	Limit  int
}

// TextFound is a text that was found.
type TextFound struct {
	Text Text
	// Name is whom the number belongs to.
	Name string
	// Snippet is the part of the text around what was found; Marks are where that stands in it, from and to, in bytes.
	Snippet string
	Marks   [][2]int
}

// Composing is somebody who is typing a text to us.
type Composing struct {
	Number string
	Until  time.Time
}

// TextSettings is how texts work, for all accounts.
type TextSettings struct {
	// Via is what a first text to a telephone number goes by: the address of an account or the name of a gateway; "" is the
	// default account.
	Via string
	// Composing tells those whose program understands it that the agent is typing.
	Composing bool
	// Sound plays a sound for a text that comes.
	Sound bool
	// StopWords and StartWords are words that end and begin automatic texts, beside STOP and START.
	StopWords, StartWords []string
	// Templates are what the agent can insert by /.
	Templates []TextTemplate
}

// TextTemplate is a text that is ready to be inserted.
type TextTemplate struct{ Name, Text string }
