// Package booktest gives tests of screens contacts and a blacklist in memory.
package booktest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/callward/callward/phone"
)

// Book keeps contacts, entries and a screening log as they were last set. Numbers are in normal
// form once blanks are taken out. It belongs to the test's goroutine.
type Book struct {
	// Err is what every method fails with that can fail; nil for none.
	Err error
	// People are the contacts, List the entries of both kinds, Rows the screening log, newest first.
	People []phone.Contact
	List   []phone.Entry
	Rows   []phone.Screened
	// Lately is what Replay returns, and Found what WouldPass does.
	Lately phone.Replay
	Found  phone.Passage
	// Refusing is what Screening returns.
	Refusing phone.Screening

	goneContacts []phone.Contact
	goneEntries  []phone.Entry
	ids          int
}

// Normal is the normal form of a number as typed.
func Normal(typed string) string {
	return strings.NewReplacer(" ", "", "-", "", "(", "", ")", "").Replace(typed)
}

// Contacts finds by name, company and number.
func (b *Book) Contacts(_ context.Context, q phone.ContactQuery) ([]phone.Contact, int, error) {
	var found []phone.Contact
	for _, c := range b.People {
		text := strings.ToLower(c.Name + "\n" + c.Company)
		for _, n := range c.Numbers {
			text += "\n" + n.Number + "\n" + n.Text
		}
		if strings.Contains(text, strings.ToLower(q.Search)) {
			found = append(found, c)
		}
	}
	slices.SortFunc(found, func(a, b phone.Contact) int { return cmp.Compare(a.Name+a.Company, b.Name+b.Company) })
	return part(found, q.Offset, q.Limit), len(found), b.Err
}

func part[T any](all []T, offset, limit int) []T {
	all = all[min(offset, len(all)):]
	if limit > 0 {
		all = all[:min(limit, len(all))]
	}
	return slices.Clone(all)
}

// Contact returns one.
func (b *Book) Contact(_ context.Context, id phone.ContactID) (phone.Contact, error) {
	for _, c := range b.People {
		if c.ID == id {
			return c, b.Err
		}
	}
	return phone.Contact{}, &phone.Error{Code: phone.CodeNotFound, Op: "contact"}
}

// WhoHas returns the contacts of a number.
func (b *Book) WhoHas(number, _ string) []phone.ContactName {
	var found []phone.ContactName
	for _, c := range b.People {
		if slices.ContainsFunc(c.Numbers, func(n phone.ContactNumber) bool { return n.Number == Normal(number) }) {
			found = append(found, phone.ContactName{ID: c.ID, Name: c.Name, Company: c.Company})
		}
	}
	return found
}

// SaveContact adds or changes one. A number with letters and no @ is none.
func (b *Book) SaveContact(_ context.Context, c phone.Contact) (phone.Contact, error) {
	if b.Err != nil {
		return phone.Contact{}, b.Err
	}
	if c.Name == "" && c.Company == "" {
		return phone.Contact{}, &phone.Error{Code: phone.CodeInvalid, Op: "save contact", Field: "name", Err: errors.New("a contact needs a name or a company")}
	}
	for i := range c.Numbers {
		number, err := listed(c.Numbers[i].Text)
		if err != nil {
			return phone.Contact{}, &phone.Error{Code: phone.CodeInvalid, Op: "save contact", Field: fmt.Sprintf("number.%d", i), Err: err}
		}
		c.Numbers[i].Number = number
	}
	if c.ID == "" {
		c.ID = phone.ContactID(b.id("contact"))
	}
	b.People = append(slices.DeleteFunc(b.People, func(p phone.Contact) bool { return p.ID == c.ID }), c)
	return c, nil
}

func (b *Book) id(kind string) string {
	b.ids++
	return fmt.Sprintf("%s-%d", kind, b.ids)
}

func listed(typed string) (string, error) {
	number := Normal(typed)
	if number == "" || !strings.Contains(number, "@") && strings.Trim(number, "+0123456789*#") != "" {
		return "", fmt.Errorf("%q is neither a phone number nor a SIP address such as 1001@pbx.example", typed)
	}
	return number, nil
}

// DeleteContacts deletes some.
func (b *Book) DeleteContacts(_ context.Context, ids ...phone.ContactID) error {
	b.People, b.goneContacts = move(b.People, b.goneContacts, func(c phone.Contact) bool { return slices.Contains(ids, c.ID) })
	return b.Err
}

// RestoreContacts brings some back.
func (b *Book) RestoreContacts(_ context.Context, ids ...phone.ContactID) error {
	b.goneContacts, b.People = move(b.goneContacts, b.People, func(c phone.Contact) bool { return slices.Contains(ids, c.ID) })
	return b.Err
}

func move[T any](from, to []T, which func(T) bool) (left, grown []T) {
	for _, one := range from {
		if which(one) {
			to = append(to, one)
		} else {
			left = append(left, one)
		}
	}
	return left, to
}

// Entries finds by name and number; it does not sort.
func (b *Book) Entries(_ context.Context, q phone.EntryQuery) ([]phone.Entry, int, error) {
	var found []phone.Entry
	for _, e := range b.List {
		if q.Through == (e.Mode == phone.LetThrough) && strings.Contains(strings.ToLower(e.Name+"\n"+e.Number), strings.ToLower(q.Search)) {
			found = append(found, e)
		}
	}
	if q.Order == phone.OrderName {
		slices.SortFunc(found, func(a, b phone.Entry) int { return cmp.Compare(a.Name, b.Name) })
	}
	return part(found, q.Offset, q.Limit), len(found), b.Err
}

// Entry returns one.
func (b *Book) Entry(_ context.Context, id phone.EntryID) (phone.Entry, error) {
	for _, e := range b.List {
		if e.ID == id {
			return e, b.Err
		}
	}
	return phone.Entry{}, &phone.Error{Code: phone.CodeNotFound, Op: "blacklist"}
}

// AddEntry adds one, newest first.
func (b *Book) AddEntry(_ context.Context, d phone.EntryDraft) (phone.Entry, error) {
	e, err := b.drafted(d)
	if err != nil {
		return phone.Entry{}, err
	}
	for i, there := range b.List {
		if there.Number == e.Number && there.Kind == e.Kind {
			if !d.Replace {
				return phone.Entry{}, &phone.Error{Code: phone.CodeExists, Op: "blacklist", Field: "number", Err: &phone.Taken{Entry: there}}
			}
			e.ID, e.Since = there.ID, there.Since
			b.List[i] = e
			return e, nil
		}
	}
	e.ID, e.Since = phone.EntryID(b.id("entry")), time.Now()
	b.List = append([]phone.Entry{e}, b.List...)
	return e, nil
}

// ChangeEntry changes one.
func (b *Book) ChangeEntry(_ context.Context, id phone.EntryID, d phone.EntryDraft) (phone.Entry, error) {
	e, err := b.drafted(d)
	if err != nil {
		return phone.Entry{}, err
	}
	i := slices.IndexFunc(b.List, func(there phone.Entry) bool { return there.ID == id })
	if i < 0 {
		return phone.Entry{}, &phone.Error{Code: phone.CodeNotFound, Op: "blacklist"}
	}
	e.ID, e.Since, e.Blocked, e.Last = id, b.List[i].Since, b.List[i].Blocked, b.List[i].Last
	b.List[i] = e
	return e, nil
}

func (b *Book) drafted(d phone.EntryDraft) (phone.Entry, error) {
	e := phone.Entry{
		Kind: cmp.Or(d.Kind, phone.KindNumber), Mode: cmp.Or(d.Mode, phone.AllowVoicemails), Name: d.Name,
		Contact: d.Contact, Expires: d.Expires, Text: d.Number,
	}
	if b.Err != nil {
		return e, b.Err
	}
	if e.Kind == phone.KindHidden || e.Kind == phone.KindContacts {
		e.Text = ""
		return e, nil
	}
	number, err := listed(d.Number)
	if err == nil && (number == "112" || number == "999") {
		err = errors.New(number + " is an emergency number: it cannot be blocked")
	}
	if err != nil {
		return e, &phone.Error{Code: phone.CodeInvalid, Op: "blacklist", Field: "number", Err: err}
	}
	e.Number = number
	for _, c := range b.People {
		for _, n := range c.Numbers {
			if e.Kind == phone.KindContact && c.ID == e.Contact && n.Number != number {
				e.Others = append(e.Others, n.Number)
			}
		}
	}
	return e, nil
}

// RemoveEntries removes some.
func (b *Book) RemoveEntries(_ context.Context, ids ...phone.EntryID) error {
	b.List, b.goneEntries = move(b.List, b.goneEntries, func(e phone.Entry) bool { return slices.Contains(ids, e.ID) })
	return b.Err
}

// RestoreEntries puts some back.
func (b *Book) RestoreEntries(_ context.Context, ids ...phone.EntryID) error {
	b.goneEntries, b.List = move(b.goneEntries, b.List, func(e phone.Entry) bool { return slices.Contains(ids, e.ID) })
	return b.Err
}

// Replay returns Lately.
func (b *Book) Replay(context.Context, phone.EntryDraft) (phone.Replay, error) {
	return b.Lately, b.Err
}

// WouldPass goes by List for a number in normal form, and returns Found for what is typed otherwise.
func (b *Book) WouldPass(_ context.Context, line string) (phone.Passage, error) {
	for _, e := range b.List {
		if e.Mode.Blocks() && e.Kind != phone.KindPrefix && (e.Number == line || slices.Contains(e.Others, line)) {
			return phone.Passage{Verdict: phone.Verdict{Mode: e.Mode, Kind: e.Kind, Row: 1, Number: line}, Entry: e}, b.Err
		}
	}
	if strings.ContainsAny(line, "+@") {
		return phone.Passage{}, b.Err
	}
	return b.Found, b.Err
}

// Screened returns a part of Rows.
func (b *Book) Screened(_ context.Context, q phone.ScreenedQuery) ([]phone.Screened, int, error) {
	var found []phone.Screened
	for _, row := range b.Rows {
		if strings.Contains(strings.ToLower(row.Name+"\n"+row.Number), strings.ToLower(q.Search)) {
			found = append(found, row)
		}
	}
	return part(found, q.Offset, q.Limit), len(found), b.Err
}

// Screening returns Refusing.
func (b *Book) Screening(context.Context) (phone.Screening, error) { return b.Refusing, b.Err }

// SetScreening changes Refusing.
func (b *Book) SetScreening(_ context.Context, s phone.Screening) error {
	b.Refusing = s
	return b.Err
}

// Gate blocks what is on the list.
func (b *Book) Gate(_ context.Context, r phone.CallRequest) (phone.Target, error) {
	target := phone.Target{URI: "sip:" + Normal(r.Number) + "@pbx.example", Number: Normal(r.Number), Emergency: r.Number == "112"}
	for _, e := range b.List {
		if e.Number == target.Number && e.Number != "" && e.Mode.Blocks() && !r.Anyway && !target.Emergency {
			v := phone.Verdict{Mode: e.Mode, Kind: e.Kind, Row: 1, Number: e.Number}
			return target, &phone.Error{Code: phone.CodeBlocked, Op: "call", Err: &phone.Blocked{Verdict: v, Entry: e}}
		}
	}
	return target, nil
}

// Listed is the normal form of a number as typed, as the book has it.
func Listed(text, _ string) (string, error) { return listed(text) }
