package control

import (
	"context"
	"time"

	"github.com/callward/callward/phone"
)

// maxExpires is a hundred years, in seconds.
const maxExpires = 100 * 365 * 24 * 3600

func addEntry(ctx context.Context, ph Phone, args EntryDraft) (any, error) {
	if args.ExpiresS < 0 || args.ExpiresS > maxExpires {
		return nil, invalid("expires_s", "The time until it expires is a number of seconds, of 100 years at most, or 0 for never.")
	}
	e, err := ph.AddEntry(ctx, args.draft(time.Now()))
	return newEntry(e), err
}

func removeEntry(ctx context.Context, ph Phone, args EntryRef) (any, error) {
	e, err := ph.FindEntry(ctx, phone.EntryDraft{Kind: args.Kind, Number: args.Number})
	if err != nil {
		return nil, err
	}
	return newEntry(e), ph.RemoveEntries(ctx, e.ID)
}

func listEntries(ctx context.Context, ph Phone, args EntryList) (any, error) {
	if args.Offset < 0 || args.Limit < 0 {
		return nil, invalid("limit", "Offset and limit are numbers of entries, from 0 on.")
	}
	found, _, err := ph.Entries(ctx, phone.EntryQuery{Through: args.Through, Offset: args.Offset, Limit: args.Limit})
	return rowsOf(found, newEntry), err
}

func check(ctx context.Context, ph Phone, args Check) (any, error) {
	p, err := ph.WouldPass(ctx, args.Number)
	return newPassage(p), err
}

func listScreened(ctx context.Context, ph Phone, args Part) (any, error) {
	if args.Limit < 0 {
		return nil, invalid("limit", "The limit is a number of rows, or 0 for all.")
	}
	found, _, err := ph.Screened(ctx, phone.ScreenedQuery{Limit: args.Limit})
	return rowsOf(found, newScreened), err
}

func addContact(ctx context.Context, ph Phone, args Contact) (any, error) {
	c, err := ph.SaveContact(ctx, args.phoneContact())
	return newContact(c), err
}

func listContacts(ctx context.Context, ph Phone, args ContactList) (any, error) {
	if args.Limit < 0 {
		return nil, invalid("limit", "The limit is a number of contacts, or 0 for all.")
	}
	found, _, err := ph.Contacts(ctx, phone.ContactQuery{Search: args.Search, Limit: args.Limit})
	return rowsOf(found, newContact), err
}

func importEntries(ctx context.Context, ph Phone, args File) (any, error) {
	r, err := ph.ImportBlacklist(ctx, args.Path)
	return newReport(r), err
}

func exportEntries(ctx context.Context, ph Phone, args File) (any, error) {
	return nil, ph.ExportBlacklist(ctx, args.Path, args.Force)
}

func importContacts(ctx context.Context, ph Phone, args File) (any, error) {
	r, err := ph.ImportContacts(ctx, args.Path)
	return newReport(r), err
}

func exportContacts(ctx context.Context, ph Phone, args File) (any, error) {
	return nil, ph.ExportContacts(ctx, args.Path, args.Force)
}
