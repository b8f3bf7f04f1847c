package data

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/callward/callward/phone"
)

// Accounts returns the accounts in the order in which they were added.
func (s *Store) Accounts(ctx context.Context) ([]phone.Account, error) {
	return rows(ctx, s, "read accounts", scanAccount, `
		SELECT id, address, server, port, proxy, auth_user, display_name, transport, interval_ms, country, dial_prefix,
			strip_prefix, ca_file, is_default, voicemail_after_ms, voicemail_provider, voicemail_status, voicemail_number
		FROM account WHERE deleted IS NULL ORDER BY rowid`)
}

func scanAccount(row *sql.Rows) (phone.Account, error) {
	var (
		acc             phone.Account
		interval, after int64
	)
	err := row.Scan(&acc.ID, &acc.Address, &acc.Server, &acc.Port, &acc.Proxy, &acc.AuthUser, &acc.DisplayName, &acc.Transport,
		&interval, &acc.Country, &acc.DialPrefix, &acc.StripPrefix, &acc.CAFile, &acc.Default,
		&after, &acc.Voicemail.Provider, &acc.Voicemail.Status, &acc.Voicemail.Number)
	acc.Interval, acc.Voicemail.After = time.Duration(interval)*time.Millisecond, time.Duration(after)*time.Millisecond
	return acc, err
}

// SaveAccount inserts acc or replaces the account of its id. Where acc is the
// default, no other stays it. It fails with CodeExists where another account
// has the address, and with CodeInvalid where there is no id.
func (s *Store) SaveAccount(ctx context.Context, acc phone.Account) error {
	const op = "save account"
	if acc.ID == "" {
		return &phone.Error{Code: phone.CodeInvalid, Op: op, Field: "id", Err: errors.New("an account needs an id")}
	}
	now := time.Now().UnixMicro()
	return s.change(ctx, op, func(tx *sql.Tx) error {
		if acc.Default {
			if _, err := tx.ExecContext(ctx,
				`UPDATE account SET is_default = 0, version = version + 1, updated = ? WHERE is_default = 1 AND id <> ?`, now, acc.ID); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `
			INSERT INTO account (id, address, server, port, proxy, auth_user, display_name, transport, interval_ms, country,
				dial_prefix, strip_prefix, ca_file, is_default, voicemail_after_ms, voicemail_provider, voicemail_status, voicemail_number, version, updated)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)
			ON CONFLICT (id) DO UPDATE SET address = excluded.address, server = excluded.server, port = excluded.port,
				proxy = excluded.proxy, auth_user = excluded.auth_user, display_name = excluded.display_name,
				transport = excluded.transport, interval_ms = excluded.interval_ms, country = excluded.country,
				dial_prefix = excluded.dial_prefix, strip_prefix = excluded.strip_prefix, ca_file = excluded.ca_file,
				is_default = excluded.is_default, voicemail_after_ms = excluded.voicemail_after_ms,
				voicemail_provider = excluded.voicemail_provider, voicemail_status = excluded.voicemail_status,
				voicemail_number = excluded.voicemail_number, version = version + 1, updated = excluded.updated, deleted = NULL`,
			acc.ID, acc.Address, acc.Server, acc.Port, acc.Proxy, acc.AuthUser, acc.DisplayName, acc.Transport,
			acc.Interval.Milliseconds(), acc.Country, acc.DialPrefix, acc.StripPrefix, acc.CAFile, acc.Default,
			acc.Voicemail.After.Milliseconds(), acc.Voicemail.Provider, acc.Voicemail.Status, acc.Voicemail.Number, now)
		var lite *sqlite.Error
		if errors.As(err, &lite) && lite.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE {
			return &phone.Error{Code: phone.CodeExists, Op: op, Field: "address", Err: errors.New("there is an account with the address " + acc.Address)}
		}
		return err
	})
}

// DeleteAccount leaves a tombstone of the account; no error where there is none.
func (s *Store) DeleteAccount(ctx context.Context, id phone.AccountID) error {
	return s.change(ctx, "delete account", func(tx *sql.Tx) error {
		now := time.Now().UnixMicro()
		_, err := tx.ExecContext(ctx, `
			UPDATE account SET deleted = ?, updated = ?, version = version + 1, is_default = 0 WHERE id = ? AND deleted IS NULL`, now, now, id)
		return err
	})
}
