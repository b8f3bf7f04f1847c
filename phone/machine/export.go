package machine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/callward/callward/phone"
)

const export = "export message"

// Export implements phone.Recordings: the file is there whole, or not at all. It fails with CodeNotFound where there is
// no such message, and with CodeInvalid where path is no ordinary file.
func (f *Files) Export(ctx context.Context, id phone.VoicemailID, path string, overwrite bool) error {
	own := f.Path(id)
	from, err := open(own)
	if own == "" || errors.Is(err, fs.ErrNotExist) {
		return missing(export)
	} else if err != nil {
		return unwritten(path, err)
	}
	defer from.Close()
	if inside, err := filepath.Rel(filepath.Dir(f.messages), path); err == nil && filepath.IsLocal(inside) {
		return &phone.Error{Code: phone.CodeInvalid, Op: export, Field: "path", Err: fmt.Errorf("%s is in the data folder: choose another place", path)}
	}
	switch info, err := os.Lstat(path); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return unwritten(path, err)
	case !overwrite:
		return &phone.Error{Code: phone.CodeExists, Op: export, Err: fmt.Errorf("there is a file %s already: choose another name", path)}
	case !info.Mode().IsRegular():
		return &phone.Error{Code: phone.CodeInvalid, Op: export, Field: "path", Err: fmt.Errorf("%s is no ordinary file: choose another name", path)}
	}
	err = replace(path, func(w io.Writer) error {
		_, err := io.Copy(w, &until{ctx, from})
		return err
	})
	if ctx.Err() != nil {
		return &phone.Error{Code: phone.CodeCancelled, Op: export, Err: ctx.Err()}
	} else if err != nil {
		return unwritten(path, err)
	}
	return nil
}

// until reads until ctx is done.
type until struct {
	ctx context.Context
	io.Reader
}

// Read is for io.Reader.
func (u *until) Read(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.Reader.Read(p)
}

// replace puts a file in the place of that at path, for its owner alone, and returns once it is on the disk.
func replace(path string, fill func(io.Writer) error) error {
	next, err := os.CreateTemp(filepath.Dir(path), ".callward-*") // mode 0600
	if err != nil {
		return err
	}
	err = fill(next)
	if err = errors.Join(err, next.Sync(), next.Close()); err == nil {
		err = settle(next.Name(), path)
	}
	if err != nil {
		_ = os.Remove(next.Name()) // it holds nothing that is missed
	}
	return err
}

func unwritten(path string, err error) error {
	return &phone.Error{Code: phone.CodeStorage, Op: export, Err: fmt.Errorf("the file %s cannot be written: look whether its folder is there, yours, and has space: %w", path, unnamed(err))}
}
