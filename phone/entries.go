package phone

import (
	"context"
	"time"
)

// maxEntryName is the longest name of an entry, in characters.
const maxEntryName = 200

// Entries returns a part of the blacklist, or of what is always let through, and how many
// entries the query chooses in all.
func (p *Phone) Entries(ctx context.Context, q EntryQuery) (part []Entry, total int, err error) {
	return p.cfg.Store.Entries(ctx, q, time.Now())
}

// Entry returns one, also where it has expired or was removed; CodeNotFound where there never was.
func (p *Phone) Entry(ctx context.Context, id EntryID) (Entry, error) {
	e, _, err := p.cfg.Store.Entry(ctx, 0, id)
	return e, err
}

// FindEntry returns the entry that a draft would find in its place: for a number, its own or, where it has none, that
// of the contact whose number was chosen. It fails with CodeInvalid, CodeNotFound and CodeStorage.
func (p *Phone) FindEntry(ctx context.Context, d EntryDraft) (Entry, error) {
	e, err := p.drafted(ctx, d, "")
	if err != nil {
		return Entry{}, err
	}
	found, err := p.cfg.Store.FindEntry(ctx, e, time.Now())
	if CodeOf(err) != CodeNotFound || e.Kind != KindNumber || e.Contact == "" {
		return found, err
	}
	e.Kind = KindContact
	whole, second := p.cfg.Store.FindEntry(ctx, e, time.Now())
	if second != nil || whole.Number != e.Number {
		return found, err
	}
	return whole, nil
}

// AddEntry puts an entry on the list; it holds from the next packet on. It fails with
// CodeInvalid, where Field is number, name, mode, contact or expires, with CodeExists, and *Taken in
// the chain, where there is one already and the draft does not say Replace, and with CodeStorage.
func (p *Phone) AddEntry(ctx context.Context, d EntryDraft) (Entry, error) {
	p.listing.Lock()
	defer p.listing.Unlock()
	e, err := p.drafted(ctx, d, "")
	if err != nil {
		return Entry{}, err
	}
	switch there, err := p.cfg.Store.FindEntry(ctx, e, time.Now()); {
	case err == nil && !d.Replace:
		return Entry{}, &Error{Code: CodeExists, Op: "blacklist", Field: "number", Err: &Taken{there}}
	case err == nil:
		e.ID, e.Since = there.ID, there.Since
		if d.Name == "" {
			e.Name = there.Name
		}
	case CodeOf(err) != CodeNotFound:
		return Entry{}, err
	default:
		id, err := p.cfg.NewID()
		if err != nil {
			return Entry{}, &Error{Code: CodeInternal, Op: "blacklist", Err: err}
		}
		e.ID, e.Since = EntryID(id), time.Now()
	}
	return p.putEntry(ctx, e)
}

// ChangeEntry makes the entry of an id what a draft says. It fails as AddEntry does, and with CodeNotFound for one that was
// removed or has expired.
func (p *Phone) ChangeEntry(ctx context.Context, id EntryID, d EntryDraft) (Entry, error) {
	p.listing.Lock()
	defer p.listing.Unlock()
	was, _, err := p.cfg.Store.Entry(ctx, 0, id)
	if err != nil {
		return Entry{}, err
	}
	if there, err := p.cfg.Store.FindEntry(ctx, was, time.Now()); CodeOf(err) == CodeNotFound || err == nil && there.ID != id {
		return Entry{}, fault(CodeNotFound, "blacklist", "This entry is not on the list any more. Add puts it there again.")
	}
	e, err := p.drafted(ctx, d, was.Contact)
	if err != nil {
		return Entry{}, err
	}
	there, err := p.cfg.Store.FindEntry(ctx, e, time.Now())
	if err == nil && there.ID != id {
		return Entry{}, &Error{Code: CodeExists, Op: "blacklist", Field: "number", Err: &Taken{there}}
	}
	if err != nil && CodeOf(err) != CodeNotFound {
		return Entry{}, err
	}
	e.ID, e.Since = was.ID, was.Since
	return p.putEntry(ctx, e)
}

// putEntry writes an entry, and has it hold.
func (p *Phone) putEntry(ctx context.Context, e Entry) (Entry, error) {
	rule, err := p.cfg.Store.SaveEntry(ctx, e)
	if err != nil {
		return Entry{}, err
	}
	p.cfg.Blacklist.Put(rule)
	p.inbox.Put(changed(EventBlacklist))
	saved, _, err := p.cfg.Store.Entry(ctx, rule.Row, "")
	return saved, err
}

// RemoveEntries takes entries off the list, which holds at once. RestoreEntries undoes it.
func (p *Phone) RemoveEntries(ctx context.Context, ids ...EntryID) error {
	p.listing.Lock()
	defer p.listing.Unlock()
	rules, err := p.cfg.Store.DeleteEntries(ctx, ids, false)
	if err != nil {
		return err
	}
	rows := make([]int64, len(rules))
	for i, r := range rules {
		rows[i] = r.Row
	}
	p.cfg.Blacklist.Drop(rows...)
	p.inbox.Put(changed(EventBlacklist))
	return nil
}

// RestoreEntries puts removed entries back. It fails with CodeExists where there is another in
// the place of one meanwhile.
func (p *Phone) RestoreEntries(ctx context.Context, ids ...EntryID) error {
	p.listing.Lock()
	defer p.listing.Unlock()
	rules, err := p.cfg.Store.DeleteEntries(ctx, ids, true)
	if err != nil {
		return err
	}
	for _, r := range rules {
		p.cfg.Blacklist.Put(r)
	}
	p.inbox.Put(changed(EventBlacklist))
	return nil
}

// drafted makes an entry of a draft, without id and date. had is the contact of the entry that it changes, who may be
// deleted by now; "" for none.
func (p *Phone) drafted(ctx context.Context, d EntryDraft, had ContactID) (Entry, error) {
	e := Entry{Kind: d.Kind, Mode: d.Mode, Name: oneLine(d.Name), Contact: d.Contact, Expires: d.Expires}
	if whole := d.Expires.Truncate(time.Second); !whole.Equal(d.Expires) { // the matcher counts seconds
		e.Expires = whole.Add(time.Second)
	}
	if e.Kind == "" {
		e.Kind = KindNumber
	}
	if e.Mode == "" {
		e.Mode = AllowVoicemails
	}
	if err := e.check(); err != nil {
		return Entry{}, err
	}
	if err := p.readNumber(&e, d.Number); err != nil {
		return Entry{}, err
	}
	return e, p.nameEntry(ctx, &e, had)
}

// check refuses what cannot be.
func (e Entry) check() error {
	through := e.Mode == LetThrough
	switch e.Kind {
	case KindNumber, KindContact, KindPrefix, KindHidden, KindContacts:
	default:
		return misdrafted("kind", "There is no such kind of entry: %q.", e.Kind)
	}
	switch {
	case !e.Mode.Blocks() && !through:
		return misdrafted("mode", "The mode is voicemail (Block and Allow Voicemails) or all (Block all communications).")
	case through && e.Kind != KindNumber && e.Kind != KindContacts, !through && e.Kind == KindContacts:
		return misdrafted("mode", "Numbers and all contacts can be let through always; nothing else can.")
	case len([]rune(e.Name)) > maxEntryName:
		return misdrafted("name", "The name can have %d letters at most.", maxEntryName)
	case !e.Expires.IsZero() && !e.Expires.After(time.Now()):
		return misdrafted("expires", "That time is over: choose one to come.")
	}
	return nil
}

// readNumber reads the number that was typed for an entry.
func (p *Phone) readNumber(e *Entry, typed string) (err error) {
	if e.Kind == KindHidden || e.Kind == KindContacts {
		return nil
	}
	country := p.country()
	e.Text = oneLine(typed)
	if e.Kind == KindPrefix {
		e.Number, err = p.cfg.Numbers.Prefix(typed, country)
	} else {
		e.Number, err = p.cfg.Numbers.Listed(typed, country)
	}
	switch {
	case err != nil:
		return &Error{Code: CodeInvalid, Op: "blacklist", Field: "number", Err: sentence("%s", Sentence(err))}
	case e.Mode.Blocks() && p.cfg.Numbers.Emergency(typed, country):
		return misdrafted("number", "%s is an emergency number: it cannot be blocked.", e.Text)
	}
	return nil
}

// nameEntry finds whom an entry's number belongs to, and takes the name from there where none is given.
func (p *Phone) nameEntry(ctx context.Context, e *Entry, had ContactID) error {
	if e.Contact == "" {
		if known := p.directory.find(e.Number); len(known) > 0 && e.Number != "" && e.Kind != KindPrefix {
			e.Contact = known[0].ID
		}
	}
	if e.Contact == "" {
		if e.Kind == KindContact {
			return misdrafted("contact", "No contact has this number: it can be blocked without Block Contact.")
		}
		return nil
	}
	c, err := p.cfg.Store.Contact(ctx, e.Contact)
	switch {
	case CodeOf(err) == CodeNotFound && e.Contact == had:
		return nil
	case CodeOf(err) == CodeNotFound:
		return misdrafted("contact", "There is no such contact any more.")
	case err != nil:
		return err
	case e.Name == "":
		e.Name = ContactName{Name: c.Name, Company: c.Company}.Title()
	}
	return nil
}

func misdrafted(field, format string, args ...any) error {
	e := fault(CodeInvalid, "blacklist", format, args...)
	e.Field = field
	return e
}
