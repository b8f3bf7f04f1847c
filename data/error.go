package data

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/callward/callward/phone"
)

// damage is what a check of the file found.
type damage string

func (d damage) Error() string { return string(d) }

// newer tells that the schema is ahead of this program's.
type newer struct{ found, known int64 }

func (n newer) Error() string {
	return fmt.Sprintf("schema %d, this program knows %d", n.found, n.known)
}

// failed returns err as a phone.Error with a sentence about what to do; nil for
// nil, and a phone.Error as it is.
func (s *Store) failed(op string, err error) error {
	var made *phone.Error
	if err == nil || errors.As(err, &made) {
		return err
	}
	return &phone.Error{Code: phone.CodeStorage, Op: op, Err: fmt.Errorf("%s: %w", s.sentence(err), err)}
}

func (s *Store) sentence(err error) string {
	var (
		damaged damage
		ahead   newer
		lite    *sqlite.Error
	)
	switch {
	case errors.As(err, &ahead):
		return s.path + " was last used by a newer Callward: install that or a later one; nothing was changed"
	case errors.As(err, &damaged):
		return s.damaged()
	case errors.As(err, &lite):
		return s.liteSentence(lite.Code() & 0xff) // the rest is a detail
	case errors.Is(err, fs.ErrPermission):
		return s.notAllowed()
	}
	return "the database " + s.path + " cannot be used"
}

func (s *Store) liteSentence(code int) string {
	switch code {
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return s.damaged()
	case sqlite3.SQLITE_FULL:
		return "the disk is full: free some space where " + s.path + " is; what was saved before is safe"
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH:
		return s.notAllowed()
	case sqlite3.SQLITE_CANTOPEN:
		return s.path + " cannot be opened: look whether its folder is there and yours"
	case sqlite3.SQLITE_IOERR:
		return "the disk failed to read or write " + s.path + ": look after the disk, and copy the folder while it can be read"
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return "another program holds " + s.path + ": close it and try again"
	}
	return "the database " + s.path + " cannot be used"
}

func (s *Store) damaged() string {
	return fmt.Sprintf("%s is damaged, and nothing in it was changed: put a copy of it back, or move it and the files "+
		"beside it (%s-wal, %s-shm) elsewhere to start with an empty one", s.path, filepath.Base(s.path), filepath.Base(s.path))
}

func (s *Store) notAllowed() string {
	return s.path + " cannot be written: give yourself the right to write it and its folder"
}
