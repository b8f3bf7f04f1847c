package phone_test

import (
	"context"
	"time"

	"github.com/callward/callward/phone"
)

// fakeBlacklist is an empty list.
type fakeBlacklist struct{}

func (fakeBlacklist) Match([]string, time.Time) (phone.Match, bool) { return phone.Match{}, false }

func (fakeBlacklist) Hidden(time.Time) (phone.Match, bool)                { return phone.Match{}, false }
func (fakeBlacklist) Put(phone.Rule)                                      {}
func (fakeBlacklist) Drop(...int64)                                       {}
func (fakeBlacklist) Load(func(yield func(phone.Rule) error) error) error { return nil }
func (fakeBlacklist) SetContacts(func(string) bool)                       {}

// fakeBook is a store without contacts, entries and rows of the screening log. Those who
// need some have the real one.
type fakeBook struct{}

func (fakeBook) Contacts(context.Context, phone.ContactQuery) ([]phone.Contact, int, error) {
	return nil, 0, nil
}

func (fakeBook) Contact(context.Context, phone.ContactID) (phone.Contact, error) {
	return phone.Contact{}, &phone.Error{Code: phone.CodeNotFound, Op: "contact"}
}
func (fakeBook) SaveContacts(context.Context, []phone.Contact) error           { return nil }
func (fakeBook) DeleteContacts(context.Context, []phone.ContactID, bool) error { return nil }

func (fakeBook) ContactNames(context.Context, phone.ContactID, func(string, phone.ContactName) error) error {
	return nil
}
func (fakeBook) Doubles(context.Context, []string) ([]phone.Contact, error) { return nil, nil }

func (fakeBook) Entries(context.Context, phone.EntryQuery, time.Time) ([]phone.Entry, int, error) {
	return nil, 0, nil
}

func (fakeBook) Entry(context.Context, int64, phone.EntryID) (phone.Entry, phone.Rule, error) {
	return phone.Entry{}, phone.Rule{}, &phone.Error{Code: phone.CodeNotFound, Op: "blacklist"}
}

func (fakeBook) FindEntry(context.Context, phone.Entry, time.Time) (phone.Entry, error) {
	return phone.Entry{}, &phone.Error{Code: phone.CodeNotFound, Op: "blacklist"}
}

func (fakeBook) SaveEntry(context.Context, phone.Entry) (phone.Rule, error) {
	return phone.Rule{}, nil
}

func (fakeBook) DeleteEntries(context.Context, []phone.EntryID, bool) ([]phone.Rule, error) {
	return nil, nil
}

func (fakeBook) ImportEntries(context.Context, func(func(phone.Entry) error) error, *phone.ImportReport) error {
	return nil
}

func (fakeBook) Rules(context.Context, time.Time, []phone.ContactID, func(phone.Rule) error) error {
	return nil
}
func (fakeBook) SaveScreened(context.Context, []phone.Screened) error { return nil }

func (fakeBook) Screened(context.Context, phone.ScreenedQuery) ([]phone.Screened, int, error) {
	return nil, 0, nil
}
func (fakeBook) DropScreened(context.Context, time.Time) error { return nil }
