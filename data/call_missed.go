package data

import (
	"context"
	"database/sql"
)

// MissedUnseen counts the missed calls that SeeMissed has not marked.
func (s *Store) MissedUnseen(ctx context.Context) (count int, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT count(*) FROM call WHERE result = 'missed' AND seen = 0`).Scan(&count)
	return count, s.failed("count missed calls", err)
}

// SeeMissed marks all missed calls as seen.
func (s *Store) SeeMissed(ctx context.Context) error {
	return s.change(ctx, "mark missed calls", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE call SET seen = 1 WHERE result = 'missed' AND seen = 0`)
		return err
	})
}
