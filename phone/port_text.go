package phone

import (
	"context"
	"time"
)

// TextStore keeps the texts; data satisfies it. Methods block on the disk and are never called by the loop. What was
// deleted leaves a tombstone until it is dropped.
type TextStore interface {
	// AddTexts inserts texts, all or none, and returns those that were, with Row and First. A received one whose Origin is
	// there already, deleted or not, is left out. name is what senders call themselves, by number. An outgoing one has its
	// thread's draft removed where draft says so.
	AddTexts(ctx context.Context, list []QueuedText, name map[string]string, draft bool) (added []Text, err error)
	// Text returns one; CodeNotFound where there is none, or it was deleted.
	Text(ctx context.Context, id TextID) (Text, error)
	// TextByRef returns the one that a gateway names so; CodeNotFound.
	TextByRef(ctx context.Context, via, ref string) (Text, error)
	// SentRefs returns how a gateway names the texts that it has sent since a moment, and of which nothing more is known.
	SentRefs(ctx context.Context, via string, since time.Time) ([]string, error)
	// QueuedTexts returns those that wait, oldest first.
	QueuedTexts(ctx context.Context) ([]QueuedText, error)
	// QueuedText returns one of them; CodeNotFound where it does not wait, or was deleted.
	QueuedText(ctx context.Context, id TextID) (QueuedText, error)
	// TryText keeps the CSeq that is used next.
	TryText(ctx context.Context, id TextID, cseq uint32) error
	// SettleText keeps what became of one, and returns it so; CodeNotFound. A state never goes back: from delivered to
	// sent or failed, or from sent to waiting; from failed to waiting it does.
	SettleText(ctx context.Context, id TextID, o TextOutcome) (Text, error)
	// WithholdText removes one that waits for good, as if it had never been written; no matter where there is none.
	WithholdText(ctx context.Context, id TextID) error
	// Threads returns a part of the threads, and how many the query chooses in all.
	Threads(ctx context.Context, q ThreadQuery) (part []Thread, total int, err error)
	// Thread returns that of a number, empty where there is none.
	Thread(ctx context.Context, number string) (Thread, error)
	// Timeline returns a part of what stands in a thread, in order, also for Back.
	Timeline(ctx context.Context, q TimelineQuery) ([]ThreadItem, error)
	// SearchTexts returns texts that have some words.
	SearchTexts(ctx context.Context, q TextSearch) ([]TextFound, error)
	// SeeTexts marks the received texts of a thread up to a Row as seen.
	SeeTexts(ctx context.Context, number string, to int64) error
	// UnseenTexts counts those that are not seen.
	UnseenTexts(ctx context.Context) (int, error)
	// SaveDraft keeps what is begun; "" removes it.
	SaveDraft(ctx context.Context, number, text string) error
	// SaveFeatures keeps what a number's program is known to do.
	SaveFeatures(ctx context.Context, number string, f TextFeatures) error
	// DeleteTexts deletes texts, or with back set brings them back; no matter where there is none.
	DeleteTexts(ctx context.Context, ids []TextID, back bool) error
	// DeleteThread deletes all texts of a thread, and its draft, and returns what RestoreThread brings them back by.
	DeleteThread(ctx context.Context, number string) (at time.Time, err error)
	RestoreThread(ctx context.Context, number string, at time.Time) error
	// DropTexts removes for good what was deleted before a moment.
	DropTexts(ctx context.Context, deleted time.Time) error
	// SetStopped keeps since when a number wants no automatic texts; the zero time that it does.
	SetStopped(ctx context.Context, number string, since time.Time) error
}

// TriggerStore keeps the trigger log, whose rows that wait are what is to be sent; data satisfies it, as TextStore.
type TriggerStore interface {
	// SaveTriggered inserts rows, or replaces those of their Row, all or none, and returns them with their Row.
	SaveTriggered(ctx context.Context, rows []Triggered) ([]Triggered, error)
	// Triggered returns a part of the log, newest first, and how many rows the query chooses in all.
	Triggered(ctx context.Context, q TriggerLogQuery) (part []Triggered, total int, err error)
	// WaitingTriggers returns the rows that wait, the oldest first.
	WaitingTriggers(ctx context.Context) ([]Triggered, error)
	// TriggeredText returns the row that wrote a text; CodeNotFound where there is none.
	TriggeredText(ctx context.Context, id TextID) (Triggered, error)
	// TriggeredSince tells whether a trigger has sent to a number, or is about to, since a moment; tests do not count,
	// nor the row but.
	TriggeredSince(ctx context.Context, name TriggerName, number string, since time.Time, but int64) (bool, error)
	// AutomaticInRow counts the texts of triggers to a number since a moment that no text of a person follows: neither one
	// of the agent's, nor one received more than a while after a trigger's text that does not say that a machine wrote it.
	AutomaticInRow(ctx context.Context, number string, since time.Time, while time.Duration) (int, error)
	// DropTriggered deletes the rows from before a moment, and all but the newest MaxTriggered.
	DropTriggered(ctx context.Context, before time.Time) error
}

// TextKind is what a MESSAGE is for.
type TextKind string

// The kinds.
const (
	KindText      TextKind = ""          // a text for a person
	KindNote      TextKind = "note"      // a delivery note (RFC 5438)
	KindComposing TextKind = "composing" // "is typing" (RFC 3994)
)

// IncomingText is a MESSAGE (RFC 3428) that has no answer yet.
type IncomingText struct {
	Account AccountID
	// Gateway is set, and Account its id, for one that came by a gateway: then Answer says whether it is kept.
	Gateway bool
	Caller  Caller
	Kind    TextKind
	// Text is its body as UTF-8, for KindText; MaxText bytes at most. Type is the content type of a body that is no text
	// for a person, else "".
	Text, Type string
	// Origin names it, whoever sends it again: by its message id, else by Call-ID and CSeq.
	Origin string
	// Time is when it was sent, where a gateway says that; else zero.
	Time time.Time
	// MessageID is of a text what a delivery note is to name, "" where none is wanted; of a note the text that it is about.
	MessageID string
	// Note is what a delivery note says: TextDelivered or TextFailed.
	Note TextState
	// Composing tells that the sender types, for Refresh at most; false that no longer.
	Composing bool
	Refresh   time.Duration
	// Features are what the sender's program does, as far as this shows it.
	Features TextFeatures
	// Automatic tells that a machine wrote it, as it says itself.
	Automatic bool
	// Answer sends the final answer. It may be called from any goroutine, once, and returns at once.
	Answer func(status int)
}

// OutgoingText is a MESSAGE to send.
type OutgoingText struct {
	Kind   TextKind
	Target Target
	// CallID and CSeq are its own, so that a retry is known; where CallID is "" a new one is made.
	CallID string
	CSeq   uint32
	// MessageID is the text's own, of KindNote that of the text which was delivered.
	MessageID string
	Body      string
	// Time is when it was written.
	Time time.Time
	// Notes has it wrapped as message/cpim, and a delivery note asked for. Automatic says that a machine wrote it.
	Notes, Automatic bool
	// Composing is what KindComposing tells.
	Composing bool
}

// TextResult is what came of a MESSAGE, or of a text for a gateway.
type TextResult struct {
	// Status is the final status, SIP's or HTTP's, 0 where there was none; Err then says why. Text is its reason, as received.
	Status int
	Text   string
	Err    error
	// After is how long to wait before another try, where that is said.
	After time.Duration
	// CSeq is that of the request which was answered: credentials take one more.
	CSeq uint32
	// Features are what the answer shows of the other side's program; Known tells that it shows any.
	Features TextFeatures
	Known    bool
	// State is what a gateway says of it: TextSent, or TextDelivered; TextWaiting to try again; TextFailed. "" for a MESSAGE, where
	// Status decides. Ref is how the gateway names it.
	State TextState
	Ref   string
}

// Texting sends texts by HTTP; phone/gateway satisfies it. Methods may be called from any goroutine and return at once;
// what came of it arrives at the inbox that it was made with.
type Texting interface {
	// Open begins to use a gateway, anew after a change, and to poll where it has a Poll.
	Open(g Gateway, secret Secret)
	// CloseGateway ends that. What is under way is cut off.
	CloseGateway(id AccountID)
	// Send sends a text; notify gets what came of it, once; it must not block.
	Send(id AccountID, t GatewayText, notify func(TextResult))
	// Watch asks for what becomes of a text that was sent, until that is final or a day has passed; TextNoted tells.
	Watch(id AccountID, ref string)
}

// TextingInbox is where Texting puts what happens. Its methods may be called from any goroutine and do not block.
type TextingInbox interface {
	// GatewayChanged tells what is wrong with a gateway, nil for nothing.
	GatewayChanged(id AccountID, err error)
	// GatewayReceived tells of texts that came, oldest first; kept is called once they are on the disk, with false where
	// they could not be: then they are asked for again.
	GatewayReceived(id AccountID, list []GatewayMessage, kept func(bool))
	// TextNoted tells what became of a text.
	TextNoted(id AccountID, ref string, o TextOutcome)
}
