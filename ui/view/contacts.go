package view

import (
	"cmp"
	"context"
	"slices"

	"github.com/callward/callward/phone"
)

// ContactRow is a contact as its row shows it.
type ContactRow struct {
	ID phone.ContactID
	// Title is the name, else the company; Company is "" where Title says it.
	Title, Company string
	// Number is the first one, written for people; "" for none.
	Number string
}

// ContactLine is a number of the contact that is open.
type ContactLine struct {
	// Label says which it is; may be empty. Text is written for people, Dial what to dial, Number the normal form.
	Label, Text, Dial, Number string
	// Blocked is set while the list blocks it.
	Blocked bool
}

// Contacts is the page of the contacts: a list, and the one that is open, or its form.
type Contacts struct {
	*Parts[phone.Contact, ContactRow]
	// Watched is set while the page is shown.
	Watched bool
	// Open is the contact that is open, whole; nil for none. Lines are its numbers.
	Open  *phone.Contact
	Lines []ContactLine
	// Messages are the newest voice messages of its numbers.
	Messages []VoicemailRow
	// Form is the contact that is added or changed; nil for none.
	Form *ContactForm
	// Undone says what was deleted, which Undo brings back; "" for nothing. Failed says what went wrong.
	Undone, Failed string

	search  string
	book    ContactKeeper
	guard   Guard
	inbox   InboxKeeper
	rowsOf  voicemailRows
	worker  Worker
	words   Words
	numbers Numbers
	country func() string
	wanted  phone.ContactID // the one that is being read, or open
	deleted []phone.ContactID
}

// NewContacts shows no contacts until Read.
func NewContacts(book ContactKeeper, guard Guard, worker Worker, words Words, numbers Numbers, country func() string) *Contacts {
	c := &Contacts{book: book, guard: guard, worker: worker, words: words, numbers: numbers, country: country}
	c.Parts = newParts(worker, words, c.part, c.row)
	return c
}

func (c *Contacts) part(offset, limit int) func(context.Context) ([]phone.Contact, int, error) {
	q := phone.ContactQuery{Search: c.search, Offset: offset, Limit: limit}
	return func(ctx context.Context) ([]phone.Contact, int, error) { return c.book.Contacts(ctx, q) }
}

func (c *Contacts) row(one phone.Contact) ContactRow {
	row := ContactRow{ID: one.ID, Title: one.Name, Company: one.Company}
	if row.Title == "" {
		row.Title, row.Company = one.Company, ""
	}
	if len(one.Numbers) > 0 {
		row.Number = c.written(one.Numbers[0])
	}
	return row
}

// written is a number as it is written for people.
func (c *Contacts) written(n phone.ContactNumber) string {
	if n.Number == "" {
		return n.Text
	}
	return c.numbers.Display(n.Number, c.country())
}

// Search is what is searched for.
func (c *Contacts) Search() string { return c.search }

// Find shows what fits a text.
func (c *Contacts) Find(text string) {
	c.search = text
	c.Read()
}

// Refresh reads anew what is shown.
func (c *Contacts) Refresh() {
	c.Read()
	c.Reopen()
}

// Reopen reads anew the contact that is open.
func (c *Contacts) Reopen() {
	if c.wanted != "" {
		c.Choose(c.wanted)
	}
}

// Choose opens a contact.
func (c *Contacts) Choose(id phone.ContactID) {
	c.wanted = id
	var (
		one     phone.Contact
		blocked []bool
		left    []phone.Voicemail
	)
	c.worker.Do(func(ctx context.Context) (err error) {
		if one, err = c.book.Contact(ctx, id); err != nil {
			return err
		}
		blocked = c.blocked(ctx, one)
		left, err = c.left(ctx, one)
		return err
	}, func(err error) {
		switch {
		case c.wanted != id:
		case phone.CodeOf(err) == phone.CodeNotFound: // deleted meanwhile
			c.Close()
		case err != nil:
			c.Failed = c.words.L(phone.Sentence(err))
			c.Changed()
		default:
			c.Messages = c.rowsOf.rows(left)
			c.show(one, blocked)
		}
	})
}

// Pick opens a contact in place of the form, unless something was typed into that.
func (c *Contacts) Pick(id phone.ContactID) {
	if c.keeps() {
		return
	}
	c.Form = nil
	c.Choose(id)
}

// keeps tells whether the form has something typed that would be lost, and says so.
func (c *Contacts) keeps() bool {
	if c.Form == nil || !c.Form.Touched() {
		return false
	}
	c.Form.Errors[""] = c.words.L("Save or cancel this contact first.")
	c.Changed()
	return true
}

// blocked tells which numbers of a contact the list blocks, as far as that is known. It waits for the disk.
func (c *Contacts) blocked(ctx context.Context, one phone.Contact) []bool {
	blocked := make([]bool, len(one.Numbers))
	for i, n := range one.Numbers {
		passage, err := c.guard.WouldPass(ctx, cmp.Or(n.Number, n.Text))
		blocked[i] = err == nil && passage.Verdict.Blocked()
	}
	return blocked
}

// left are the newest voice messages of a contact. It waits for the disk.
func (c *Contacts) left(ctx context.Context, one phone.Contact) ([]phone.Voicemail, error) {
	var numbers []string
	for _, n := range one.Numbers {
		if n.Number != "" {
			numbers = append(numbers, n.Number)
		}
	}
	if len(numbers) == 0 {
		return nil, nil // an empty query would find all
	}
	list, _, err := c.inbox.Voicemails(ctx, phone.VoicemailQuery{Numbers: numbers, Limit: contactMessages})
	return list, err
}

// contactMessages is how many messages are shown of a contact.
const contactMessages = 5

func (c *Contacts) show(one phone.Contact, blocked []bool) {
	c.Open, c.Lines = &one, nil
	for i, n := range one.Numbers {
		line := ContactLine{Label: n.Label, Text: c.written(n), Dial: n.Text, Number: n.Number, Blocked: blocked[i]}
		if n.Number != "" {
			line.Dial = n.Number
		}
		c.Lines = append(c.Lines, line)
	}
	c.Changed()
}

// Close shows no contact.
func (c *Contacts) Close() {
	c.Open, c.Lines, c.Messages, c.wanted = nil, nil, nil, ""
	c.Changed()
}

// Add opens an empty form; a number and a name may be known. A form with something typed stays.
func (c *Contacts) Add(number, name string) {
	if c.keeps() {
		return
	}
	form := &ContactForm{Name: name, Numbers: []FormNumber{{Label: "mobile", Text: number}}, Errors: map[string]string{}}
	if name == number {
		form.Name = ""
	}
	c.begin(form)
}

// Edit opens the form of the contact that is open.
func (c *Contacts) Edit() {
	if c.Open == nil {
		return
	}
	one := *c.Open
	form := &ContactForm{ID: one.ID, Name: one.Name, Company: one.Company, Note: one.Note, Picture: one.Picture, Errors: map[string]string{}}
	for _, n := range one.Numbers {
		form.Numbers = append(form.Numbers, FormNumber{n.Label, n.Text})
	}
	if len(form.Numbers) == 0 {
		form.Numbers = []FormNumber{{Label: "mobile"}}
	}
	c.begin(form)
}

func (c *Contacts) begin(form *ContactForm) {
	form.was = form.state()
	c.Form = form
	c.Changed()
}

// Cancel closes the form.
func (c *Contacts) Cancel() {
	c.Form = nil
	c.Changed()
}

// Save keeps what is typed, and closes the form where that is right.
func (c *Contacts) Save() {
	form := c.Form
	if form == nil || form.Saving {
		return
	}
	form.Saving, form.Errors = true, map[string]string{}
	c.Changed()
	one, places := form.contact()
	c.worker.Do(func(ctx context.Context) (err error) {
		one, err = c.book.SaveContact(ctx, one)
		return err
	}, func(err error) {
		form.Saving = false
		if err != nil {
			form.refuse(c.words, err, places)
			c.Changed()
			return
		}
		if c.Form == form {
			c.Form = nil
		}
		c.show(one, make([]bool, len(one.Numbers)))
		c.Read()
		c.Choose(one.ID)
	})
}

// Delete deletes the contact that is open; Undo brings it back.
func (c *Contacts) Delete() {
	if c.Open == nil {
		return
	}
	one := c.row(*c.Open)
	c.remove(one)
}

// DeleteRow deletes the contact of a row.
func (c *Contacts) DeleteRow(row ContactRow) { c.remove(row) }

func (c *Contacts) remove(row ContactRow) {
	if c.wanted == row.ID {
		c.Open, c.Lines, c.wanted = nil, nil, ""
	}
	c.drop(func(other ContactRow) bool { return other.ID == row.ID })
	c.worker.Do(func(ctx context.Context) error { return c.book.DeleteContacts(ctx, row.ID) }, func(err error) {
		if c.Failed = c.words.L(phone.Sentence(err)); err == nil {
			c.Undone, c.deleted = c.words.L("{{.Name}} was deleted.", map[string]any{"Name": row.Title}), []phone.ContactID{row.ID}
		}
		c.Read()
		c.Changed()
	})
}

// Undo brings back what was deleted last.
func (c *Contacts) Undo() {
	ids := slices.Clone(c.deleted)
	c.Forget()
	c.worker.Do(func(ctx context.Context) error { return c.book.RestoreContacts(ctx, ids...) }, func(err error) {
		c.Failed = c.words.L(phone.Sentence(err))
		c.Read()
		c.Changed()
	})
}

// Forget puts away what was said.
func (c *Contacts) Forget() {
	c.Undone, c.Failed, c.deleted = "", "", nil
	c.Changed()
}
