package phone

import "time"

// CallID names a call for ever (a UUIDv7).
type CallID string

// Direction is who began a call.
type Direction string

// The directions.
const (
	In  Direction = "in"
	Out Direction = "out"
)

// CallState is where a living call stands.
type CallState string

// The states of a call that is alive, and Ended, which no snapshot shows.
const (
	Calling CallState = "calling" // outgoing, nothing heard yet
	Ringing CallState = "ringing" // either way
	Early   CallState = "early"   // outgoing, sound before the answer
	Active  CallState = "active"
	Held    CallState = "held" // by either side
	// Messaging is a call that the answering machine has; snapshots show it among the Messages.
	Messaging CallState = "messaging"
	Ended     CallState = "ended"
)

// Result says how a call went, for history.
type Result string

// The results.
const (
	Answered  Result = "answered"
	Missed    Result = "missed"    // incoming, the caller gave up
	Declined  Result = "declined"  // refused by whoever was called
	Busy      Result = "busy"      // outgoing, the other side is busy
	Cancelled Result = "cancelled" // outgoing, given up by the agent
	Elsewhere Result = "elsewhere" // incoming, answered by another phone
	Faulty    Result = "failed"
)

// Call is what the agent sees: an immutable copy, safe for any goroutine.
type Call struct {
	ID        CallID
	Direction Direction
	State     CallState
	// Account is the address of the account it runs on.
	Account string
	// Number is the other side's normal form; "" for a hidden caller.
	Number string
	// Dialled is what the agent typed to place it, so that it can be placed again; ""
	// where incoming.
	Dialled string
	// Name is the contact's that the number belongs to, else what the other side calls itself;
	// may be empty.
	Name string
	// Contact is whom the number belongs to; its ID is "" where that is nobody.
	Contact ContactName
	// Anyway is set where the number was blocked, and the agent chose to proceed.
	Anyway bool
	// Called is whom an incoming call called: the user part of To; "" where outgoing.
	Called string
	// Caller is the whole identity of an incoming call.
	Caller Caller
	Muted  bool
	// Codec is its SDP name; "" before media is agreed.
	Codec   string
	Quality Quality
	// Started is when it was placed or arrived; Answered and Ended are zero until then.
	Started, Answered, Ended time.Time
	// Result is set once it has ended.
	Result Result
	// Reason says in a sentence how it ended; SIPStatus and SIPText are for Details.
	Reason    string
	SIPStatus int
	SIPText   string
}

// CallRecord is a call in history.
type CallRecord struct {
	ID        CallID
	Direction Direction
	Number    string
	// Dialled is as in Call.
	Dialled string
	Name    string
	// Account is the address of the account it ran on.
	Account string
	// Answered and Ended are zero where that did not happen (yet).
	Started, Answered, Ended time.Time
	// Result is "" while the call is alive.
	Result Result
	// Reason and SIPStatus are as in Call.
	Reason    string
	SIPStatus int
	// Anyway tells that the number was blocked, and the agent chose to proceed.
	Anyway bool
	// Contact is whom the number belongs to now; never saved: Name is then the contact's.
	Contact ContactID
	// CalledBack is, for a missed call, when the first call to its number began that
	// was placed after it and answered; zero where there was none. It is never saved:
	// it follows from the other rows.
	CalledBack time.Time
	// Voicemail is the message that the caller left; "" for none, or where it was deleted. It is never saved.
	Voicemail VoicemailID
}

// CallKey is a call's place in history: what lays out a list of any length
// before its rows are read.
type CallKey struct {
	// Row names the call's row, always more than 0. Rows ascend with the start of their
	// calls, but for calls that began within a millisecond.
	Row     int64
	Started time.Time
}

// CallQuery chooses calls of the history; the zero value means all.
type CallQuery struct {
	// Search is text that the name, number or account has anywhere, whatever its case and
	// accents. A telephone number fits in any way of writing it: 020 7946 finds +442079460018.
	Search string
	// Missed is set for those alone that were missed.
	Missed bool
	// Since is the earliest start; zero means no bound.
	Since time.Time
	// Limit is how many of the newest are wanted; 0 means all.
	Limit int
}
