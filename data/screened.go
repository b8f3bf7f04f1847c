package data

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/callward/callward/phone"
)

// SaveScreened writes rows of the screening log, and counts them at their entries, all or none.
func (s *Store) SaveScreened(ctx context.Context, log []phone.Screened) error {
	return s.change(ctx, "save screening log", func(tx *sql.Tx) error {
		insert, err := tx.PrepareContext(ctx, `
			INSERT INTO screened (time, kind, number, name, account, mode, entry_kind, entry, header, received, normal, text, entry_name, entry_text)
			SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, coalesce(name, ''), coalesce(iif(text = '', entry.number, text), '')
			FROM (SELECT ?8 AS at) LEFT JOIN entry ON row = at`)
		if err != nil {
			return err
		}
		count, err := tx.PrepareContext(ctx, `UPDATE entry SET blocked = blocked + ?, last = max(coalesce(last, 0), ?) WHERE row = ?`)
		if err != nil {
			return errors.Join(err, insert.Close())
		}
		return errors.Join(saveScreened(ctx, insert, count, log), insert.Close(), count.Close())
	})
}

func saveScreened(ctx context.Context, insert, count *sql.Stmt, log []phone.Screened) error {
	type hits struct {
		count int
		last  int64
	}
	byEntry := map[int64]hits{}
	for _, r := range log {
		v, at := r.Verdict, r.Time.UnixMicro()
		if _, err := insert.ExecContext(ctx, at, r.Kind, r.Number, r.Name, r.Account, v.Mode, v.Kind, v.Row, v.Header, v.Received, v.Number, r.Text); err != nil {
			return err
		}
		h := byEntry[v.Row]
		byEntry[v.Row] = hits{h.count + 1, max(h.last, at)}
	}
	for row, h := range byEntry {
		if _, err := count.ExecContext(ctx, h.count, h.last, row); err != nil {
			return err
		}
	}
	return nil
}

// Screened returns a part of the screening log, newest first, and how many rows the query chooses in all.
func (s *Store) Screened(ctx context.Context, q phone.ScreenedQuery) (part []phone.Screened, total int, err error) {
	const op = "read screening log"
	where, args := `1`, []any(nil)
	if text := searched(q.Search); text != "" {
		where, args = `(name LIKE ? ESCAPE '\' OR number LIKE ? ESCAPE '\' OR normal LIKE ? ESCAPE '\')`, []any{like(text), like(text), like(text)}
		if digits := searchedDigits(text); digits != "" {
			where, args = where+` OR number LIKE ? ESCAPE '\' OR normal LIKE ? ESCAPE '\'`, append(args, like(digits), like(digits))
		}
	}
	if err := s.read.QueryRowContext(ctx, `SELECT count(*) FROM screened WHERE `+where, args...).Scan(&total); err != nil {
		return nil, 0, s.failed(op, err)
	}
	limit := q.Limit
	if limit <= 0 {
		limit = -1
	}
	part, err = rows(ctx, s, op, scanScreened, `
		SELECT row, time, kind, number, name, account, mode, entry_kind, entry, entry_name, entry_text, header, received, normal, text,
			coalesce((SELECT id FROM entry WHERE entry.row = screened.entry AND deleted IS NULL), '')
		FROM (SELECT row AS at FROM screened WHERE `+where+` ORDER BY row DESC LIMIT ? OFFSET ?) CROSS JOIN screened ON screened.row = at`,
		append(args, limit, q.Offset)...)
	return part, total, err
}

func scanScreened(row *sql.Rows) (r phone.Screened, err error) {
	var at sql.NullInt64
	v := &r.Verdict
	err = row.Scan(&r.Row, &at, &r.Kind, &r.Number, &r.Name, &r.Account, &v.Mode, &v.Kind, &v.Row, &r.EntryName, &r.EntryText,
		&v.Header, &v.Received, &v.Number, &r.Text, &r.Entry)
	r.Time = moment(at)
	return r, err
}

// DropScreened deletes the rows of the screening log from before a moment, and all but the newest phone.MaxScreened.
func (s *Store) DropScreened(ctx context.Context, before time.Time) error {
	return s.change(ctx, "cut screening log", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM screened WHERE time < ? OR row <= (SELECT max(row) FROM screened) - ?`,
			before.UnixMicro(), phone.MaxScreened)
		return err
	})
}
