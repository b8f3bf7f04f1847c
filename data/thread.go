package data

import (
	"context"
	"database/sql"
	"time"

	"github.com/callward/callward/phone"
)

// counted is what a thread has of its texts, read anew.
const counted = `last = coalesce((SELECT max(row) FROM text WHERE text.number = thread.number AND deleted IS NULL), 0),
	unread = (SELECT count(*) FROM text WHERE text.number = thread.number AND direction = 'in' AND seen = 0 AND deleted IS NULL)`

// recount has a thread right after its texts were changed.
func recount(ctx context.Context, tx *sql.Tx, number string) error {
	_, err := tx.ExecContext(ctx, `UPDATE thread SET `+counted+` WHERE number = ?`, number)
	return err
}

// searchedThread is what a thread is searched by.
func searchedThread(number, name string) string { return folded(name) + "\n" + folded(number) }

// SaveDraft keeps what is begun to a number; "" removes it.
func (s *Store) SaveDraft(ctx context.Context, number, text string) error {
	at := time.Now().UnixMilli()
	if text == "" {
		at = 0
	}
	return s.thread(ctx, "save draft", number, `draft = ?, drafted = iif(draft = ?, drafted, ?)`, text, text, at)
}

// SaveFeatures keeps what a number's program is known to do.
func (s *Store) SaveFeatures(ctx context.Context, number string, f phone.TextFeatures) error {
	return s.thread(ctx, "save thread", number, `notes = ?, composing = ?`, f.Notes, f.Composing)
}

// SetStopped keeps since when a number wants no automatic texts; the zero time that it does.
func (s *Store) SetStopped(ctx context.Context, number string, since time.Time) error {
	return s.thread(ctx, "save thread", number, `stopped = ?`, micros(since))
}

// thread changes what is kept with a number, whether something was written with it or not.
func (s *Store) thread(ctx context.Context, op, number, set string, args ...any) error {
	return s.change(ctx, op, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO thread (number, search) VALUES (?, ?) ON CONFLICT (number) DO NOTHING`,
			number, searchedThread(number, "")); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `UPDATE thread SET `+set+` WHERE number = ?`, append(args, number)...)
		return err
	})
}

// DeleteThread deletes all texts of a thread, and its draft, and returns what RestoreThread brings them back by.
func (s *Store) DeleteThread(ctx context.Context, number string) (at time.Time, err error) {
	now := time.Now().UnixMicro()
	var gone int64
	err = s.change(ctx, "delete texts", func(tx *sql.Tx) error {
		// What was deleted by itself in the same microsecond does not come back with the thread.
		err := tx.QueryRowContext(ctx, `
			WITH RECURSIVE free (at) AS (VALUES (?1) UNION ALL SELECT at + 1 FROM free WHERE EXISTS (SELECT 1 FROM text WHERE deleted = at AND number = ?2))
			SELECT max(at) FROM free`, now, number).Scan(&gone)
		if err != nil {
			return err
		}
		if _, err = tx.ExecContext(ctx, `UPDATE text SET deleted = ?1, version = version + 1, updated = ?2 WHERE number = ?3 AND deleted IS NULL`,
			gone, now, number); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE thread SET gone = ?, gone_draft = draft, draft = '', drafted = 0, last = 0, unread = 0 WHERE number = ?`, gone, number)
		return err
	})
	if err != nil {
		return time.Time{}, err
	}
	return time.UnixMicro(gone).UTC(), nil
}

// RestoreThread brings back what DeleteThread deleted; a draft that was begun since stays.
func (s *Store) RestoreThread(ctx context.Context, number string, at time.Time) error {
	return s.change(ctx, "bring texts back", func(tx *sql.Tx) error {
		now := time.Now()
		if _, err := tx.ExecContext(ctx, `UPDATE text SET deleted = NULL, version = version + 1, updated = ? WHERE deleted = ? AND number = ?`,
			now.UnixMicro(), at.UnixMicro(), number); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `
			UPDATE thread SET gone = NULL, gone_draft = '', draft = iif(draft = '', gone_draft, draft), drafted = iif(draft = '' AND gone_draft <> '', ?, drafted)
			WHERE number = ? AND gone = ?`, now.UnixMilli(), number, at.UnixMicro()); err != nil {
			return err
		}
		return recount(ctx, tx, number)
	})
}
