package view

import (
	"context"

	"github.com/callward/callward/phone"
)

// ContactKeeper keeps the contacts; *phone.Phone satisfies it. Its methods wait for the
// disk, but WhoHas, which answers from memory.
type ContactKeeper interface {
	Contacts(ctx context.Context, q phone.ContactQuery) (part []phone.Contact, total int, err error)
	Contact(ctx context.Context, id phone.ContactID) (phone.Contact, error)
	WhoHas(number, account string) []phone.ContactName
	SaveContact(ctx context.Context, c phone.Contact) (phone.Contact, error)
	DeleteContacts(ctx context.Context, ids ...phone.ContactID) error
	RestoreContacts(ctx context.Context, ids ...phone.ContactID) error
}

// Guard keeps the blacklist and the screening log; *phone.Phone satisfies it. Its methods
// wait for the disk.
type Guard interface {
	Entries(ctx context.Context, q phone.EntryQuery) (part []phone.Entry, total int, err error)
	Entry(ctx context.Context, id phone.EntryID) (phone.Entry, error)
	AddEntry(ctx context.Context, d phone.EntryDraft) (phone.Entry, error)
	ChangeEntry(ctx context.Context, id phone.EntryID, d phone.EntryDraft) (phone.Entry, error)
	RemoveEntries(ctx context.Context, ids ...phone.EntryID) error
	RestoreEntries(ctx context.Context, ids ...phone.EntryID) error
	Replay(ctx context.Context, d phone.EntryDraft) (phone.Replay, error)
	WouldPass(ctx context.Context, line string) (phone.Passage, error)
	Screened(ctx context.Context, q phone.ScreenedQuery) (part []phone.Screened, total int, err error)
	Screening(ctx context.Context) (phone.Screening, error)
	SetScreening(ctx context.Context, s phone.Screening) error
}
