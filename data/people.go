package data

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"strings"
	"sync"

	"github.com/callward/callward/phone"
)

// people are the names and numbers of all contacts in memory, in the order of a list: a hundred
// thousand are looked through in the time between two keys. Any goroutine.
type people struct {
	writing sync.Mutex // held while contacts are written and put here, so that both are in one order
	lock    sync.Mutex // guards the rest; taken after writing
	read    bool       // list is what is on the disk
	list    []person
}

// person is a contact as it is found.
type person struct {
	row  int64
	sort string
	name phone.ContactName
	// text is what words are searched in, folded: name and company, which end at named, and
	// numbers. digits are numbers as searchedDigits has them.
	text, digits string
	named        int
	// numbers are the normal forms.
	numbers []string
}

func personOf(row int64, c phone.Contact) person {
	return sortedPerson(row, sortedBy(c.Name, c.Company), c)
}

// sortedPerson is a contact of which it is known what it is sorted by.
func sortedPerson(row int64, sort string, c phone.Contact) person {
	p := person{row: row, sort: sort, name: phone.ContactName{ID: c.ID, Name: c.Name, Company: c.Company}}
	text, digits := make([]string, 0, 8), make([]string, 0, 4)
	text = append(text, sort)
	p.named = len(sort)
	if c.Name != "" && c.Company != "" {
		company := folded(c.Company)
		text = append(text, company)
		p.named += 1 + len(company)
	}
	for _, n := range c.Numbers {
		written := folded(n.Text)
		text = append(text, written)
		if n.Number != "" {
			p.numbers = append(p.numbers, n.Number)
			if digits = append(digits, n.Number); n.Number != written {
				text = append(text, n.Number)
			}
		}
		if n.Number == "" || strings.Trim(written, "0123456789 +-()./") != "" {
			digits = append(digits, written, searchedDigits(n.Text))
		}
	}
	p.text, p.digits = strings.Join(text, "\n"), strings.Join(digits, "\n")
	return p
}

func (p person) compare(other person) int {
	return cmp.Or(cmp.Compare(p.sort, other.sort), cmp.Compare(p.row, other.row))
}

// fewPeople are moved about in the list; more are sooner read again.
const fewPeople = 32

// put takes over contacts that were written.
func (p *people) put(saved []person) {
	p.lock.Lock()
	defer p.lock.Unlock()
	switch {
	case !p.read:
		return
	case len(saved) > fewPeople:
		p.list, p.read = nil, false
		return
	}
	for _, one := range saved {
		p.list = slices.DeleteFunc(p.list, func(other person) bool { return other.row == one.row })
		at, _ := slices.BinarySearchFunc(p.list, one, person.compare)
		p.list = slices.Insert(p.list, at, one)
	}
}

// drop takes contacts out.
func (p *people) drop(ids []phone.ContactID) {
	if len(ids) > fewPeople {
		p.forget()
		return
	}
	p.lock.Lock()
	defer p.lock.Unlock()
	p.list = slices.DeleteFunc(p.list, func(one person) bool { return slices.Contains(ids, one.name.ID) })
}

// forget has all read again when it is wanted.
func (p *people) forget() {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.list, p.read = nil, false
}

// readPeople reads all contacts. people.lock is held.
func (s *Store) readPeople(ctx context.Context, op string) error {
	if s.people.read {
		return nil
	}
	scan := func(row *sql.Rows) (person, error) {
		var (
			at      int64
			c       phone.Contact
			sort    string
			numbers sql.NullString
		)
		err := row.Scan(&at, &c.ID, &c.Name, &c.Company, &sort, &numbers)
		if numbers.Valid {
			for n := range strings.SplitSeq(numbers.String, "\x1e") {
				text, number, _ := strings.Cut(n, "\x1f")
				c.Numbers = append(c.Numbers, phone.ContactNumber{Text: text, Number: number})
			}
		}
		return sortedPerson(at, sort, c), err
	}
	list, err := rows(ctx, s, op, scan, `
		SELECT row, id, name, company, sort, (
			SELECT group_concat(text || char(31) || number, char(30)) FROM contact_number WHERE contact = contact.row
		) FROM contact WHERE deleted IS NULL`)
	if err != nil {
		return err
	}
	slices.SortFunc(list, person.compare)
	together(list)
	s.people.list, s.people.read = list, true
	return nil
}

// together moves the texts of all into one, in order: it is sooner looked through than strings
// from all over the memory.
func together(list []person) {
	var all strings.Builder
	for i := range list {
		all.WriteString(list[i].text)
		all.WriteString(list[i].digits)
	}
	rest := all.String()
	take := func(length int) (text string) {
		text, rest = rest[:length], rest[length:]
		return text
	}
	for i := range list {
		list[i].text, list[i].digits = take(len(list[i].text)), take(len(list[i].digits))
	}
}
