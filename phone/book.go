package phone

import (
	"context"
	"errors"
	"strings"
	"time"
)

// countrySetting is the country by which numbers in contacts and on the blacklist were read last.
const countrySetting = "numbers.country"

// openBook loads what screening and names need into memory, before any account is opened.
func (p *Phone) openBook(ctx context.Context) error {
	p.cfg.Blacklist.SetContacts(p.directory.has)
	names := make(chan error, 1)
	go func() { names <- p.readDirectory(ctx) }()
	err := errors.Join(p.readRules(ctx), <-names)
	if err != nil {
		return err
	}
	s, err := p.Screening(ctx)
	if err != nil {
		return err
	}
	until, err := p.lifelineLeft(ctx)
	if err != nil {
		return err
	}
	p.recorder.keep(s.Keep)
	p.inbox.Put(bookOpened{s, until})
	return nil
}

// bookOpened is what the loop has of it.
type bookOpened struct {
	screening Screening
	lifeline  time.Time
}

func (in bookOpened) apply(l *loop) { l.screening, l.lifeline = in.screening, in.lifeline }

func (p *Phone) readRules(ctx context.Context) error {
	return p.cfg.Blacklist.Load(func(yield func(Rule) error) error {
		return p.cfg.Store.Rules(ctx, time.Now(), nil, yield)
	})
}

func (p *Phone) readDirectory(ctx context.Context) error {
	read := newDirectory()
	var last *ContactName // of a contact's numbers, which come one after the other
	err := p.cfg.Store.ContactNames(ctx, "", func(number string, c ContactName) error {
		if last == nil || *last != c {
			last = &c
		}
		read.put(number, last)
		return nil
	})
	if err == nil {
		p.directory.replace(read)
	}
	return err
}

// lifelineLeft returns until when nothing is screened after an emergency call that history has;
// zero where there was none.
func (p *Phone) lifelineLeft(ctx context.Context) (time.Time, error) {
	keys, err := p.cfg.Store.CallKeys(ctx, CallQuery{Since: time.Now().Add(-lifeline)})
	if err != nil {
		return time.Time{}, err
	}
	rows := make([]int64, len(keys))
	for i, key := range keys {
		rows[i] = key.Row
	}
	calls, err := p.cfg.Store.CallRows(ctx, rows)
	if err != nil {
		return time.Time{}, err
	}
	accounts, err := p.cfg.Store.Accounts(ctx)
	if err != nil {
		return time.Time{}, err
	}
	for _, rec := range calls {
		acc := Account{}
		for _, a := range accounts {
			if a.has(rec.Account) {
				acc = a
			}
		}
		if rec.Direction != Out || practises(rec.Account) {
			continue
		}
		if target, err := p.cfg.Numbers.Target(rec.Dialled, acc); err == nil && target.Emergency {
			return rec.Started.Add(lifeline), nil
		}
	}
	return time.Time{}, nil
}

// country is that by which numbers in contacts and on the blacklist are read: the default account's.
func (p *Phone) country() string {
	country := ""
	for _, a := range p.Snapshot().Accounts {
		switch {
		case a.Account.Default:
			return a.Account.Country
		case country == "":
			country = a.Account.Country
		}
	}
	return country
}

// settleNumbers reads again what the former country could not place, once the country is
// another: 020 7946 0018 is +442079460018 only since an account is in Great Britain.
func (p *Phone) settleNumbers(ctx context.Context) error {
	p.listing.Lock()
	defer p.listing.Unlock()
	country := p.country()
	was, err := p.cfg.Store.Setting(ctx, countrySetting)
	if err != nil || was == country || country == "" {
		return err
	}
	contacts, err := p.settleContacts(ctx, country)
	if err != nil {
		return err
	}
	entries, err := p.settleEntries(ctx, country)
	if err != nil {
		return err
	}
	if contacts {
		err = errors.Join(p.readDirectory(ctx), p.readRules(ctx))
		p.inbox.Put(changed(EventContacts))
	}
	if entries {
		p.inbox.Put(changed(EventBlacklist))
	}
	if err != nil {
		return err
	}
	return p.cfg.Store.SetSetting(ctx, countrySetting, country)
}

func (p *Phone) settleContacts(ctx context.Context, country string) (bool, error) {
	unplaced := map[ContactID]bool{}
	err := p.cfg.Store.ContactNames(ctx, "", func(number string, c ContactName) error {
		if isUnplaced(number) {
			unplaced[c.ID] = true
		}
		return nil
	})
	if err != nil {
		return false, err
	}
	var changed []Contact
	for id := range unplaced {
		c, err := p.cfg.Store.Contact(ctx, id)
		if err != nil {
			return false, err
		}
		if p.place(&c, country) {
			changed = append(changed, c)
		}
	}
	if len(changed) == 0 {
		return false, nil
	}
	return true, p.cfg.Store.SaveContacts(ctx, changed)
}

// place reads the numbers of a contact that are not placed yet; it tells whether any changed.
func (p *Phone) place(c *Contact, country string) (changed bool) {
	for i, n := range c.Numbers {
		if number, err := p.cfg.Numbers.Listed(n.Text, country); err == nil && number != n.Number && isUnplaced(n.Number) {
			c.Numbers[i].Number, changed = number, true
		}
	}
	return changed
}

func (p *Phone) settleEntries(ctx context.Context, country string) (bool, error) {
	var rows []int64
	err := p.cfg.Store.Rules(ctx, time.Now(), nil, func(r Rule) error {
		if len(r.Numbers) > 0 && isUnplaced(r.Numbers[0]) {
			rows = append(rows, r.Row)
		}
		return nil
	})
	if err != nil {
		return false, err
	}
	found := false
	for _, row := range rows {
		e, _, err := p.cfg.Store.Entry(ctx, row, "")
		if err != nil {
			return found, err
		}
		read := p.cfg.Numbers.Listed
		if e.Kind == KindPrefix {
			read = p.cfg.Numbers.Prefix
		}
		number, err := read(e.Text, country)
		if err != nil || number == e.Number {
			continue
		}
		e.Number = number
		rule, err := p.cfg.Store.SaveEntry(ctx, e)
		if CodeOf(err) == CodeExists {
			continue // the number is on the list in its other form too
		}
		if err != nil {
			return found, err
		}
		found = true
		p.cfg.Blacklist.Put(rule)
	}
	return found, nil
}

// isUnplaced tells whether a normal form may be another once a country says how to read it.
func isUnplaced(number string) bool {
	return !strings.HasPrefix(number, "+") && !strings.Contains(number, "@")
}
