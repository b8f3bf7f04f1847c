package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/callward/callward/phone"
)

// Contact returns a contact whole; CodeNotFound where there is none.
func (s *Store) Contact(ctx context.Context, id phone.ContactID) (phone.Contact, error) {
	const op = "read contact"
	found, err := s.contacts(ctx, op, `id = ? AND deleted IS NULL`, id)
	if err == nil && len(found) == 0 {
		err = &phone.Error{Code: phone.CodeNotFound, Op: op, Err: errors.New("there is no such contact")}
	}
	if err != nil {
		return phone.Contact{}, err
	}
	return found[0], nil
}

// Doubles returns the contacts that have any of some normal forms, whole.
func (s *Store) Doubles(ctx context.Context, numbers []string) ([]phone.Contact, error) {
	list, err := json.Marshal(numbers)
	if err != nil {
		return nil, s.failed("read contacts", err)
	}
	return s.contacts(ctx, "read contacts", `deleted IS NULL AND row IN (
		SELECT contact FROM contact_number WHERE number <> '' AND number IN (SELECT value FROM json_each(?)))`, string(list))
}

// contacts returns those that a condition chooses, with all that they have.
func (s *Store) contacts(ctx context.Context, op, where string, args ...any) ([]phone.Contact, error) {
	scan := func(row *sql.Rows) (c phone.Contact, err error) {
		var numbers string
		err = row.Scan(&c.ID, &c.Name, &c.Company, &c.Note, &c.Picture, &numbers)
		if err == nil {
			c.Numbers, err = readNumbers(numbers)
		}
		return c, err
	}
	return rows(ctx, s, op, scan, `SELECT id, name, company, note, picture, `+numbersOf+` FROM contact WHERE `+where+` ORDER BY row`, args...)
}

// numbersOf are the numbers of a contact's row as readNumbers takes them.
const numbersOf = `(SELECT json_group_array(json_array(label, text, number)) FROM (
	SELECT label, text, number FROM contact_number WHERE contact = contact.row ORDER BY place))`

func readNumbers(list string) ([]phone.ContactNumber, error) {
	var parts [][3]string
	if err := json.Unmarshal([]byte(list), &parts); err != nil {
		return nil, err
	}
	numbers := make([]phone.ContactNumber, len(parts))
	for i, p := range parts {
		numbers[i] = phone.ContactNumber{Label: p[0], Text: p[1], Number: p[2]}
	}
	return numbers, nil
}

// SaveContacts inserts contacts, or replaces those of their ids, all or none.
func (s *Store) SaveContacts(ctx context.Context, contacts []phone.Contact) error {
	const op = "save contacts"
	s.people.writing.Lock()
	defer s.people.writing.Unlock()
	saved := make([]person, len(contacts))
	err := s.change(ctx, op, func(tx *sql.Tx) error {
		w, err := newContactWriter(ctx, tx)
		if err != nil {
			return err
		}
		for i, c := range contacts {
			row, err := w.write(ctx, c)
			if err != nil {
				return errors.Join(err, w.close())
			}
			saved[i] = personOf(row, c)
		}
		return w.close()
	})
	if err == nil {
		s.people.put(saved)
	}
	return err
}

// DeleteContacts leaves tombstones of contacts, or with back set takes them away again.
func (s *Store) DeleteContacts(ctx context.Context, ids []phone.ContactID, back bool) error {
	const op = "delete contacts"
	list, err := json.Marshal(ids)
	if err != nil {
		return s.failed(op, err)
	}
	now := time.Now().UnixMicro()
	s.people.writing.Lock()
	defer s.people.writing.Unlock()
	err = s.change(ctx, op, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			UPDATE contact SET deleted = iif(?, NULL, ?), updated = ?, version = version + 1
			WHERE id IN (SELECT value FROM json_each(?)) AND (deleted IS NOT NULL) = ?`, back, now, now, string(list), back)
		return err
	})
	switch {
	case err != nil:
	case back:
		s.people.forget()
	default:
		s.people.drop(ids)
	}
	return err
}

// contactWriter writes many contacts in one transaction.
type contactWriter struct{ save, drop, number *sql.Stmt }

func newContactWriter(ctx context.Context, tx *sql.Tx) (w *contactWriter, err error) {
	w = &contactWriter{}
	for to, text := range map[**sql.Stmt]string{
		&w.save: `
			INSERT INTO contact (id, name, company, sort, note, picture, version, updated) VALUES (?, ?, ?, ?, ?, ?, 1, ?)
			ON CONFLICT (id) DO UPDATE SET name = excluded.name, company = excluded.company, sort = excluded.sort, note = excluded.note,
				picture = excluded.picture, version = version + 1, updated = excluded.updated, deleted = NULL
			RETURNING row`,
		&w.drop:   `DELETE FROM contact_number WHERE contact = ?`,
		&w.number: `INSERT INTO contact_number (contact, place, label, text, number) VALUES (?, ?, ?, ?, ?)`,
	} {
		if *to, err = tx.PrepareContext(ctx, text); err != nil {
			return nil, errors.Join(err, w.close())
		}
	}
	return w, nil
}

func (w *contactWriter) write(ctx context.Context, c phone.Contact) (row int64, err error) {
	var picture any
	if len(c.Picture) > 0 {
		picture = c.Picture
	}
	err = w.save.QueryRowContext(ctx, c.ID, c.Name, c.Company, sortedBy(c.Name, c.Company), c.Note, picture, time.Now().UnixMicro()).Scan(&row)
	if err != nil {
		return 0, err
	}
	if _, err = w.drop.ExecContext(ctx, row); err != nil {
		return 0, err
	}
	for place, n := range c.Numbers {
		if _, err = w.number.ExecContext(ctx, row, place, n.Label, n.Text, n.Number); err != nil {
			return 0, err
		}
	}
	return row, nil
}

func (w *contactWriter) close() error {
	var errs []error
	for _, stmt := range []*sql.Stmt{w.save, w.drop, w.number} {
		if stmt != nil {
			errs = append(errs, stmt.Close())
		}
	}
	return errors.Join(errs...)
}

// sortedBy is what a contact stands at in a list.
func sortedBy(name, company string) string {
	if name == "" {
		name = company
	}
	return folded(name)
}
