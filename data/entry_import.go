package data

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/callward/callward/phone"
)

// ImportEntries adds the entries that each gives, all or none; of one whose place is taken it
// changes name and mode, where the file has them otherwise. It fills in the report's counts. Other writes
// wait meanwhile.
func (s *Store) ImportEntries(ctx context.Context, each func(yield func(phone.Entry) error) error, report *phone.ImportReport) error {
	const op = "import entries"
	err := s.change(ctx, op, func(tx *sql.Tx) error {
		if err := expire(ctx, tx, time.Now()); err != nil {
			return err
		}
		im, err := newEntryImport(ctx, tx, report)
		if err != nil {
			return err
		}
		if err := errors.Join(each(func(e phone.Entry) error { return im.add(ctx, e) }), im.close()); err != nil {
			return err
		}
		return errors.Join(countEntries(ctx, tx, false, im.inserted[false]), countEntries(ctx, tx, true, im.inserted[true]))
	})
	s.texts.forget()
	return err
}

// entryImport is an import that is under way.
type entryImport struct {
	report              *phone.ImportReport
	inserted            map[bool]int // by which list it is on
	insert, find, alter *sql.Stmt
}

func newEntryImport(ctx context.Context, tx *sql.Tx, report *phone.ImportReport) (im *entryImport, err error) {
	im = &entryImport{report: report, inserted: map[bool]int{}}
	for to, text := range map[**sql.Stmt]string{
		&im.insert: insertEntry + ` ON CONFLICT DO NOTHING`,
		&im.find: `SELECT row, name, mode FROM entry
			WHERE iif(kind = 'contact', contact, number) = ? AND kind = ? AND deleted IS NULL`,
		&im.alter: `UPDATE entry SET name = ?1, sort = ?2, mode = ?3, through = (?3 = 'through'), version = version + 1, updated = ?4 WHERE row = ?5`,
	} {
		if *to, err = tx.PrepareContext(ctx, text); err != nil {
			return nil, errors.Join(err, im.close())
		}
	}
	return im, nil
}

func (im *entryImport) add(ctx context.Context, e phone.Entry) error {
	values := entryValues(e)
	done, err := im.insert.ExecContext(ctx, values...)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n > 0 {
		im.report.Added++
		im.inserted[e.Mode == phone.LetThrough]++
		return err
	}
	var (
		row  int64
		name string
		mode phone.Mode
	)
	if err := im.find.QueryRowContext(ctx, placeOf(e), e.Kind).Scan(&row, &name, &mode); err != nil {
		return err
	}
	if e.Name == "" {
		e.Name = name
	}
	if e.Name == name && e.Mode == mode {
		im.report.Unchanged++
		return nil
	}
	im.report.Merged++
	_, err = im.alter.ExecContext(ctx, e.Name, folded(e.Name), e.Mode, values[len(values)-1], row)
	return err
}

func (im *entryImport) close() error {
	var errs []error
	for _, stmt := range []*sql.Stmt{im.insert, im.find, im.alter} {
		if stmt != nil {
			errs = append(errs, stmt.Close())
		}
	}
	return errors.Join(errs...)
}
