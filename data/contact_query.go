package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strings"

	"github.com/callward/callward/phone"
)

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
	digits := searchedDigits(text)
	words := strings.Fields(folded(text))
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) }) // the rarer first
	var found []int64
	for i := range s.people.list {
		if p := &s.people.list[i]; text == "" || p.has(words, digits) {
			found = append(found, p.row)
		}
	}
	from, count := window(q.Offset, q.Limit, len(found))
	return found[from : from+count], len(found), nil
}

// has tells whether a contact has a number that is written as digits, or all words. Words that
// are such digits are looked for in names alone.
func (p *person) has(words []string, digits string) bool {
	text := p.text
	if digits != "" {
		if strings.Contains(p.digits, digits) {
			return true
		}
		text = text[:p.named]
	}
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// ContactNames gives the contacts of every number that is in normal form, and of one contact
// alone where id is not "".
func (s *Store) ContactNames(ctx context.Context, id phone.ContactID, yield func(number string, c phone.ContactName) error) error {
	const op = "read contacts"
	list, err := s.peopleOf(ctx, op, id)
	for _, p := range list {
		for _, number := range p.numbers {
			if err == nil {
				err = yield(number, p.name)
			}
		}
	}
	return err
}

// peopleOf returns all contacts, or one where id is not "".
func (s *Store) peopleOf(ctx context.Context, op string, id phone.ContactID) ([]person, error) {
	s.people.lock.Lock()
	defer s.people.lock.Unlock()
	if err := s.readPeople(ctx, op); err != nil {
		return nil, err
	}
	if id == "" {
		return slices.Clone(s.people.list), nil
	}
	at := slices.IndexFunc(s.people.list, func(p person) bool { return p.name.ID == id })
	if at < 0 {
		return nil, nil
	}
	return []person{s.people.list[at]}, nil
}
