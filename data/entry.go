package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/callward/callward/phone"
)

// entryColumns are what scanEntry reads.
const entryColumns = `entry.row, entry.id, entry.kind, entry.number, iif(entry.text = '', entry.number, entry.text), entry.name, entry.mode,
	entry.contact, entry.since, entry.expires, entry.blocked, entry.last,
	iif(entry.kind = 'contact', (
		SELECT json_group_array(number) FROM (
			SELECT DISTINCT contact_number.number FROM contact JOIN contact_number ON contact_number.contact = contact.row
			WHERE contact.id = entry.contact AND contact_number.number NOT IN ('', entry.number) ORDER BY place)
	), NULL)`

// rowed is an entry and its row.
type rowed struct {
	row int64
	phone.Entry
}

func scanEntry(row *sql.Rows) (e rowed, err error) {
	var (
		since, expires, last sql.NullInt64
		others               sql.NullString
	)
	err = row.Scan(&e.row, &e.ID, &e.Kind, &e.Number, &e.Text, &e.Name, &e.Mode, &e.Contact, &since, &expires, &e.Blocked, &last, &others)
	e.Since, e.Expires, e.Last = moment(since), moment(expires), moment(last)
	if err == nil && others.Valid {
		err = json.Unmarshal([]byte(others.String), &e.Others)
	}
	if len(e.Others) == 0 {
		e.Others = nil
	}
	return e, err
}

// rule is what the matcher has of an entry.
func (e rowed) rule() phone.Rule {
	r := phone.Rule{Row: e.row, Kind: e.Kind, Mode: e.Mode, Expires: e.Expires}
	if e.Kind != phone.KindHidden && e.Kind != phone.KindContacts {
		r.Numbers = append([]string{e.Number}, e.Others...)
	}
	return r
}

// Entry returns the entry of a row, or of an id where row is 0, also where it has expired or
// was removed; CodeNotFound where there is none.
func (s *Store) Entry(ctx context.Context, row int64, id phone.EntryID) (phone.Entry, phone.Rule, error) {
	const op = "read entry"
	where, arg := `row = ?`, any(row)
	if row == 0 {
		where, arg = `id = ?`, any(id)
	}
	found, err := rows(ctx, s, op, scanEntry, `SELECT `+entryColumns+` FROM entry WHERE `+where, arg)
	if err != nil {
		return phone.Entry{}, phone.Rule{}, err
	}
	if len(found) == 0 {
		return phone.Entry{}, phone.Rule{}, noEntry(op)
	}
	return found[0].Entry, found[0].rule(), nil
}

func noEntry(op string) error {
	return &phone.Error{Code: phone.CodeNotFound, Op: op, Err: errors.New("there is no such entry on the list")}
}

// FindEntry returns the entry that stands in the place of one like e; CodeNotFound where there is
// none, or it has expired.
func (s *Store) FindEntry(ctx context.Context, e phone.Entry, now time.Time) (phone.Entry, error) {
	const op = "find entry"
	found, err := rows(ctx, s, op, scanEntry, `SELECT `+entryColumns+` FROM entry
		WHERE iif(kind = 'contact', contact, number) = ? AND kind = ? AND deleted IS NULL AND (expires IS NULL OR expires > ?)`,
		placeOf(e), e.Kind, now.UnixMicro())
	if err != nil {
		return phone.Entry{}, err
	}
	if len(found) == 0 {
		return phone.Entry{}, noEntry(op)
	}
	return found[0].Entry, nil
}

// placeOf is what there is one entry of its kind for.
func placeOf(e phone.Entry) string {
	if e.Kind == phone.KindContact {
		return string(e.Contact)
	}
	return e.Number
}

// SaveEntry inserts an entry, or replaces that of its id, and returns what the matcher is to have.
// Blocked and Last are not changed by it. It fails with CodeExists where another entry stands in its
// place; one that has expired makes room.
func (s *Store) SaveEntry(ctx context.Context, e phone.Entry) (phone.Rule, error) {
	const op = "save entry"
	if err := s.expireDue(ctx, op, time.Now()); err != nil {
		return phone.Rule{}, err
	}
	err := s.change(ctx, op, func(tx *sql.Tx) error {
		var version int
		err := tx.QueryRowContext(ctx, insertEntry+` ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, mode = excluded.mode, through = excluded.through,
			number = excluded.number, text = excluded.text, name = excluded.name, sort = excluded.sort, contact = excluded.contact,
			since = excluded.since, expires = excluded.expires, version = version + 1, updated = excluded.updated, deleted = NULL
			RETURNING version`, entryValues(e)...).Scan(&version)
		if err == nil && version == 1 {
			err = countEntries(ctx, tx, e.Mode == phone.LetThrough, 1)
		}
		return taken(op, err)
	})
	if err != nil {
		return phone.Rule{}, err
	}
	_, rule, err := s.Entry(ctx, 0, e.ID)
	s.texts.change(err, rule)
	return rule, err
}

const insertEntry = `
	INSERT INTO entry (id, kind, mode, through, number, text, name, sort, contact, since, expires, version, updated)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)`

func entryValues(e phone.Entry) []any {
	text := e.Text
	if text == e.Number {
		text = ""
	}
	return []any{
		e.ID, e.Kind, e.Mode, e.Mode == phone.LetThrough, e.Number, text, e.Name, folded(e.Name), e.Contact,
		micros(e.Since), micros(e.Expires), time.Now().UnixMicro(),
	}
}

// taken tells that another entry stands in the place of one.
func taken(op string, err error) error {
	var lite *sqlite.Error
	if errors.As(err, &lite) && lite.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE {
		return &phone.Error{Code: phone.CodeExists, Op: op, Field: "number", Err: errors.New("that is on the list already")}
	}
	return err
}

// countEntries counts entries that were inserted.
func countEntries(ctx context.Context, tx *sql.Tx, through bool, inserted int) error {
	_, err := tx.ExecContext(ctx, `UPDATE entry_count SET count = count + ? WHERE through = ?`, inserted, through)
	return err
}

// expire makes tombstones of the entries that have expired by now.
func expire(ctx context.Context, tx *sql.Tx, now time.Time) error {
	_, err := tx.ExecContext(ctx, `
		UPDATE entry SET deleted = expires, version = version + 1, updated = ?1
		WHERE expires IS NOT NULL AND expires <= ?1 AND deleted IS NULL`, now.UnixMicro())
	return err
}

// DeleteEntries leaves tombstones of entries, or with back set takes them away again, and returns
// the rules of them all. It fails with CodeExists where another stands in the place of one that is to come back.
func (s *Store) DeleteEntries(ctx context.Context, ids []phone.EntryID, back bool) ([]phone.Rule, error) {
	const op = "remove entries"
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, s.failed(op, err)
	}
	now := time.Now().UnixMicro()
	if err := s.expireDue(ctx, op, time.Now()); err != nil {
		return nil, err
	}
	err = s.change(ctx, op, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			UPDATE entry SET deleted = iif(?, NULL, ?), updated = ?, version = version + 1
			WHERE id IN (SELECT value FROM json_each(?)) AND (deleted IS NOT NULL) = ? AND (expires IS NULL OR expires > ?)`,
			back, now, now, string(list), back, now)
		return taken(op, err)
	})
	if err != nil {
		return nil, err
	}
	found, err := rows(ctx, s, op, scanEntry, `SELECT `+entryColumns+` FROM entry
		WHERE id IN (SELECT value FROM json_each(?)) AND (deleted IS NOT NULL) = ?`, string(list), !back)
	rules := rulesOf(found)
	s.texts.change(err, rules...)
	return rules, err
}

func rulesOf(entries []rowed) []phone.Rule {
	rules := make([]phone.Rule, 0, len(entries))
	for _, e := range entries {
		rules = append(rules, e.rule())
	}
	return rules
}
