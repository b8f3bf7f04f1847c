package view

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/callward/callward/phone"
)

// offersMost is how many numbers of contacts are offered at once.
const offersMost = 6

// Offer is a number of a contact that may be meant.
type Offer struct {
	Contact phone.ContactName
	// Number is as the contact has it, and Label says which of its numbers it is.
	Number, Label string
}

// EntryForm is the window Add Blacklist Numbers: what is typed, and what it comes to.
type EntryForm struct {
	// Kind is KindNumber, KindPrefix, KindHidden or KindContacts; Through is set for Always let through.
	Kind    phone.EntryKind
	Through bool
	// Editing is set while an entry is changed that is on the list.
	Editing phone.EntryID
	// Text is the number or contact as typed, and Name what the entry is called.
	Text, Name string
	Mode       phone.Mode
	// Whole is Block Contact: all numbers of the contact, which has More besides this one.
	Whole bool
	More  int
	// Contacts are those that the number belongs to; the first, or the one that was picked, is meant.
	Contacts []phone.ContactName
	// Shared says whose number it is as well; "" for nobody else's.
	Shared string
	// Offers are numbers of contacts that fit what is typed; Chosen is the place of one, -1 for none.
	Offers []Offer
	Chosen int
	// Expires is a place in ExpiresChoices, and Date the day that is typed for the last of them.
	Expires int
	Date    string
	// Lately says what the entry would have blocked; "" for nothing.
	Lately string
	// NumberError, NameError and ExpiresError say what is wrong with a field, Failed what concerns none.
	NumberError, NameError, ExpiresError, Failed string
	// Taken is the entry that is on the list already; nil for none.
	Taken *phone.Entry
	// Saving is set while it is put on the list.
	Saving bool
	// Changed is called when any of this has changed, but for Text, Name and Date, which are typed.
	Changed func()

	guard   Guard
	book    ContactKeeper
	worker  Worker
	words   Words
	numbers Numbers
	now     func() time.Time
	country func() string
	closed  func()
	named   bool            // the agent typed the name
	until   time.Time       // when the entry that is changed expires
	picked  phone.ContactID // "" where no contact was
	turn    int             // counts what was typed
	asked   int             // counts what Lately was asked for
}

func newEntryForm(guard Guard, book ContactKeeper, worker Worker, words Words, numbers Numbers, now func() time.Time) *EntryForm {
	return &EntryForm{
		Mode: phone.AllowVoicemails, Chosen: -1, Changed: func() {}, guard: guard, book: book, worker: worker, words: words, numbers: numbers,
		now: now, country: func() string { return "" }, closed: func() {},
	}
}

// ExpiresChoices are when an entry may end, in words; the last is a day.
func (f *EntryForm) ExpiresChoices() []string {
	choices := []string{f.words.L("Never"), f.words.L("In 1 hour"), f.words.L("In 1 day"), f.words.L("In 30 days"), f.words.L("At the end of a day")}
	return choices
}

// expiresOn is the place of the last of them.
const expiresOn = 4

// Type replaces what is typed as number or contact.
func (f *EntryForm) Type(text string) {
	if text == f.Text {
		return
	}
	f.Text, f.picked, f.Chosen = text, "", -1
	f.turn++
	f.NumberError, f.Failed, f.Taken = "", "", nil
	f.recognise()
	f.search()
	f.Changed()
}

// recognise finds whose number is typed.
func (f *EntryForm) recognise() {
	f.Contacts, f.Shared, f.More = nil, "", 0
	if f.Kind == phone.KindNumber {
		f.Contacts = f.book.WhoHas(strings.TrimSpace(f.Text), "")
	}
	i := slices.IndexFunc(f.Contacts, func(c phone.ContactName) bool { return c.ID == f.picked })
	if i > 0 {
		f.Contacts[0], f.Contacts[i] = f.Contacts[i], f.Contacts[0]
	}
	if !f.Known() {
		f.Whole = false
	}
	if len(f.Contacts) > 1 {
		var others []string
		for _, c := range f.Contacts[1:] {
			others = append(others, c.Title())
		}
		f.Shared = f.words.L("This number is also {{.Name}}'s.", map[string]any{"Name": strings.Join(others, ", ")})
	}
	f.nameIt()
	f.count()
	f.replay()
}

// contact is who is meant: the one that has the number, or whose the entry is that is changed. "" for nobody.
func (f *EntryForm) contact() phone.ContactID {
	if len(f.Contacts) > 0 {
		return f.Contacts[0].ID
	}
	return f.picked
}

// Known tells whether a contact is meant, all of whose numbers can be blocked.
func (f *EntryForm) Known() bool { return f.contact() != "" }

// nameIt fills in the contact's name, unless the agent has typed one.
func (f *EntryForm) nameIt() {
	switch {
	case f.named:
	case len(f.Contacts) > 0:
		f.Name = f.Contacts[0].Title()
	default:
		f.Name = ""
	}
}

// count asks how many more numbers the contact has.
func (f *EntryForm) count() {
	if !f.Known() {
		return
	}
	turn, id := f.turn, f.contact()
	own, _ := f.numbers.Listed(f.Text, f.country()) // it is a contact's, so it is a number
	more := 0
	f.worker.Do(func(ctx context.Context) error {
		c, err := f.book.Contact(ctx, id)
		others := map[string]bool{}
		for _, n := range c.Numbers {
			if n.Number != "" && n.Number != own {
				others[n.Number] = true
			}
		}
		more = len(others)
		return err
	}, func(err error) {
		if turn == f.turn && err == nil && more != f.More {
			f.More = more
			f.Changed()
		}
	})
}

// search offers the numbers of contacts that fit.
func (f *EntryForm) search() {
	text, turn := strings.TrimSpace(f.Text), f.turn
	if text == "" || f.Kind != phone.KindNumber || len(f.Contacts) > 0 {
		f.Offers = nil
		return
	}
	var found []phone.Contact
	f.worker.Do(func(ctx context.Context) (err error) {
		found, _, err = f.book.Contacts(ctx, phone.ContactQuery{Search: text, Limit: offersMost})
		return err
	}, func(err error) {
		if turn != f.turn || err != nil { // offers are a help
			return
		}
		f.Offers = nil
		for _, c := range found {
			for _, n := range c.Numbers {
				if n.Number != "" && len(f.Offers) < offersMost {
					f.Offers = append(f.Offers, Offer{phone.ContactName{ID: c.ID, Name: c.Name, Company: c.Company}, n.Text, n.Label})
				}
			}
		}
		f.Changed()
	})
}

// Move chooses the offer before (-1) or after (1) the one that is chosen.
func (f *EntryForm) Move(by int) {
	if next := f.Chosen + by; next >= -1 && next < len(f.Offers) {
		f.Chosen = next
		f.Changed()
	}
}

// Take takes the offer that is chosen or, where what is typed is a name, the first; it tells whether there was one.
func (f *EntryForm) Take() bool {
	i := f.Chosen
	if _, err := f.numbers.Listed(f.Text, f.country()); i < 0 && err != nil {
		i = 0
	}
	if i < 0 || i >= len(f.Offers) {
		return false
	}
	f.Pick(i)
	return true
}

// Pick takes an offer.
func (f *EntryForm) Pick(i int) {
	if i < 0 || i >= len(f.Offers) {
		return
	}
	offer := f.Offers[i]
	f.Text, f.picked, f.Offers, f.Chosen = offer.Number, offer.Contact.ID, nil, -1
	f.turn++
	f.NumberError, f.Failed, f.Taken = "", "", nil
	f.recognise()
	f.Changed()
}

// SetName takes the name that is typed; an empty one is the contact's again.
func (f *EntryForm) SetName(name string) {
	if name == f.Name {
		return
	}
	f.Name, f.named = name, strings.TrimSpace(name) != ""
	f.NameError = ""
}

// SetMode takes the mode.
func (f *EntryForm) SetMode(mode phone.Mode) { f.Mode = mode }

// SetWhole takes whether all numbers of the contact are blocked.
func (f *EntryForm) SetWhole(on bool) {
	f.Whole = on
	f.replay()
}

// SetExpires takes a place in ExpiresChoices.
func (f *EntryForm) SetExpires(i int) {
	f.Expires, f.ExpiresError = i, ""
	f.Changed()
}

// edit fills in an entry.
func (f *EntryForm) edit(e phone.Entry) {
	f.Editing, f.Text, f.Name, f.Mode, f.named = e.ID, e.Text, e.Name, e.Mode, e.Name != ""
	f.Kind, f.Through, f.picked, f.until = e.Kind, e.Mode == phone.LetThrough, e.Contact, e.Expires
	f.Taken, f.NumberError, f.Offers, f.Whole = nil, "", nil, false
	if e.Kind == phone.KindContact {
		f.Kind, f.Whole = phone.KindNumber, true
	}
	if !e.Expires.IsZero() {
		f.Expires, f.Date = expiresOn, e.Expires.Local().Format(time.DateOnly)
	}
	f.turn++
	f.recognise()
	f.More = len(e.Others)
}

// EditTaken goes on with the entry that is on the list already, to make of it what the agent wanted.
func (f *EntryForm) EditTaken() {
	if f.Taken != nil {
		mode, through := f.Mode, f.Through
		f.edit(*f.Taken)
		f.Mode, f.Through = mode, through
		f.replay()
		f.Changed()
	}
}

// expires is when the entry ends; zero for never.
func (f *EntryForm) expires() (time.Time, error) {
	now := f.now()
	switch f.Expires {
	case 0:
		return time.Time{}, nil
	case 1:
		return now.Add(time.Hour), nil
	case 2:
		return now.AddDate(0, 0, 1), nil
	case 3:
		return now.AddDate(0, 0, 30), nil
	}
	if text := strings.TrimSpace(f.Date); !f.until.IsZero() && text == f.until.Local().Format(time.DateOnly) {
		return f.until, nil // as it was
	}
	day, err := time.ParseInLocation(time.DateOnly, strings.TrimSpace(f.Date), time.Local)
	if err != nil {
		return time.Time{}, errors.New("write the day as 2026-12-31")
	}
	return day.AddDate(0, 0, 1), nil
}

// draft is the entry as it is asked for.
func (f *EntryForm) draft() (phone.EntryDraft, error) {
	d := phone.EntryDraft{Kind: f.Kind, Number: strings.TrimSpace(f.Text), Name: strings.TrimSpace(f.Name), Mode: f.Mode}
	if f.Through {
		d.Mode = phone.LetThrough
	}
	if f.Known() && f.Kind == phone.KindNumber {
		d.Contact = f.contact()
		if f.Whole {
			d.Kind = phone.KindContact
		}
	}
	var err error
	d.Expires, err = f.expires()
	return d, err
}

// replay asks what the entry would have blocked lately.
func (f *EntryForm) replay() {
	f.Lately = ""
	f.asked++
	d, err := f.draft()
	if err != nil || f.Through || d.Number == "" && f.Kind != phone.KindHidden {
		return
	}
	asked := f.asked
	var found phone.Replay
	f.worker.Do(func(ctx context.Context) (err error) {
		found, err = f.guard.Replay(ctx, d)
		return err
	}, func(err error) {
		if asked != f.asked || err != nil { // a number that is none yet
			return
		}
		if text := lately(f.words, found); text != f.Lately {
			f.Lately = text
			f.Changed()
		}
	})
}

// lately says what an entry would have blocked.
func lately(w Words, r phone.Replay) string {
	var what []string
	if r.Calls > 0 {
		what = append(what, w.N("{{.Count}} calls", r.Calls))
	}
	if r.Texts > 0 {
		what = append(what, w.N("{{.Count}} texts", r.Texts))
	}
	switch {
	case len(what) == 0:
		return ""
	case r.Contacts > 0:
		return w.L("In the last 30 days it would have blocked {{.What}}, {{.Contacts}}.", map[string]any{
			"What": strings.Join(what, w.L(" and ")), "Contacts": w.N("{{.Count}} of them from contacts", r.Contacts),
		})
	}
	return w.L("In the last 30 days it would have blocked {{.What}}.", map[string]any{"What": strings.Join(what, w.L(" and "))})
}

// Save puts the entry on the list, and closes the window where that is right.
func (f *EntryForm) Save() {
	if f.Saving {
		return
	}
	d, err := f.draft()
	if err != nil {
		f.ExpiresError = f.words.L(phone.Sentence(err))
		f.Changed()
		return
	}
	if d.Number == "" && (f.Kind == phone.KindNumber || f.Kind == phone.KindPrefix) {
		f.NumberError = f.words.L("Type a number, or the name of a contact.")
		f.Changed()
		return
	}
	f.Saving, f.NumberError, f.NameError, f.ExpiresError, f.Failed, f.Taken = true, "", "", "", "", nil
	f.Changed()
	editing := f.Editing
	f.worker.Do(func(ctx context.Context) (err error) {
		if editing != "" {
			_, err = f.guard.ChangeEntry(ctx, editing, d)
		} else {
			_, err = f.guard.AddEntry(ctx, d)
		}
		return err
	}, f.saved)
}

// saved closes the window, or says what is wrong.
func (f *EntryForm) saved(err error) {
	f.Saving = false
	if err == nil {
		f.closed()
		return
	}
	var (
		e     *phone.Error
		taken *phone.Taken
	)
	text := f.words.L(phone.Sentence(err))
	switch errors.As(err, &e); {
	case errors.As(err, &taken):
		f.Taken, f.NumberError = &taken.Entry, text
	case e == nil:
		f.Failed = text
	case e.Code == phone.CodeNotFound: // it was removed meanwhile
		f.Editing, f.Failed = "", text
	case e.Field == "number" || e.Field == "contact":
		f.NumberError = text
	case e.Field == "name":
		f.NameError = text
	case e.Field == "expires":
		f.ExpiresError = text
	default:
		f.Failed = text
	}
	f.Changed()
}

// Cancel closes the window, and puts nothing on the list.
func (f *EntryForm) Cancel() { f.closed() }
