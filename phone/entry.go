package phone

import "time"

// EntryID names a blacklist entry for ever (a UUIDv7).
type EntryID string

// EntryKind is what an entry fits.
type EntryKind string

// The kinds.
const (
	KindNumber   EntryKind = "number"   // one number or address
	KindContact  EntryKind = "contact"  // one number, and all that its contact has or gets
	KindPrefix   EntryKind = "prefix"   // all numbers that begin so
	KindHidden   EntryKind = "hidden"   // callers who hide their number
	KindContacts EntryKind = "contacts" // all numbers of all contacts; of LetThrough alone
)

// Mode is what an entry does to a call or text.
type Mode string

// The modes. LetThrough makes the entries of *Always let through*: they win over
// prefixes and over hidden callers, and never over an entry for the number itself.
const (
	AllowVoicemails Mode = "voicemail" // blocked, but a voice message may be left
	BlockAll        Mode = "all"       // calls, voice messages and texts are blocked
	LetThrough      Mode = "through"
)

// Blocks tells whether an entry of the mode blocks.
func (m Mode) Blocks() bool { return m == AllowVoicemails || m == BlockAll }

// Entry is a blacklist entry, or one of those that are always let through.
type Entry struct {
	ID   EntryID
	Kind EntryKind
	// Number is the normal form, or the prefix as + and digits, or as digits; "" for a kind that has none.
	Number string
	// Text is as it was typed; "" for a kind that has no number.
	Text string
	Name string
	Mode Mode
	// Contact is whom the number was picked from, or whom KindContact is about; "" for none.
	Contact ContactID
	// Others are the further numbers that KindContact blocks now, in normal form.
	Others []string
	// Since is when it was added. Expires is when it ends; zero means never.
	Since, Expires time.Time
	// Blocked counts the calls and texts that it blocked; Last is when it last did, zero for never.
	Blocked int
	Last    time.Time
}

// Rule is an entry as the matcher has it in memory.
type Rule struct {
	// Row names the entry in this data folder, from 1 to 2^31-1.
	Row  int64
	Kind EntryKind
	Mode Mode
	// Numbers are what it fits: one for KindNumber and KindPrefix, one or more for
	// KindContact, none for others.
	Numbers []string
	// Expires is when it ends; zero means never.
	Expires time.Time
}

// EntryOrder is how entries are sorted.
type EntryOrder string

// The orders; "" is OrderNewest.
const (
	OrderNewest  EntryOrder = "newest"
	OrderName    EntryOrder = "name"
	OrderNumber  EntryOrder = "number"
	OrderBlocked EntryOrder = "blocked" // the most often first
)

// EntryQuery chooses a part of the entries.
type EntryQuery struct {
	// Through chooses those that are always let through, instead of those that block.
	Through bool
	// Search is text that name or number has anywhere, as in ContactQuery.
	Search string
	Order  EntryOrder
	// Offset and Limit choose the part; a Limit of 0 means all from Offset on.
	Offset, Limit int
}

// EntryDraft is an entry as it is asked for.
type EntryDraft struct {
	Kind EntryKind // "" means KindNumber
	// Number is as typed: a number, a SIP address, a prefix; not used for a kind that has none.
	Number string
	// Name may be empty: then it is that of the contact that the number belongs to.
	Name string
	// Mode "" means AllowVoicemails.
	Mode Mode
	// Contact is whom the number was picked from; "" for none. KindContact needs one: where
	// it is empty, that which the number belongs to.
	Contact ContactID
	// Expires is when it ends; zero means never.
	Expires time.Time
	// Replace changes the entry that is there for this number already, instead of failing.
	Replace bool
}
