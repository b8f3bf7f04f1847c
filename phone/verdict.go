package phone

import "time"

// Verdict is what screening decided for a call or text, and why. The zero value lets it
// through with nothing that fits.
type Verdict struct {
	// Mode is that of the entry that decided: it blocks, or is LetThrough; "" where none fits.
	Mode Mode
	// Kind and Row are of that entry. Row 0 is none.
	Kind EntryKind
	Row  int64
	// Header is the header that claims what fits, such as From; "" for a number that is dialled.
	Header string
	// Received is what the header has, Number its normal form; both "" for a hidden caller.
	Received, Number string
}

// Blocked tells whether it is not let through.
func (v Verdict) Blocked() bool { return v.Mode.Blocks() }

// Blacklist is the list in memory; phone/blacklist satisfies it. Any goroutine may call
// its methods. They do not touch the disk, and block no longer than a change of one entry
// takes.
type Blacklist interface {
	// Match returns the rule that decides for a number, given in all forms that it may be
	// listed in; ok is false where none fits. What blocks the number itself decides first, KindNumber
	// before KindContact, and of several the stricter; then LetThrough for the number, then for all
	// contacts; then the longest prefix. Rules that have expired fit nothing.
	Match(numbers []string, now time.Time) (m Match, ok bool)
	// Hidden is the same for a caller who hides.
	Hidden(now time.Time) (m Match, ok bool)
	// Put adds a rule, or replaces that of its row.
	Put(r Rule)
	// Drop removes the rules of some rows; no matter where there is none.
	Drop(rows ...int64)
	// Load replaces all rules by those that each gives, aside: the old ones hold until it
	// has returned without an error.
	Load(each func(yield func(Rule) error) error) error
	// SetContacts replaces the numbers of all contacts, for KindContacts.
	SetContacts(known func(number string) bool)
}

// Match is the rule that decides.
type Match struct {
	Row  int64
	Kind EntryKind
	Mode Mode
	// Number is the form that fits.
	Number string
}

// ScreenedKind is what was screened.
type ScreenedKind string

// The kinds.
const (
	ScreenedCall ScreenedKind = "call"
	ScreenedText ScreenedKind = "text"
)

// Screened is a row of the screening log: something that was blocked, and why.
type Screened struct {
	// Row names it; 0 for one that is not written yet.
	Row  int64
	Time time.Time
	Kind ScreenedKind
	// Number and Name are of the caller as it would have been shown; "" for one who hides.
	Number, Name string
	// Account is the address of the account that it came to.
	Account string
	Verdict Verdict
	// Entry is the entry that blocked it as it is now; its ID is "" where it is gone. EntryName
	// is its name at the time, and EntryText its number as typed.
	Entry     EntryID
	EntryName string
	EntryText string
	// Text is what a text said; "" for a call.
	Text string
}

// MaxScreenedText is how much is kept of a text that was refused, in bytes: a flood of them stands in the screening log.
const MaxScreenedText = 1000

// MaxScreened is how many rows the screening log has at most, but for a while: a flood must not fill the disk.
const MaxScreened = 200_000

// ScreenedQuery chooses a part of the screening log, newest first.
type ScreenedQuery struct {
	// Search is text that name or number has anywhere, as in ContactQuery.
	Search string
	// Offset and Limit choose the part; a Limit of 0 means all from Offset on.
	Offset, Limit int
}
