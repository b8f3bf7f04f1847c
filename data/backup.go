package data

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

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

// copyAside keeps a copy of the database as it is before it is brought to a version, for its
// owner alone, in the data folder. One that is there already stays: it was made before an
// attempt that failed.
func (s *Store) copyAside(ctx context.Context, version int64) error {
	file := filepath.Join(filepath.Dir(s.path), fmt.Sprintf("callward-before-%d.db", version))
	if _, err := os.Stat(file); err == nil {
		return nil
	}
	part := file + ".part" // left by one who was killed
	err := os.Remove(part)
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		err = s.copyWhole(ctx, part, file)
	}
	if err != nil {
		return &phone.Error{Code: phone.CodeStorage, Op: "open data folder", Err: fmt.Errorf("%s must be changed for this version of Callward, and "+
			"cannot be copied to %s before: free some space there, and start again; nothing was changed: %w", s.path, file, err)}
	}
	return nil
}

// copyWhole copies all to part, and gives it its name once it is on the disk.
func (s *Store) copyWhole(ctx context.Context, part, file string) error {
	made, err := os.OpenFile(part, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err = s.copyInto(ctx, part); err == nil {
		err = made.Sync()
	}
	if err = errors.Join(err, made.Close()); err == nil {
		err = os.Rename(part, file)
	}
	if err != nil {
		return errors.Join(err, os.Remove(part))
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
