// Package data keeps what must outlive the program in one SQLite file. Each
// aggregate has a file of its own here, and a step of migration its schema.
package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver

	"github.com/callward/callward/phone"
)

// fileName is the database's name in the data folder.
const fileName = "callward.db"

// Store is the database of one data folder; it satisfies phone.Store. No
// goroutine owns it: any may call its methods, which block on the disk. Writes
// queue for the one connection that writes, and are on the disk when they
// return; reads have connections of their own and never wait for a write.
//
// Errors have CodeStorage with a sentence about the disk or file, but for those
// that a method names.
type Store struct {
	path        string
	write, read *sql.DB
	people      people
	texts       entryTexts
}

var _ phone.Store = (*Store)(nil)

// readers is how many connections may read at once.
const readers = 4

// Open opens the database in dir, or makes it, for its owner alone. The schema is
// brought up to date. A call that was alive when the program was killed is
// closed with what is known of it. It fails, and changes nothing, where the file is
// damaged or was written by a newer program.
//
// One program at a time may have a data folder open; the caller sees to that.
func Open(ctx context.Context, dir string) (*Store, error) {
	path := filepath.Join(dir, fileName)
	s := &Store{path: path}
	if err := create(dir, path); err != nil {
		return nil, s.failed("open data folder", err)
	}
	var err error
	if s.write, err = connect(path, 1, "_txlock=immediate"); err == nil {
		s.read, err = connect(path, readers, "_pragma=query_only(1)")
	}
	for _, step := range []func(context.Context) error{s.check, s.migrate, s.closeCalls} {
		if err == nil {
			err = step(ctx)
		}
	}
	if err != nil {
		return nil, errors.Join(s.failed("open data folder", err), s.Close())
	}
	return s, nil
}

// create makes the folder and an empty file, which SQLite takes for an empty
// database. What SQLite puts beside it gets the file's mode.
func create(dir, path string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(file.Chmod(0o600), file.Close())
}

// connect opens a pool of at most size connections. What holds for each of
// them is in the DSN, since a PRAGMA sent later reaches one of them only.
func connect(path string, size int, options ...string) (*sql.DB, error) {
	options = append(options,
		"_pragma=busy_timeout(10000)",
		"_pragma=journal_mode(WAL)",
		"_pragma=synchronous(FULL)", // NORMAL would lose commits at a power cut
		"_pragma=foreign_keys(1)",
	)
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // a drive letter
	}
	dsn := url.URL{Scheme: "file", Path: slashed, RawQuery: strings.Join(options, "&")}
	db, err := sql.Open("sqlite", dsn.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(size)
	db.SetMaxIdleConns(size)
	return db, nil
}

// check looks for damage, table by table: a check of the whole file would read every
// entry of an index of texts too, for ten times as long. What the schema says of single
// values is left out: it takes a second for a million entries, and no damage shows there alone.
func (s *Store) check(ctx context.Context) error {
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close() // it goes back to its pool, which tells of no failure
	if _, err = conn.ExecContext(ctx, `PRAGMA ignore_check_constraints = 1`); err != nil {
		return err
	}
	var found string
	err = conn.QueryRowContext(ctx, `
		SELECT quick_check FROM pragma_table_list AS list, pragma_quick_check(list.name)
		WHERE list.schema = 'main' AND list.type IN ('table', 'shadow') AND quick_check <> 'ok' LIMIT 1`).Scan(&found)
	if _, back := conn.ExecContext(ctx, `PRAGMA ignore_check_constraints = 0`); back != nil {
		return errors.Join(err, back)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return damage(found)
}

// Close ends all connections and folds the log into the file.
func (s *Store) Close() error {
	var errs []error
	// The writer goes last: the last connection empties the log.
	for _, db := range []*sql.DB{s.read, s.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if err := errors.Join(errs...); err != nil {
		return s.failed("close data folder", err)
	}
	return nil
}

// change runs work in a transaction of the writing connection.
func (s *Store) change(ctx context.Context, op string, work func(tx *sql.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return s.failed(op, err)
	}
	if err := work(tx); err != nil {
		return errors.Join(s.failed(op, err), ignoreDone(tx.Rollback()))
	}
	return s.failed(op, tx.Commit())
}

func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil // SQLite has rolled back by itself
	}
	return err
}

// rows reads all rows of a query, each with scan.
func rows[T any](ctx context.Context, s *Store, op string, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	found, err := s.read.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, s.failed(op, err)
	}
	var all []T
	for found.Next() {
		one, err := scan(found)
		if err != nil {
			return nil, errors.Join(s.failed(op, fmt.Errorf("row %d: %w", len(all)+1, err)), found.Close())
		}
		all = append(all, one)
	}
	if err := errors.Join(found.Err(), found.Close()); err != nil {
		return nil, s.failed(op, err)
	}
	return all, nil
}
