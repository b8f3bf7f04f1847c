package data

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/callward/callward/phone"
)

// AddTexts inserts texts, all or none, and returns those that were, with Row and First. A received one whose Origin is
// there already, deleted or not, is left out. name is what senders call themselves, by number. An outgoing one has its
// thread's draft removed where draft says so.
func (s *Store) AddTexts(ctx context.Context, list []phone.QueuedText, name map[string]string, draft bool) (added []phone.Text, err error) {
	err = s.change(ctx, "save text", func(tx *sql.Tx) error {
		adding, err := newTextAdder(ctx, tx)
		for _, t := range list {
			if err != nil {
				break
			}
			var is bool
			if is, err = adding.add(ctx, &t); is {
				err = adding.inThread(ctx, t.Text, name[t.Number], draft)
				added = append(added, t.Text)
			}
		}
		return errors.Join(err, adding.Close())
	})
	if err != nil {
		return nil, err
	}
	return added, nil
}

// textAdder inserts texts in a transaction.
type textAdder struct {
	statements                            []*sql.Stmt
	place, insert, index, thread, noDraft *sql.Stmt
	now                                   int64
}

func newTextAdder(ctx context.Context, tx *sql.Tx) (*textAdder, error) {
	a := &textAdder{now: time.Now().UnixMicro()}
	for _, one := range []struct {
		to    **sql.Stmt
		query string
	}{
		// After those that came in the same millisecond, if the rows of some before them are free by now.
		{&a.place, `
			WITH RECURSIVE place (row) AS (
				SELECT max(?1, coalesce((SELECT max(row) + 1 FROM text WHERE max(time / 1000, 1) = ?1 AND row <> max(time / 1000, 1)), 0))
				UNION ALL SELECT row + 1 FROM place WHERE row IN (SELECT row FROM text)
			)
			SELECT max(row), NOT EXISTS (SELECT 1 FROM text WHERE number = ?2 AND deleted IS NULL) FROM place`},
		{&a.insert, `
			INSERT INTO text (row, id, direction, number, via, body, type, time, state, reason, settled, seen, trigger, automatic,
				origin, ref, call_id, cseq, version, updated)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)
			ON CONFLICT (origin) WHERE direction = 'in' AND origin <> '' DO NOTHING`},
		{&a.index, `INSERT INTO text_word (rowid, body) VALUES (?, ?)`},
		{&a.thread, `
			INSERT INTO thread (number, name, search, last, unread) VALUES (?1, ?2, ?3, ?4, ?5)
			ON CONFLICT (number) DO UPDATE SET last = max(last, ?4), unread = unread + ?5,
				name = iif(?2 = '', name, ?2), search = iif(?2 = '', search, ?3)`},
		{&a.noDraft, `UPDATE thread SET draft = '', drafted = 0 WHERE number = ?`},
	} {
		statement, err := tx.PrepareContext(ctx, one.query)
		if err != nil {
			return a, err
		}
		*one.to, a.statements = statement, append(a.statements, statement)
	}
	return a, nil
}

// Close frees what was prepared.
func (a *textAdder) Close() error {
	var errs []error
	for _, statement := range a.statements {
		errs = append(errs, statement.Close())
	}
	return errors.Join(errs...)
}

// add inserts a text and its words, and fills in Row and First. It tells whether the text was new.
func (a *textAdder) add(ctx context.Context, t *phone.QueuedText) (bool, error) {
	var first bool
	if err := a.place.QueryRowContext(ctx, max(t.Time.UnixMilli(), 1), t.Number).Scan(&t.Row, &first); err != nil {
		return false, err
	}
	t.First = first && t.Direction == phone.In
	done, err := a.insert.ExecContext(ctx, t.Row, t.ID, t.Direction, t.Number, t.Via, t.Body, t.Type, t.Time.UnixMicro(), t.State, t.Reason,
		micros(t.Settled), t.Seen, t.Trigger, t.Automatic, t.Origin, t.Ref, t.CallID, t.CSeq, a.now)
	if err != nil {
		return false, err
	}
	if count, err := done.RowsAffected(); err != nil || count == 0 {
		return false, err
	}
	if found := indexed(t.Body); found != "" {
		_, err = a.index.ExecContext(ctx, t.Row, found)
	}
	return true, err
}

// inThread counts a text in its thread.
func (a *textAdder) inThread(ctx context.Context, t phone.Text, name string, draft bool) error {
	unread := 0
	if t.Direction == phone.In && !t.Seen {
		unread = 1
	}
	if _, err := a.thread.ExecContext(ctx, t.Number, name, searchedThread(t.Number, name), t.Row, unread); err != nil {
		return err
	}
	if draft && t.Direction == phone.Out {
		_, err := a.noDraft.ExecContext(ctx, t.Number)
		return err
	}
	return nil
}
