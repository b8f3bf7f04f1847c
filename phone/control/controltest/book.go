package controltest

import (
	"context"

	"github.com/callward/callward/phone"
)

// AddEntry notes the draft.
func (p *Phone) AddEntry(_ context.Context, d phone.EntryDraft) (phone.Entry, error) {
	lasts := !d.Expires.IsZero()
	err := p.note("blacklist add %s %q %q %s %q, replace %v, expires %v", d.Kind, d.Number, d.Name, d.Mode, d.Contact, d.Replace, lasts)
	return phone.Entry{ID: "e1", Kind: d.Kind, Number: d.Number, Name: d.Name, Mode: d.Mode}, err
}

// FindEntry notes what is looked for, and returns an entry of it.
func (p *Phone) FindEntry(_ context.Context, d phone.EntryDraft) (phone.Entry, error) {
	return phone.Entry{ID: "e1", Kind: d.Kind, Number: d.Number}, p.note("blacklist find %s %q", d.Kind, d.Number)
}

// RemoveEntries notes the entries.
func (p *Phone) RemoveEntries(_ context.Context, ids ...phone.EntryID) error {
	return p.note("blacklist remove %v", ids)
}

// Entries notes the query and returns its part of List.
func (p *Phone) Entries(_ context.Context, q phone.EntryQuery) ([]phone.Entry, int, error) {
	part := p.List[min(q.Offset, len(p.List)):]
	if q.Limit > 0 {
		part = part[:min(q.Limit, len(part))]
	}
	return part, len(p.List), p.note("blacklist list %+v", q)
}

// WouldPass notes the line and returns Found.
func (p *Phone) WouldPass(_ context.Context, line string) (phone.Passage, error) {
	return p.Found, p.note("check %q", line)
}

// Screened notes the query and returns Log.
func (p *Phone) Screened(_ context.Context, q phone.ScreenedQuery) ([]phone.Screened, int, error) {
	return p.Log, len(p.Log), p.note("screening %d", q.Limit)
}

// SaveContact notes the contact, and gives it an id.
func (p *Phone) SaveContact(_ context.Context, c phone.Contact) (phone.Contact, error) {
	err := p.note("contact add %+v", c)
	c.ID = "c1"
	return c, err
}

// Contacts notes the query and returns Book.
func (p *Phone) Contacts(_ context.Context, q phone.ContactQuery) ([]phone.Contact, int, error) {
	return p.Book, len(p.Book), p.note("contacts %q %d", q.Search, q.Limit)
}

// ImportBlacklist notes the file and returns Report. Where Hold is set it waits for that, or for the end of the client.
func (p *Phone) ImportBlacklist(ctx context.Context, path string) (phone.ImportReport, error) {
	err := p.note("blacklist import %s", path)
	if p.Hold != nil {
		select {
		case <-p.Hold:
		case <-ctx.Done():
			_ = p.note("cancelled")
			return p.Report, ctx.Err()
		}
	}
	return p.Report, err
}

// ExportBlacklist notes the file.
func (p *Phone) ExportBlacklist(_ context.Context, path string, overwrite bool) error {
	return p.note("blacklist export %s %v", path, overwrite)
}

// ImportContacts notes the file and returns Report.
func (p *Phone) ImportContacts(_ context.Context, path string) (phone.ImportReport, error) {
	return p.Report, p.note("contact import %s", path)
}

// ExportContacts notes the file.
func (p *Phone) ExportContacts(_ context.Context, path string, overwrite bool) error {
	return p.note("contact export %s %v", path, overwrite)
}
