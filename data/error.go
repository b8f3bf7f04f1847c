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
		return fmt.Sprintf("%s was last used by a newer Callward: install that or a later one; nothing was changed", s.path)
	case errors.As(err, &damaged):
		return s.damaged()
	case errors.As(err, &lite):
		if lite.Code() == sqlite3.SQLITE_IOERR_SHMSIZE { // no room for the file beside the log
			return s.liteSentence(sqlite3.SQLITE_FULL)
		}
		return s.liteSentence(lite.Code() & 0xff) // the rest is a detail
	case errors.Is(err, fs.ErrPermission):
		return s.notAllowed()
	}
	return s.notUsable()
}

func (s *Store) liteSentence(code int) string {
	switch code {
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return s.damaged()
	case sqlite3.SQLITE_FULL:
		return fmt.Sprintf("the disk is full: free some space where %s is; what was saved before is safe", s.path)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH:
		return s.notAllowed()
	case sqlite3.SQLITE_CANTOPEN:
		return fmt.Sprintf("%s cannot be opened: look whether its folder is there and yours", s.path)
	case sqlite3.SQLITE_IOERR:
		return fmt.Sprintf("the disk failed to read or write %s: look after the disk, and copy the folder while it can be read", s.path)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fmt.Sprintf("another program holds %s: close it and try again", s.path)
	}
	return s.notUsable()
}

func (s *Store) notUsable() string {
	return fmt.Sprintf("the database %s cannot be used", s.path)
}

func (s *Store) damaged() string {
	return fmt.Sprintf("%s is damaged, and nothing in it was changed: put a copy of it back, or move it and the files "+
		"beside it (%s-wal, %s-shm) elsewhere to start with an empty one", s.path, filepath.Base(s.path), filepath.Base(s.path))
}

func (s *Store) notAllowed() string {
	return fmt.Sprintf("%s cannot be written: give yourself the right to write it and its folder", s.path)
}
