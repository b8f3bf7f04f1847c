package phone

import (
	"context"
	"time"
)

// ContactStore keeps the contacts; data satisfies it. Methods block on the disk and are
// never called by the loop. Contacts that were deleted leave a tombstone.
type ContactStore interface {
	// Contacts returns a part of the contacts, in the order of their names, without their
	// pictures and notes, and how many the query chooses in all.
	Contacts(ctx context.Context, q ContactQuery) (part []Contact, total int, err error)
	// Contact returns one whole; CodeNotFound where there is none.
	Contact(ctx context.Context, id ContactID) (Contact, error)
	// SaveContacts inserts contacts, or replaces those of their ids, all or none.
	SaveContacts(ctx context.Context, contacts []Contact) error
	// DeleteContacts deletes contacts, or with back set brings them back; no matter where there is none.
	DeleteContacts(ctx context.Context, ids []ContactID, back bool) error
	// ContactNames gives the contacts of every number that is in normal form, and of one
	// contact alone where id is not "".
	ContactNames(ctx context.Context, id ContactID, yield func(number string, c ContactName) error) error
	// Doubles returns the contacts that have any of some normal forms, whole.
	Doubles(ctx context.Context, numbers []string) ([]Contact, error)
}

// EntryStore keeps the blacklist; data satisfies it. Methods block on the disk and are
// never called by the loop. Entries that were removed leave a tombstone.
type EntryStore interface {
	// Entries returns a part of the entries and how many the query chooses in all. Those that have
	// expired are not among them.
	Entries(ctx context.Context, q EntryQuery, now time.Time) (part []Entry, total int, err error)
	// Entry returns the entry of a row, or of an id where row is 0, also where it has
	// expired or was removed; CodeNotFound where there is none.
	Entry(ctx context.Context, row int64, id EntryID) (e Entry, r Rule, err error)
	// FindEntry returns the entry that stands in the place of one like e: of KindNumber and KindPrefix
	// there is one for each number, whatever its mode, of KindContact one for each contact, and of
	// KindHidden and KindContacts one. CodeNotFound where there is none, or it has expired.
	FindEntry(ctx context.Context, e Entry, now time.Time) (Entry, error)
	// SaveEntry inserts an entry, or replaces that of its id, and returns what the matcher
	// is to have. Blocked and Last are not changed by it. It fails with CodeExists where another
	// entry stands in its place; one that has expired makes room.
	SaveEntry(ctx context.Context, e Entry) (Rule, error)
	// DeleteEntries removes entries, or with back set brings them back, and returns their rules.
	DeleteEntries(ctx context.Context, ids []EntryID, back bool) ([]Rule, error)
	// ImportEntries adds the entries that each gives, all or none; of one whose place is taken it
	// changes name and mode, where the file has them otherwise. It fills in the report's counts. Other writes wait meanwhile.
	ImportEntries(ctx context.Context, each func(yield func(Entry) error) error, report *ImportReport) error
	// Rules gives the rules of all entries that have not expired, or of the KindContact entries of
	// some contacts where any are named.
	Rules(ctx context.Context, now time.Time, contacts []ContactID, yield func(Rule) error) error
}

// ScreenedStore keeps the screening log; data satisfies it. Methods block on the disk and
// are never called by the loop.
type ScreenedStore interface {
	// SaveScreened writes rows, and counts them at their entries, all or none.
	SaveScreened(ctx context.Context, rows []Screened) error
	// Screened returns a part of the log and how many rows the query chooses in all.
	Screened(ctx context.Context, q ScreenedQuery) (part []Screened, total int, err error)
	// DropScreened deletes the rows from before a moment, and all but the newest MaxScreened.
	DropScreened(ctx context.Context, before time.Time) error
}
