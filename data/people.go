package data

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"github.com/callward/callward/phone"
)

// people are the names and numbers of all contacts in memory, in the order of a list: a hundred
// thousand are looked through in the time between two keys. Any goroutine; lock guards the
// rest, and is held while contacts are written, so that what is here is what is on the disk.
type people struct {
	lock sync.Mutex
	read bool // list is what is on the disk
	list []person
}

// person is a contact as it is found.
type person struct {
	row  int64
	sort string
	name phone.ContactName
	text string // what is searched: name, company and numbers, folded
	// numbers are the normal forms.
	numbers []string
}

func personOf(row int64, c phone.Contact) person {
	p := person{row: row, sort: sortedBy(c.Name, c.Company), name: phone.ContactName{ID: c.ID, Name: c.Name, Company: c.Company}}
	parts := []string{folded(c.Name), folded(c.Company)}
	for _, n := range c.Numbers {
		parts = append(parts, folded(n.Text))
		if n.Number != "" {
			parts = append(parts, n.Number)
			p.numbers = append(p.numbers, n.Number)
		}
	}
	p.text = strings.Join(parts, "\n")
	return p
}

func (p person) compare(other person) int {
	return cmp.Or(cmp.Compare(p.sort, other.sort), cmp.Compare(p.row, other.row))
}

// put takes over contacts that were written. lock is held.
func (p *people) put(saved []person) {
	if !p.read {
		return
	}
	if len(saved) > 32 { // they are sooner read again than moved about
		p.forget()
		return
	}
	for _, one := range saved {
		p.list = slices.DeleteFunc(p.list, func(other person) bool { return other.row == one.row })
		at, _ := slices.BinarySearchFunc(p.list, one, person.compare)
		p.list = slices.Insert(p.list, at, one)
	}
}

// drop takes contacts out. lock is held.
func (p *people) drop(ids []phone.ContactID) {
	p.list = slices.DeleteFunc(p.list, func(one person) bool { return slices.Contains(ids, one.name.ID) })
}

// forget has all read again when it is wanted. lock is held.
func (p *people) forget() { p.list, p.read = nil, false }

// readPeople reads all contacts. people.lock is held.
func (s *Store) readPeople(ctx context.Context, op string) error {
	if s.people.read {
		return nil
	}
	scan := func(row *sql.Rows) (person, error) {
		var (
			at      int64
			c       phone.Contact
			numbers string
		)
		err := row.Scan(&at, &c.ID, &c.Name, &c.Company, &numbers)
		if err == nil {
			for n := range strings.SplitSeq(numbers, "\n") {
				text, number, _ := strings.Cut(n, "\t")
				c.Numbers = append(c.Numbers, phone.ContactNumber{Text: text, Number: number})
			}
		}
		return personOf(at, c), err
	}
	list, err := rows(ctx, s, op, scan, `
		SELECT row, id, name, company, coalesce(numbers, '') FROM contact LEFT JOIN (
			SELECT contact, group_concat(replace(replace(text, char(9), ' '), char(10), ' ') || char(9) || number, char(10)) AS numbers
			FROM contact_number GROUP BY contact
		) ON contact = row WHERE deleted IS NULL`)
	if err != nil {
		return err
	}
	slices.SortFunc(list, person.compare)
	s.people.list, s.people.read = list, true
	return nil
}

// Contacts returns a part of the contacts, in the order of their names, without their pictures
// and notes, and how many the query chooses in all.
func (s *Store) Contacts(ctx context.Context, q phone.ContactQuery) (part []phone.Contact, total int, err error) {
	const op = "search contacts"
	wanted, total, err := s.findPeople(ctx, op, q)
	if err != nil || len(wanted) == 0 {
		return nil, total, err
	}
	list, err := json.Marshal(wanted)
	if err != nil {
		return nil, 0, s.failed(op, err)
	}
	type found struct {
		row int64
		phone.Contact
	}
	scan := func(row *sql.Rows) (f found, err error) {
		var numbers string
		if err = row.Scan(&f.row, &f.ID, &f.Name, &f.Company, &numbers); err == nil {
			f.Numbers, err = readNumbers(numbers)
		}
		return f, err
	}
	all, err := rows(ctx, s, op, scan, `
		SELECT row, id, name, company, `+numbersOf+` FROM contact
		WHERE row IN (SELECT value FROM json_each(?)) AND deleted IS NULL`, string(list))
	if err != nil {
		return nil, 0, err
	}
	byRow := make(map[int64]phone.Contact, len(all))
	for _, f := range all {
		byRow[f.row] = f.Contact
	}
	for _, row := range wanted {
		if c, ok := byRow[row]; ok {
			part = append(part, c)
		}
	}
	return part, total, nil
}

// findPeople returns the rows of a part of the contacts.
func (s *Store) findPeople(ctx context.Context, op string, q phone.ContactQuery) (wanted []int64, total int, err error) {
	s.people.lock.Lock()
	defer s.people.lock.Unlock()
	if err := s.readPeople(ctx, op); err != nil {
		return nil, 0, err
	}
	text := searched(q.Search)
	words, digits := strings.Fields(folded(text)), searchedDigits(text)
	last := len(s.people.list)
	if q.Limit > 0 {
		last = q.Offset + q.Limit
	}
	if text == "" {
		total = len(s.people.list)
		for _, p := range s.people.list[min(q.Offset, total):min(last, total)] {
			wanted = append(wanted, p.row)
		}
		return wanted, total, nil
	}
	for _, p := range s.people.list {
		if p.has(words, digits) {
			if total >= q.Offset && total < last {
				wanted = append(wanted, p.row)
			}
			total++
		}
	}
	return wanted, total, nil
}

// has tells whether a contact has all words, or a number that is written as digits.
func (p person) has(words []string, digits string) bool {
	if digits != "" && strings.Contains(p.text, digits) {
		return true
	}
	for _, word := range words {
		if !strings.Contains(p.text, word) {
			return false
		}
	}
	return true
}

// ContactNames gives the contacts of every number that is in normal form, and of one contact
// alone where id is not "".
func (s *Store) ContactNames(ctx context.Context, id phone.ContactID, yield func(number string, c phone.ContactName) error) error {
	const op = "read contacts"
	s.people.lock.Lock()
	err := s.readPeople(ctx, op)
	list := slices.Clone(s.people.list)
	s.people.lock.Unlock()
	for _, p := range list {
		if err != nil || id != "" && id != p.name.ID {
			continue
		}
		for _, number := range p.numbers {
			if err == nil {
				err = yield(number, p.name)
			}
		}
	}
	return err
}
