package phone

import (
	"context"
	"time"
)

// ImportEntries adds the entries that each gives, with the lines at which they stand in
// their file: all of them or, where it fails or ctx is done, none. What cannot be an entry is left
// out, and noted in the report. It holds from when it returns.
func (p *Phone) ImportEntries(ctx context.Context, each func(yield func(line int, d EntryDraft) error) error, report *ImportReport, progress Progress) error {
	p.listing.Lock()
	defer p.listing.Unlock()
	now, read := time.Now(), 0
	err := p.cfg.Store.ImportEntries(ctx, func(yield func(Entry) error) error {
		return each(func(line int, d EntryDraft) error {
			if read++; read%1000 == 0 {
				progress(read, 0)
			}
			if err := ctx.Err(); err != nil {
				return &Error{Code: CodeCancelled, Op: "import", Err: err}
			}
			e, err := p.drafted(ctx, d, "")
			if err != nil {
				report.Skip(Skipped{Line: line, What: oneLine(d.Number), Why: Sentence(err)})
				return nil
			}
			e.Name = oneLine(d.Name) // a contact's would take the place of one that the agent gave
			id, err := p.cfg.NewID()
			if err != nil {
				return &Error{Code: CodeInternal, Op: "import", Err: err}
			}
			e.ID, e.Since = EntryID(id), now
			return yield(e)
		})
	}, report)
	if err != nil {
		report.Added, report.Merged, report.Unchanged = 0, 0, 0
		return err
	}
	p.inbox.Put(changed(EventBlacklist))
	return p.readRules(context.WithoutCancel(ctx))
}

// EachEntry gives all entries that block, the newest first, to be exported.
func (p *Phone) EachEntry(ctx context.Context, yield func(Entry) error) error {
	const part = 20_000 // a million at once would take all memory
	for offset := 0; ; offset += part {
		found, _, err := p.cfg.Store.Entries(ctx, EntryQuery{Offset: offset, Limit: part}, time.Now())
		for _, e := range found {
			if err == nil {
				err = yield(e)
			}
		}
		if err != nil || len(found) < part {
			return err
		}
	}
}
