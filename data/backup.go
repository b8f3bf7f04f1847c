package data

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/callward/callward/phone"
)

// Backup writes all that is kept to a new file, for its owner alone, as it was at one
// moment; calls go on meanwhile. It fails with CodeExists where there is such a file,
// and leaves nothing behind where it fails. Passwords are not in it.
func (s *Store) Backup(ctx context.Context, file string) error {
	const op = "back up"
	made, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return &phone.Error{Code: phone.CodeExists, Op: op, Err: fmt.Errorf("there is a file %s already: choose another name", file)}
	}
	if err != nil {
		return notBackedUp(op, file, err)
	}
	if err = made.Close(); err == nil {
		err = s.copyInto(ctx, file)
	}
	if err != nil {
		return notBackedUp(op, file, errors.Join(err, os.Remove(file)))
	}
	return nil
}

// copyInto copies all into an empty file, which keeps its mode. It has a connection
// of its own: those that read may not, and the one that writes has other work.
func (s *Store) copyInto(ctx context.Context, file string) error {
	db, err := connect(s.path, 1)
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", file)
	return errors.Join(err, db.Close())
}

func notBackedUp(op, file string, err error) error {
	return &phone.Error{Code: phone.CodeStorage, Op: op, Err: fmt.Errorf("the backup %s cannot be written: look whether its folder is there, yours, and has space: %w", file, err)}
}
