package phone

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
)

// The bounds of a contact, in characters and numbers.
const (
	maxContactText    = 200
	maxContactNote    = 10_000
	maxContactNumbers = 100
)

// Contacts returns a part of the contacts, in the order of their names, without pictures
// and notes, and how many the query chooses in all.
func (p *Phone) Contacts(ctx context.Context, q ContactQuery) (part []Contact, total int, err error) {
	return p.cfg.Store.Contacts(ctx, q)
}

// Contact returns one whole; CodeNotFound where there is none.
func (p *Phone) Contact(ctx context.Context, id ContactID) (Contact, error) {
	return p.cfg.Store.Contact(ctx, id)
}

// WhoHas returns the contacts that a number belongs to, as it is in a call or in history of the
// account of an address, or as it is typed. It is from memory, and blocks on nothing.
func (p *Phone) WhoHas(number, account string) []ContactName {
	if number == "" {
		return nil
	}
	if known := p.ownersOf(number, account); len(known) > 0 {
		return known
	}
	listed, err := p.cfg.Numbers.Listed(number, p.country())
	if err != nil {
		return nil
	}
	return p.directory.find(listed)
}

// ownersOf returns the contacts that a normal form of the account of an address belongs to.
func (p *Phone) ownersOf(number, account string) []ContactName {
	return p.directory.find(formsOf(number, account)...)
}

// formsOf are those in which a number that an account's caller has may be listed.
func formsOf(number, account string) []string {
	forms := []string{number}
	if _, domain, found := strings.Cut(account, "@"); found && !strings.Contains(number, "@") {
		forms = append(forms, number+"@"+domain)
	}
	return forms
}

// SaveContact adds a contact, or changes the one of its id, and returns it as it is kept. The
// numbers that it gets are blocked at once where the contact is. It fails with CodeInvalid, where Field
// is name, picture or number.N with N from 0, CodeNotFound and CodeStorage.
func (p *Phone) SaveContact(ctx context.Context, c Contact) (Contact, error) {
	if err := p.checkContact(&c); err != nil {
		return Contact{}, err
	}
	if c.ID == "" {
		id, err := p.cfg.NewID()
		if err != nil {
			return Contact{}, &Error{Code: CodeInternal, Op: "save contact", Err: err}
		}
		c.ID = ContactID(id)
	} else if _, err := p.cfg.Store.Contact(ctx, c.ID); err != nil {
		return Contact{}, err
	}
	p.listing.Lock()
	defer p.listing.Unlock()
	if err := p.cfg.Store.SaveContacts(ctx, []Contact{c}); err != nil {
		return Contact{}, err
	}
	return c, p.refreshContacts(ctx, []ContactID{c.ID})
}

// DeleteContacts deletes contacts; whoever is blocked by *Block Contact stays so. RestoreContacts
// undoes it.
func (p *Phone) DeleteContacts(ctx context.Context, ids ...ContactID) error {
	return p.dropContacts(ctx, ids, false)
}

// RestoreContacts brings deleted contacts back.
func (p *Phone) RestoreContacts(ctx context.Context, ids ...ContactID) error {
	return p.dropContacts(ctx, ids, true)
}

func (p *Phone) dropContacts(ctx context.Context, ids []ContactID, back bool) error {
	p.listing.Lock()
	defer p.listing.Unlock()
	if err := p.cfg.Store.DeleteContacts(ctx, ids, back); err != nil {
		return err
	}
	return p.refreshContacts(ctx, ids)
}

// refreshContacts takes over into memory what the store has of some contacts, and tells of it.
func (p *Phone) refreshContacts(ctx context.Context, ids []ContactID) error {
	for _, id := range ids {
		fresh := map[string]ContactName{}
		err := p.cfg.Store.ContactNames(ctx, id, func(number string, c ContactName) error {
			fresh[number] = c
			return nil
		})
		if err != nil {
			return err
		}
		p.directory.forget(id)
		for number, c := range fresh {
			p.directory.put(number, &c)
		}
	}
	err := p.cfg.Store.Rules(ctx, time.Now(), ids, func(r Rule) error {
		p.cfg.Blacklist.Put(r)
		return nil
	})
	p.inbox.Put(changed(EventContacts))
	return err
}

// checkContact brings a contact into its usual form and reads its numbers.
func (p *Phone) checkContact(c *Contact) error {
	c.Name, c.Company = oneLine(c.Name), oneLine(c.Company)
	c.Note = strings.TrimSpace(c.Note)
	c.Numbers = slices.DeleteFunc(slices.Clone(c.Numbers), func(n ContactNumber) bool { return strings.TrimSpace(n.Text) == "" })
	switch {
	case c.Name == "" && c.Company == "":
		return unfit("name", "A contact needs a name or a company.")
	case len([]rune(c.Name)) > maxContactText || len([]rune(c.Company)) > maxContactText:
		return unfit("name", "The name and the company can have %d letters at most.", maxContactText)
	case len([]rune(c.Note)) > maxContactNote:
		return unfit("note", "The note can have %d letters at most.", maxContactNote)
	case len(c.Numbers) > maxContactNumbers:
		return unfit("number", "A contact can have %d numbers at most.", maxContactNumbers)
	case len(c.Picture) > MaxPicture:
		return unfit("picture", "The picture can have %d KB at most.", MaxPicture>>10)
	}
	country := p.country()
	for i, n := range c.Numbers {
		n.Text, n.Label = oneLine(n.Text), oneLine(n.Label)
		number, err := p.cfg.Numbers.Listed(n.Text, country)
		if err != nil {
			return &Error{Code: CodeInvalid, Op: "save contact", Field: fmt.Sprintf("number.%d", i), Err: sentence("%s", Sentence(err))}
		}
		n.Number = number
		c.Numbers[i] = n
	}
	return nil
}

func unfit(field, format string, args ...any) error {
	e := fault(CodeInvalid, "save contact", format, args...)
	e.Field = field
	return e
}

// oneLine is a text without what cannot be seen, on one line.
func oneLine(text string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsPrint(r):
			return r
		}
		return -1
	}, strings.ToValidUTF8(text, ""))), " ")
}
