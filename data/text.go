package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/callward/callward/phone"
)

// TryText keeps the CSeq that is used next; no matter where there is no such text.
func (s *Store) TryText(ctx context.Context, id phone.TextID, cseq uint32) error {
	return s.change(ctx, "send text", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE text SET cseq = ?, version = version + 1, updated = ? WHERE id = ?`, cseq, time.Now().UnixMicro(), id)
		return err
	})
}

// SettleText keeps what became of a sent text, and returns it so; CodeNotFound. A deleted one too, so that it is not sent
// once more when it comes back. A state never goes back: from delivered on none changes it, from sent it does not wait.
func (s *Store) SettleText(ctx context.Context, id phone.TextID, o phone.TextOutcome) (t phone.Text, err error) {
	const op = "save text"
	err = s.change(ctx, op, func(tx *sql.Tx) error {
		found, err := tx.QueryContext(ctx, `
			UPDATE text SET ref = iif(?2 = '', ref, ?2), version = version + 1, updated = ?3,
				state = iif(kept, state, ?4), reason = iif(kept, reason, ?5), settled = iif(kept, settled, ?6)
			FROM (SELECT row AS at, state = 'delivered' OR state = 'sent' AND ?4 IN ('waiting', 'sent') AS kept FROM text WHERE id = ?1)
			WHERE row = at AND direction = 'out' RETURNING `+textColumns,
			id, o.Ref, time.Now().UnixMicro(), o.State, o.Reason, micros(o.At))
		if err != nil {
			return err
		}
		if found.Next() {
			t, err = scanTextRow(found)
		} else if err = found.Err(); err == nil {
			err = noText(op)
		}
		return errors.Join(err, found.Close())
	})
	return t, err
}

// WithholdText removes one that waits for good, as if it had never been written; no matter where there is none.
func (s *Store) WithholdText(ctx context.Context, id phone.TextID) error {
	return s.change(ctx, "withhold text", func(tx *sql.Tx) error {
		var number string
		var row int64
		err := tx.QueryRowContext(ctx, `DELETE FROM text WHERE id = ? AND state = 'waiting' RETURNING row, number`, id).Scan(&row, &number)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err == nil {
			_, err = tx.ExecContext(ctx, `DELETE FROM text_word WHERE rowid = ?`, row)
		}
		if err != nil {
			return err
		}
		return recount(ctx, tx, number)
	})
}

// SeeTexts marks the received texts of a thread up to a Row as seen.
func (s *Store) SeeTexts(ctx context.Context, number string, to int64) error {
	return s.change(ctx, "see texts", func(tx *sql.Tx) error {
		seen, err := tx.ExecContext(ctx, `
			UPDATE text SET seen = 1, version = version + 1, updated = ?
			WHERE number = ? AND row <= ? AND direction = 'in' AND seen = 0 AND deleted IS NULL`, time.Now().UnixMicro(), number, to)
		if err != nil {
			return err
		}
		if count, err := seen.RowsAffected(); err != nil || count == 0 {
			return err
		}
		return recount(ctx, tx, number)
	})
}

// DeleteTexts deletes texts, or with back set brings them back; no matter where there is none.
func (s *Store) DeleteTexts(ctx context.Context, ids []phone.TextID, back bool) error {
	op, statement := "delete text", `
		UPDATE text SET deleted = ?2, version = version + 1, updated = ?2 WHERE id IN (SELECT value FROM json_each(?1)) AND deleted IS NULL`
	if back {
		op, statement = "bring text back", `
			UPDATE text SET deleted = NULL, version = version + 1, updated = ?2 WHERE id IN (SELECT value FROM json_each(?1)) AND deleted IS NOT NULL`
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return s.failed(op, err)
	}
	return s.change(ctx, op, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, statement, string(list), time.Now().UnixMicro()); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `UPDATE thread SET `+counted+`
			WHERE number IN (SELECT text.number FROM text WHERE id IN (SELECT value FROM json_each(?)))`, string(list))
		return err
	})
}

// dropped is how many texts are removed at once: others who write do not wait long.
const dropped = 500

// DropTexts removes for good what was deleted before a moment.
func (s *Store) DropTexts(ctx context.Context, deleted time.Time) error {
	const op = "remove texts"
	for {
		var count int64
		err := s.change(ctx, op, func(tx *sql.Tx) error {
			const some = `(SELECT row FROM text WHERE deleted < ? ORDER BY deleted LIMIT ?)`
			if _, err := tx.ExecContext(ctx, `DELETE FROM text_word WHERE rowid IN `+some, deleted.UnixMicro(), dropped); err != nil {
				return err
			}
			gone, err := tx.ExecContext(ctx, `DELETE FROM text WHERE row IN `+some, deleted.UnixMicro(), dropped)
			if err != nil {
				return err
			}
			if count, err = gone.RowsAffected(); err != nil || count > 0 {
				return err
			}
			_, err = tx.ExecContext(ctx, `UPDATE thread SET gone = NULL, gone_draft = '' WHERE gone < ?`, deleted.UnixMicro())
			return err
		})
		if err != nil || count == 0 {
			return err
		}
	}
}

func noText(op string) error {
	return &phone.Error{Code: phone.CodeNotFound, Op: op, Err: errors.New("there is no such text")}
}
