package portable

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/callward/callward/phone"
)

// Book is where what is read goes, and what is written comes from; *phone.Phone satisfies it.
type Book interface {
	ImportContacts(ctx context.Context, each func(yield func(line int, c phone.Contact) error) error, report *phone.ImportReport, progress phone.Progress) error
	EachContact(ctx context.Context, yield func(phone.Contact) error) error
	ImportEntries(ctx context.Context, each func(yield func(line int, d phone.EntryDraft) error) error, report *phone.ImportReport, progress phone.Progress) error
	EachEntry(ctx context.Context, yield func(phone.Entry) error) error
}

// Files are a Book's contacts and blacklist in files of the disk. Any goroutine may call the methods, which
// wait for it. They fail with CodeInvalid for a file that holds nothing of the kind, CodeExists where a file
// would be overwritten, CodeStorage, and CodeCancelled.
type Files struct{ Book Book }

// Preview looks at a CSV file of contacts: its header, its first rows, and what its columns seem to be for. It is nil
// for a vCard file, which says so itself.
func (f Files) Preview(path string) (*phone.TablePreview, error) {
	if !isTable(path) {
		return nil, nil
	}
	file, err := openFile(context.Background(), path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	table, err := OpenTable(file)
	if err != nil {
		return nil, err
	}
	return &phone.TablePreview{Header: table.Header, Rows: table.Preview, Columns: table.Columns}, nil
}

// ImportContacts reads a vCard file, or a CSV file whose columns are those given, or as they seem to be where none are.
func (f Files) ImportContacts(ctx context.Context, path string, columns []Column, progress phone.Progress) (report phone.ImportReport, err error) {
	file, err := openFile(ctx, path)
	if err != nil {
		return report, err
	}
	defer file.Close()
	err = f.Book.ImportContacts(ctx, func(yield func(int, phone.Contact) error) error {
		if !isTable(path) {
			return ReadVCards(file, yield, report.Skip)
		}
		table, err := OpenTable(file)
		if err != nil {
			return err
		}
		if len(columns) == len(table.Columns) {
			table.Columns = columns
		}
		return table.Contacts(yield, report.Skip)
	}, &report, progress)
	return report, err
}

// ImportBlacklist reads a CSV file of entries: all of it, or nothing.
func (f Files) ImportBlacklist(ctx context.Context, path string, progress phone.Progress) (report phone.ImportReport, err error) {
	file, err := openFile(ctx, path)
	if err != nil {
		return report, err
	}
	defer file.Close()
	err = f.Book.ImportEntries(ctx, func(yield func(int, phone.EntryDraft) error) error {
		return ReadEntries(file, yield, report.Skip)
	}, &report, progress)
	return report, err
}

// ExportContacts writes all contacts, as CSV where the name of the file ends so, else as vCards.
func (f Files) ExportContacts(ctx context.Context, path string, overwrite bool) error {
	each := func(yield func(phone.Contact) error) error { return f.Book.EachContact(ctx, yield) }
	return writeFile(path, overwrite, func(w io.Writer) error {
		if !isTable(path) {
			return WriteVCards(w, each)
		}
		widest := 0
		err := each(func(c phone.Contact) error {
			widest = max(widest, len(c.Numbers))
			return nil
		})
		if err != nil {
			return err
		}
		return WriteTable(w, widest, each)
	})
}

// ExportBlacklist writes the entries that block as CSV.
func (f Files) ExportBlacklist(ctx context.Context, path string, overwrite bool) error {
	return writeFile(path, overwrite, func(w io.Writer) error {
		return WriteEntries(w, func(yield func(phone.Entry) error) error { return f.Book.EachEntry(ctx, yield) })
	})
}

func isTable(path string) bool { return strings.EqualFold(filepath.Ext(path), ".csv") }

// input is a file that is read, until ctx is done: what is left out of it is no place to ask.
type input struct {
	*os.File
	ctx context.Context
}

// Read is for io.Reader.
func (in *input) Read(p []byte) (int, error) {
	if err := in.ctx.Err(); err != nil {
		return 0, err
	}
	return in.File.Read(p)
}

func openFile(ctx context.Context, path string) (*input, error) {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() { // a pipe or a device may never end
		return nil, invalid("%s is no ordinary file: choose one", path)
	}
	var file *os.File
	if err == nil {
		file, err = os.Open(path)
	}
	if err != nil {
		return nil, &phone.Error{Code: phone.CodeStorage, Op: "import", Err: fmt.Errorf("the file %s cannot be read: look whether it is there, and yours: %w", path, unnamed(err))}
	}
	return &input{file, ctx}, nil
}

// unnamed is what the system says, without the path that the sentence has already.
func unnamed(err error) error {
	if at := (*fs.PathError)(nil); errors.As(err, &at) {
		return at.Err
	}
	return err
}

// writeFile makes a file whole or not at all, for its owner alone.
func writeFile(path string, overwrite bool, fill func(w io.Writer) error) (err error) {
	if _, err := os.Lstat(path); err == nil && !overwrite {
		return &phone.Error{Code: phone.CodeExists, Op: "export", Err: fmt.Errorf("there is a file %s already: choose another name", path)}
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return unwritten(path, err)
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".callward-*")
	if err != nil {
		return unwritten(path, err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(file.Name()) // it holds nothing that is missed
		}
	}()
	w := bufio.NewWriter(file)
	if err := fill(w); err != nil {
		return errors.Join(err, file.Close())
	}
	if err := errors.Join(w.Flush(), file.Sync(), file.Close()); err != nil {
		return unwritten(path, err)
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return unwritten(path, err)
	}
	return nil
}

func unwritten(path string, err error) error {
	return &phone.Error{Code: phone.CodeStorage, Op: "export", Err: fmt.Errorf("the file %s cannot be written: look whether its folder is there, yours, and has space: %w", path, unnamed(err))}
}
