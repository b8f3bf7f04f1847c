package control

import (
	"context"

	"github.com/callward/callward/phone"
)

// Phone is what the server works: phone.Phone, behind the interface that its
// Subscribe needs. Every method may be called from any goroutine. A call's id ""
// means the one that fits.
type Phone interface {
	// AddAccount adds an account, or changes the one of the same address. Without
	// hasPassword the password stays as it was.
	AddAccount(ctx context.Context, acc phone.Account, password phone.Secret, hasPassword bool) error
	RemoveAccount(ctx context.Context, address string) error

	// Dial returns once the call is placed.
	Dial(ctx context.Context, r phone.CallRequest) (phone.CallID, error)
	Answer(ctx context.Context, id phone.CallID) error
	Decline(ctx context.Context, id phone.CallID) error
	Hangup(ctx context.Context, id phone.CallID) error
	Mute(ctx context.Context, id phone.CallID, on bool) error
	DTMF(ctx context.Context, id phone.CallID, digits string) error

	Snapshot() phone.Snapshot
	Subscribe() Subscription

	Devices(ctx context.Context) ([]phone.Device, error)
	SetDevice(ctx context.Context, role phone.DeviceRole, name string) error
	// History returns the newest first; limit 0 means all.
	History(ctx context.Context, limit int) ([]phone.CallRecord, error)

	SetPractice(ctx context.Context, on bool) error
	PracticeRing(ctx context.Context, who string) error

	// AddEntry, FindEntry and the like are as phone.Phone has them.
	AddEntry(ctx context.Context, d phone.EntryDraft) (phone.Entry, error)
	FindEntry(ctx context.Context, d phone.EntryDraft) (phone.Entry, error)
	RemoveEntries(ctx context.Context, ids ...phone.EntryID) error
	Entries(ctx context.Context, q phone.EntryQuery) (part []phone.Entry, total int, err error)
	WouldPass(ctx context.Context, line string) (phone.Passage, error)
	Screened(ctx context.Context, q phone.ScreenedQuery) (part []phone.Screened, total int, err error)
	SaveContact(ctx context.Context, c phone.Contact) (phone.Contact, error)
	Contacts(ctx context.Context, q phone.ContactQuery) (part []phone.Contact, total int, err error)
	// The imports and exports take the absolute path of a file.
	ImportBlacklist(ctx context.Context, path string) (phone.ImportReport, error)
	ExportBlacklist(ctx context.Context, path string, overwrite bool) error
	ImportContacts(ctx context.Context, path string) (phone.ImportReport, error)
	ExportContacts(ctx context.Context, path string, overwrite bool) error

	Inbox
	Texts
	Triggers
	Gateways

	SetTrace(ctx context.Context, on bool) error
	TracePath() string

	// Show brings the window to the front, with a number in its field where it is
	// not empty, and calls that where call is set. It fails with CodeState where
	// there is no window.
	Show(ctx context.Context, number string, call bool) error

	// Quit asks the program to end and returns at once.
	Quit()
}

// Subscription is one reader's events; phone.Subscription satisfies it.
type Subscription interface {
	// Events are those from Subscribe on, in order. It is closed when there are
	// no more: after Close, when the phone has ended, or when too many wait.
	Events() <-chan phone.Event
	// Lost tells, once Events is closed, whether some were lost because too many waited.
	Lost() bool
	// Close ends it. More than once does no harm.
	Close()
}
