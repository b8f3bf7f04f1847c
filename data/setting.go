package data

import (
	"context"
	"database/sql"
	"errors"
)

// Setting returns what SetSetting stored for key, "" when nothing was.
func (s *Store) Setting(ctx context.Context, key string) (string, error) {
	var value string
	err := s.read.QueryRowContext(ctx, `SELECT value FROM setting WHERE key = ?`, key).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, s.failed("read setting "+key, err)
}

// SetSetting stores value for key.
func (s *Store) SetSetting(ctx context.Context, key, value string) error {
	return s.change(ctx, "save setting "+key, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx,
			`INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
		return err
	})
}
