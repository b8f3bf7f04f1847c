package data

import (
	"context"
	"database/sql"
	"time"

	"github.com/callward/callward/phone"
)

// SaveCall inserts rec or replaces the call of its id. Times are kept to the
// microsecond.
func (s *Store) SaveCall(ctx context.Context, rec phone.CallRecord) error {
	return s.change(ctx, "save call", func(tx *sql.Tx) error { return saveCall(ctx, tx, rec) })
}

func saveCall(ctx context.Context, tx *sql.Tx, rec phone.CallRecord) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO call (id, direction, number, name, account, started, answered, ended, result, sip_status, updated)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET direction = excluded.direction, number = excluded.number, name = excluded.name,
			account = excluded.account, started = excluded.started, answered = excluded.answered, ended = excluded.ended,
			result = excluded.result, sip_status = excluded.sip_status, updated = excluded.updated`,
		rec.ID, rec.Direction, rec.Number, rec.Name, rec.Account, micros(rec.Started), micros(rec.Answered), micros(rec.Ended),
		rec.Result, rec.SIPStatus, time.Now().UnixMicro())
	return err
}

// Calls returns the history, newest first, times in UTC; limit 0 means all.
func (s *Store) Calls(ctx context.Context, limit int) ([]phone.CallRecord, error) {
	if limit <= 0 {
		limit = -1
	}
	return rows(ctx, s, "read calls", scanCall, `
		SELECT id, direction, number, name, account, started, answered, ended, result, sip_status
		FROM call ORDER BY started DESC, id DESC LIMIT ?`, limit)
}

func scanCall(row *sql.Rows) (phone.CallRecord, error) {
	var (
		rec                      phone.CallRecord
		started, answered, ended sql.NullInt64
	)
	err := row.Scan(&rec.ID, &rec.Direction, &rec.Number, &rec.Name, &rec.Account, &started, &answered, &ended, &rec.Result, &rec.SIPStatus)
	rec.Started, rec.Answered, rec.Ended = moment(started), moment(answered), moment(ended)
	return rec, err
}

// closeCalls ends the calls that were alive when the program last stopped. The
// last that is known of each is when its row was written.
func (s *Store) closeCalls(ctx context.Context) error {
	return s.change(ctx, "close calls", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			UPDATE call SET ended = max(updated, started, coalesce(answered, 0)), result = CASE
				WHEN answered IS NOT NULL THEN ?
				WHEN direction = ? THEN ?
				ELSE ? END
			WHERE result = ''`, phone.Answered, phone.In, phone.Missed, phone.Faulty)
		return err
	})
}

func micros(t time.Time) sql.NullInt64 {
	return sql.NullInt64{Int64: t.UnixMicro(), Valid: !t.IsZero()}
}

func moment(micros sql.NullInt64) time.Time {
	if !micros.Valid {
		return time.Time{}
	}
	return time.UnixMicro(micros.Int64).UTC()
}
