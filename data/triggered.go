package data

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/callward/callward/phone"
)

// SaveTriggered inserts rows of the trigger log, or replaces those of their Row, all or none, and returns them with their
// Row. A row that is new comes after all others.
func (s *Store) SaveTriggered(ctx context.Context, list []phone.Triggered) (saved []phone.Triggered, err error) {
	err = s.change(ctx, "save trigger log", func(tx *sql.Tx) error {
		insert, err := tx.PrepareContext(ctx, `
			INSERT INTO triggered (row, time, trigger, test, event, call, voicemail, message, number, name, via, outcome, why, reason, due, text, sent, search)
			VALUES (iif(?1 = 0, max(?2, (SELECT coalesce(max(row), 0) + 1 FROM triggered)), ?1), ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
			ON CONFLICT (row) DO UPDATE SET time = excluded.time, trigger = excluded.trigger, test = excluded.test, event = excluded.event,
				call = excluded.call, voicemail = excluded.voicemail, message = excluded.message, number = excluded.number, name = excluded.name,
				via = excluded.via, outcome = excluded.outcome, why = excluded.why, reason = excluded.reason, due = excluded.due,
				text = excluded.text, sent = excluded.sent, search = excluded.search
			RETURNING row`)
		if err != nil {
			return err
		}
		for _, r := range list {
			err := insert.QueryRowContext(ctx, r.Row, max(r.Time.UnixMilli(), 1), r.Time.UnixMicro(), r.Trigger, r.Test, r.Event,
				r.Call, r.Voicemail, r.Message, r.Number, r.Name, r.Via, r.Outcome, r.Why, r.Reason, micros(r.Due), r.Text, r.Sent, searchedThread(r.Number, r.Name)).Scan(&r.Row)
			if err != nil {
				return errors.Join(err, insert.Close())
			}
			saved = append(saved, r)
		}
		return insert.Close()
	})
	if err != nil {
		return nil, err
	}
	return saved, nil
}

// triggeredColumns are what scanTriggered reads.
const triggeredColumns = `row, time, trigger, test, event, call, voicemail, message, number, name, via, outcome, why, reason, due, text, sent`

func scanTriggered(row *sql.Rows) (r phone.Triggered, err error) {
	var at, due sql.NullInt64
	err = row.Scan(&r.Row, &at, &r.Trigger, &r.Test, &r.Event, &r.Call, &r.Voicemail, &r.Message, &r.Number, &r.Name, &r.Via,
		&r.Outcome, &r.Why, &r.Reason, &due, &r.Text, &r.Sent)
	r.Time, r.Due = moment(at), moment(due)
	return r, err
}

// Triggered returns a part of the trigger log, newest first, and how many rows the query chooses in all.
func (s *Store) Triggered(ctx context.Context, q phone.TriggerLogQuery) (part []phone.Triggered, total int, err error) {
	const op = "read trigger log"
	where, args := `1`, []any(nil)
	if q.Outcome != "" {
		where, args = `outcome = ?`, append(args, q.Outcome)
	}
	if text := searched(q.Search); text != "" {
		where, args = where+` AND (search LIKE ? ESCAPE '\'`, append(args, like(folded(text)))
		if digits := searchedDigits(text); digits != "" {
			where, args = where+` OR number LIKE ? ESCAPE '\'`, append(args, like(digits))
		}
		where += `)`
	}
	if err := s.read.QueryRowContext(ctx, `SELECT count(*) FROM triggered WHERE `+where, args...).Scan(&total); err != nil {
		return nil, 0, s.failed(op, err)
	}
	limit := q.Limit
	if limit <= 0 {
		limit = -1
	}
	part, err = rows(ctx, s, op, scanTriggered, `SELECT `+triggeredColumns+`
		FROM triggered WHERE `+where+` ORDER BY row DESC LIMIT ? OFFSET ?`, append(args, limit, q.Offset)...)
	return part, total, err
}

// WaitingTriggers returns the rows that wait, the oldest first.
func (s *Store) WaitingTriggers(ctx context.Context) ([]phone.Triggered, error) {
	return rows(ctx, s, "read trigger log", scanTriggered, `SELECT `+triggeredColumns+` FROM triggered WHERE outcome = 'waiting' ORDER BY row`)
}

// TriggeredText returns the row that wrote a text; CodeNotFound where there is none.
func (s *Store) TriggeredText(ctx context.Context, id phone.TextID) (phone.Triggered, error) {
	const op = "read trigger log"
	found, err := rows(ctx, s, op, scanTriggered, `SELECT `+triggeredColumns+` FROM triggered WHERE sent = ? AND sent <> '' ORDER BY row DESC LIMIT 1`, id)
	if err != nil {
		return phone.Triggered{}, err
	}
	if len(found) == 0 {
		return phone.Triggered{}, &phone.Error{Code: phone.CodeNotFound, Op: op, Err: errors.New("no trigger wrote this text")}
	}
	return found[0], nil
}

// TriggeredSince tells whether a trigger has sent to a number, or is about to, since a moment: when it was due, which is
// never before the event. Tests do not count, nor the row but.
func (s *Store) TriggeredSince(ctx context.Context, name phone.TriggerName, number string, since time.Time, but int64) (has bool, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM triggered
		WHERE number = ? AND trigger = ? AND max(time, coalesce(due, 0)) >= ? AND test = 0 AND outcome IN ('sent', 'waiting') AND row <> ?)`,
		number, name, since.UnixMicro(), but).Scan(&has)
	return has, s.failed("read trigger log", err)
}

// AutomaticInRow counts the texts of triggers to a number since a moment that no text of a person follows: neither one
// of the agent's, nor one received more than a while after a trigger's text that does not say that a machine wrote it.
// What was deleted does not count. It looks from the end back, and no further than to the first text of a person.
func (s *Store) AutomaticInRow(ctx context.Context, number string, since time.Time, while time.Duration) (count int, err error) {
	const op = "read texts"
	type sent struct{ row, at int64 }
	list, err := rows(ctx, s, op, func(row *sql.Rows) (t sent, err error) {
		err = row.Scan(&t.row, &t.at)
		return t, err
	}, `SELECT row, max(time, coalesce(settled, 0)) FROM text
		WHERE number = ? AND trigger <> '' AND deleted IS NULL AND time >= ? ORDER BY row DESC LIMIT ?`, number, since.UnixMicro(), mostInRow)
	if err != nil {
		return 0, err
	}
	for i, t := range list {
		next := sql.NullInt64{}
		if i > 0 {
			next = sql.NullInt64{Int64: list[i-1].row, Valid: true}
		}
		var person bool
		err := s.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM (SELECT direction, automatic, time FROM text
			WHERE number = ?1 AND row > ?2 AND row < coalesce(?3, 9223372036854775807) AND trigger = '' AND deleted IS NULL ORDER BY row DESC)
			WHERE direction = 'out' OR automatic = 0 AND time > ?4)`, number, t.row, next, t.at+while.Microseconds()).Scan(&person)
		if err != nil {
			return 0, s.failed(op, err)
		}
		if person {
			break
		}
		count++
	}
	return count, nil
}

// mostInRow is how far AutomaticInRow counts.
const mostInRow = 100

// DropTriggered deletes the rows of the trigger log from before a moment, and all but the newest phone.MaxTriggered; one
// that waits stays.
func (s *Store) DropTriggered(ctx context.Context, before time.Time) error {
	return s.change(ctx, "cut trigger log", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM triggered WHERE outcome <> 'waiting' AND (time < ?
			OR row <= (SELECT row FROM triggered ORDER BY row DESC LIMIT 1 OFFSET ?))`, before.UnixMicro(), phone.MaxTriggered)
		return err
	})
}
