package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/callward/callward/phone"
)

// SaveCall inserts rec or replaces the call of its id. Times are kept to the
// microsecond; Started stays as it was first, and CalledBack is not kept.
func (s *Store) SaveCall(ctx context.Context, rec phone.CallRecord) error {
	return s.change(ctx, "save call", func(tx *sql.Tx) error { return saveCall(ctx, tx, rec) })
}

func saveCall(ctx context.Context, tx *sql.Tx, rec phone.CallRecord) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO call (row, id, direction, number, dialled, name, account, started, answered, ended, result, reason, sip_status, anyway, updated)
		VALUES ((
			WITH RECURSIVE place (row) AS (VALUES (?) UNION ALL SELECT row + 1 FROM place WHERE row IN (SELECT row FROM call))
			SELECT max(row) FROM place
		), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET direction = excluded.direction, number = excluded.number, dialled = excluded.dialled,
			name = excluded.name, account = excluded.account, answered = excluded.answered, ended = excluded.ended,
			result = excluded.result, reason = excluded.reason, sip_status = excluded.sip_status, anyway = excluded.anyway, updated = excluded.updated`,
		rec.Started.UnixMilli(), rec.ID, rec.Direction, rec.Number, rec.Dialled, rec.Name, rec.Account,
		micros(rec.Started), micros(rec.Answered), micros(rec.Ended), rec.Result, rec.Reason, rec.SIPStatus, rec.Anyway, time.Now().UnixMicro())
	return err
}

// DeleteCall removes a call for good; no error where there is none.
func (s *Store) DeleteCall(ctx context.Context, id phone.CallID) error {
	return s.change(ctx, "delete call", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM call WHERE id = ?`, id)
		return err
	})
}

// callColumns are what scanCall reads. The last are when a missed call was returned, and the message that was left in it.
const callColumns = `id, direction, number, dialled, name, account, started, answered, ended, result, reason, sip_status, anyway,
	iif(result = 'missed' AND number <> '', (
		SELECT back.started FROM call AS back
		WHERE back.number = call.number AND back.direction = 'out' AND back.answered IS NOT NULL AND back.row > call.row
		ORDER BY back.row LIMIT 1
	), NULL),
	coalesce((SELECT id FROM voicemail WHERE voicemail.call = call.id AND voicemail.call <> '' AND deleted IS NULL), '')`

// Calls returns the history, newest first, times in UTC; limit 0 means all.
func (s *Store) Calls(ctx context.Context, limit int) ([]phone.CallRecord, error) {
	if limit <= 0 {
		limit = -1
	}
	return rows(ctx, s, "read calls", scanRecord, `SELECT `+callColumns+` FROM call ORDER BY row DESC LIMIT ?`, limit)
}

// CallRows returns the calls of some rows, in that order; the zero record where
// there is none.
func (s *Store) CallRows(ctx context.Context, wanted []int64) ([]phone.CallRecord, error) {
	list, err := json.Marshal(wanted)
	if err != nil {
		return nil, s.failed("read calls", err)
	}
	found, err := rows(ctx, s, "read calls", scanPlaced,
		`SELECT row, `+callColumns+` FROM call WHERE row IN (SELECT value FROM json_each(?))`, string(list))
	if err != nil {
		return nil, err
	}
	byRow := make(map[int64]phone.CallRecord, len(found))
	for _, p := range found {
		byRow[p.row] = p.CallRecord
	}
	records := make([]phone.CallRecord, len(wanted))
	for i, row := range wanted {
		records[i] = byRow[row]
	}
	return records, nil
}

// placed is a call and its row.
type placed struct {
	row int64
	phone.CallRecord
}

func scanPlaced(row *sql.Rows) (p placed, err error) {
	p.CallRecord, err = scanCall(row, &p.row)
	return p, err
}

func scanRecord(row *sql.Rows) (phone.CallRecord, error) { return scanCall(row) }

// scanCall reads callColumns, and before them what is given.
func scanCall(row *sql.Rows, before ...any) (phone.CallRecord, error) {
	var (
		rec                            phone.CallRecord
		started, answered, ended, back sql.NullInt64
	)
	err := row.Scan(append(before, &rec.ID, &rec.Direction, &rec.Number, &rec.Dialled, &rec.Name, &rec.Account,
		&started, &answered, &ended, &rec.Result, &rec.Reason, &rec.SIPStatus, &rec.Anyway, &back, &rec.Voicemail)...)
	rec.Started, rec.Answered, rec.Ended, rec.CalledBack = moment(started), moment(answered), moment(ended), moment(back)
	return rec, err
}

// cutOff is how a call ended that was alive when the program last stopped.
const cutOff = "Callward stopped before the call ended."

// closeCalls ends the calls that were alive when the program last stopped. The
// last that is known of each is when its row was written.
func (s *Store) closeCalls(ctx context.Context) error {
	return s.change(ctx, "close calls", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			UPDATE call SET ended = max(updated, started, coalesce(answered, 0)), reason = ?, result = CASE
				WHEN answered IS NOT NULL THEN ?
				WHEN direction = ? THEN ?
				ELSE ? END
			WHERE result = ''`, cutOff, phone.Answered, phone.In, phone.Missed, phone.Faulty)
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
