package phone

import "time"

// VoicemailID names a voice message for ever (a UUIDv7).
type VoicemailID string

// Voicemail is a voice message that a caller left with the answering machine. Its
// sound is a WAV file of its own, which has the same values in it: a row that is lost
// is made anew from the file.
type Voicemail struct {
	ID VoicemailID
	// Call is the call in history; "" where the caller is blocked.
	Call CallID
	// Account is the address of the account that was called.
	Account string
	// Number is the caller's normal form, "" for a hidden one; Name is the contact's that
	// it belongs to, else what the caller calls itself.
	Number, Name string
	// Contact is whom the number belongs to now; never saved: Name is then the contact's.
	Contact ContactID
	// Blocked tells that it was left under AllowVoicemails. BlockedNow tells whether Number
	// is blocked by now, whatever the mode; it is never saved.
	Blocked, BlockedNow bool
	// Received is when its recording began, and Length how long it is.
	Received time.Time
	Length   time.Duration
	// Heard tells that three seconds of it were played, or that the agent said so; Done
	// that it is dealt with.
	Heard, Done bool
	// Note is the agent's, MaxNote bytes at most.
	Note string
	// Wave is how loud it is, in MaxWave bars at most that last equally long, from 0 to 255.
	Wave []byte
}

// MaxWave is how many bars a Wave has at most.
const MaxWave = 240

// MaxNote is how long a note may be, in bytes.
const MaxNote = 4000

// VoicemailFilter chooses voice messages.
type VoicemailFilter string

// The filters.
const (
	AllVoicemails     VoicemailFilter = ""
	UnheardVoicemails VoicemailFilter = "unheard" // of blocked callers too
	BlockedVoicemails VoicemailFilter = "blocked" // those of blocked callers
)

// VoicemailQuery chooses a part of the inbox, newest first.
type VoicemailQuery struct {
	Filter VoicemailFilter
	// Search is text that name, number or note has anywhere, as in CallQuery.
	Search string
	// Numbers are normal forms, one of which the caller has; empty means all.
	Numbers []string
	// Named are normal forms whose callers Search finds too: those of contacts that have it in their names.
	Named []string
	// Offset and Limit choose the part; a Limit of 0 means all from Offset on.
	Offset, Limit int
}

// VoicemailCounts says how many messages are unheard: Unheard of callers who are not
// blocked, and Blocked of those who are. All counts every message.
type VoicemailCounts struct{ Unheard, Blocked, All int }

// VoicemailMark is what an agent says of a message.
type VoicemailMark string

// The marks.
const (
	MarkHeard   VoicemailMark = "heard"
	MarkUnheard VoicemailMark = "unheard"
	MarkDone    VoicemailMark = "done" // heard too
	MarkOpen    VoicemailMark = "open" // not done
)

// AccountVoicemail says who takes the messages of an account.
type AccountVoicemail struct {
	// After is how long a call rings until the machine, or the provider, takes it; 0 means
	// that it rings on. From MinAfter to MaxAfter.
	After time.Duration
	// Provider leaves messages to the provider's voicemail: who is not answered, and who is blocked
	// under AllowVoicemails, is answered with Status. The account's message waiting is asked for (RFC 3842).
	Provider bool
	// Status is 486 or 480; 0 means 486.
	Status int
	// Number is what calls the provider's voicemail, as typed; may be empty.
	Number string
}

// The bounds of AccountVoicemail.After, and what it is once it is switched on.
const (
	MinAfter   = 5 * time.Second
	UsualAfter = 25 * time.Second
	MaxAfter   = 2 * time.Minute
)

// MessagesWaiting is what the provider says of its voicemail (RFC 3842).
type MessagesWaiting struct {
	// Waiting tells whether there are new ones, which some say without a number.
	Waiting bool
	// New and Old are how many voice messages there are, where that is said.
	New, Old int
}

// MachineSettings is how the answering machine works, for all accounts.
type MachineSettings struct {
	// MaxLength is how long a message may be: 30 s to 10 min.
	MaxLength time.Duration
	// Talking has callers go to the machine at once while the agent talks, Away while the agent is
	// away, and DoNotDisturb while that is on; else they ring, but under DoNotDisturb are declined.
	// They hold for accounts whose AccountVoicemail.After is not 0.
	Talking, Away, DoNotDisturb bool
	// Keep is after how long messages that were heard are deleted; 0 means never.
	Keep time.Duration
	// KeepPicked keeps what was recorded until the agent picked a call up.
	KeepPicked bool
	// Language is that of the standard greeting: en or de.
	Language string
}

// GreetingKind is for whom a greeting is.
type GreetingKind string

// The kinds. GreetingDraft is what RecordGreeting has recorded, and nobody hears yet but the agent.
const (
	GreetingAll     GreetingKind = "all"
	GreetingBlocked GreetingKind = "blocked"
	GreetingAway    GreetingKind = "away"
	GreetingDraft   GreetingKind = "draft"
)

// MaxGreeting is how long a greeting may be.
const MaxGreeting = 12 * time.Second

// Greeting is what a caller hears before the beep.
type Greeting struct {
	Kind GreetingKind
	// Own tells that it is the agent's; otherwise that for all, or the standard one, is played.
	Own bool
	// Sound is what is played.
	Sound Samples
}

// Samples is sound in memory: mono, 16 bit, Rate samples per second. It is never changed.
type Samples struct {
	Rate int
	Data []int16
}

// Length returns how long it lasts.
func (s Samples) Length() time.Duration {
	if s.Rate == 0 {
		return 0
	}
	return time.Duration(len(s.Data)) * time.Second / time.Duration(s.Rate)
}

// LiveMessage is a message that is being left, by a caller who is not blocked.
type LiveMessage struct {
	// Call is the call as it stands, in the state Messaging.
	Call Call
	// Phase is what the machine does.
	Phase MachinePhase
	// Length is how much is recorded, and Level how loud it is now, in dBov from -127 to 0.
	Length time.Duration
	Level  float64
	// Listening tells that the agent listens in.
	Listening bool
}

// MachinePhase is what an answering machine does in a call.
type MachinePhase string

// The phases.
const (
	MachineWaits   MachinePhase = "waiting" // until the call is up
	MachineGreets  MachinePhase = "greeting"
	MachineRecords MachinePhase = "recording"
)

// Player is the playing of a voice message or greeting. Where none is open, Speed and Role alone are set: how the next
// one will be played.
type Player struct {
	// Voicemail is the message, or Greeting the kind of greeting, that is open.
	Voicemail VoicemailID
	Greeting  GreetingKind
	Playing   bool
	// Position is where it is, of Length.
	Position, Length time.Duration
	// Speed is one of Speeds; Role is Speaker or RingDevice.
	Speed float64
	Role  DeviceRole
	// Fault says why it stopped, as a sentence; "" where nothing is wrong.
	Fault string
}

// Speeds are those that a message can be played at; the pitch stays.
var Speeds = []float64{1, 1.25, 1.5, 2}

// Presence is whether the agent takes calls.
type Presence string

// The presences.
const (
	Available    Presence = "available"
	Away         Presence = "away"
	DoNotDisturb Presence = "dnd" // nothing rings
)
