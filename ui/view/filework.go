package view

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"
	"unicode"

	"github.com/callward/callward/phone"
)

// Files brings contacts and the blacklist into files and back; its methods wait for the disk.
type Files interface {
	// Preview looks at a table of contacts; nil for a file that says itself what is what.
	Preview(path string) (*phone.TablePreview, error)
	ImportContacts(ctx context.Context, path string, columns []phone.Column, progress phone.Progress) (phone.ImportReport, error)
	ExportContacts(ctx context.Context, path string, overwrite bool) error
	ImportBlacklist(ctx context.Context, path string, progress phone.Progress) (phone.ImportReport, error)
	ExportBlacklist(ctx context.Context, path string, overwrite bool) error
}

// FileWork is a window for an import or an export.
type FileWork struct {
	// Contacts tells whether it is about the contacts, else about the blacklist; Export whether it writes.
	Contacts, Export bool
	// Message is the voice message that is saved; "" where it is about contacts or the blacklist.
	Message phone.VoicemailID
	// Path is the file as typed, and Error what is wrong with it; "" where nothing is.
	Path, Error string
	// Table is what a CSV file of contacts has, once it was looked at: its columns can then be changed. Nil before, and
	// for another file.
	Table *phone.TablePreview
	// Working is set while it goes on, and Done counts what was read until now.
	Working bool
	Done    int
	// Report says what an import came to; nil until then. Written says that an export is done.
	Report  *phone.ImportReport
	Written string
	// Changed is called when any of this has changed, but for Path, which is typed.
	Changed func()

	files  Files
	inbox  InboxKeeper
	worker Worker
	words  Words
	home   string
	closed func()
	cancel context.CancelFunc
	count  atomic.Int64
}

// progressBeat is how often it is looked how far an import is.
const progressBeat = 250 * time.Millisecond

// Type replaces the path.
func (f *FileWork) Type(path string) {
	if path != f.Path {
		f.Path, f.Table = path, nil
		if f.Error != "" {
			f.Error = ""
			f.Changed()
		}
	}
}

// Go goes on: it looks at a CSV file of contacts first, and does the work then.
func (f *FileWork) Go() {
	path, err := wholePath(f.Path, f.home)
	switch {
	case f.Working:
	case f.Report != nil || f.Written != "":
		f.closed()
	case err != nil:
		f.refuse(err)
	case f.Export:
		f.export(path)
	case f.Contacts && f.Table == nil:
		f.look(path)
	default:
		f.read(path)
	}
}

// look reads what columns there are.
func (f *FileWork) look(path string) {
	var table *phone.TablePreview
	f.begin()
	f.worker.Do(func(context.Context) (err error) {
		table, err = f.files.Preview(path)
		return err
	}, func(err error) {
		f.Working = false
		switch {
		case err != nil:
			f.refuse(err)
		case table == nil:
			f.read(path)
		default:
			f.Table = table
			f.Changed()
		}
	})
}

func (f *FileWork) begin() {
	f.Working, f.Error, f.Done = true, "", 0
	f.count.Store(0)
	f.Changed()
}

// read reads the file.
func (f *FileWork) read(path string) {
	var (
		columns []phone.Column
		report  phone.ImportReport
	)
	if f.Table != nil {
		columns = f.Table.Columns
	}
	f.begin()
	progress := func(done, _ int) { f.count.Store(int64(done)) }
	cancelled := make(chan struct{})
	f.cancel = func() { close(cancelled) }
	f.worker.Do(func(ctx context.Context) (err error) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		go func() {
			select {
			case <-cancelled:
				stop()
			case <-ctx.Done():
			}
		}()
		if f.Contacts {
			report, err = f.files.ImportContacts(ctx, path, columns, progress)
		} else {
			report, err = f.files.ImportBlacklist(ctx, path, progress)
		}
		return err
	}, func(err error) {
		f.Working, f.cancel = false, nil
		switch {
		case phone.CodeOf(err) == phone.CodeCancelled && !f.Contacts:
			f.Error = f.words.L("The import was cancelled. Nothing was added.")
		case phone.CodeOf(err) == phone.CodeCancelled:
			f.Error = f.words.L("The import was cancelled. What was read until then was added.")
		case err != nil:
			f.Error = f.words.L(phone.Sentence(err))
		default:
			f.Report = &report
		}
		f.Changed()
	})
	f.beat()
}

// beat shows how far it is, now and then.
func (f *FileWork) beat() {
	f.worker.Do(func(ctx context.Context) error {
		select {
		case <-time.After(progressBeat):
		case <-ctx.Done():
		}
		return nil
	}, func(error) {
		if !f.Working {
			return
		}
		if done := int(f.count.Load()); done != f.Done {
			f.Done = done
			f.Changed()
		}
		f.beat()
	})
}

// Skips are lines of what was left out of an import and why, most of them at most; another one tells that there are more.
func (f *FileWork) Skips(most int) []string {
	var lines []string
	if f.Report == nil {
		return nil
	}
	for i, skip := range f.Report.Skipped {
		if i == most {
			return append(lines, "…")
		}
		lines = append(lines, f.words.L("Line {{.Line}}: {{.What}}: {{.Why}}", map[string]any{"Line": skip.Line, "What": skip.What, "Why": f.words.L(skip.Why)}))
	}
	return lines
}

func (f *FileWork) export(path string) {
	f.begin()
	f.worker.Do(func(ctx context.Context) error {
		switch {
		case f.Message != "":
			return f.inbox.ExportVoicemail(ctx, f.Message, path, false)
		case f.Contacts:
			return f.files.ExportContacts(ctx, path, false)
		}
		return f.files.ExportBlacklist(ctx, path, false)
	}, func(err error) {
		f.Working = false
		if err != nil {
			f.refuse(err)
			return
		}
		f.Written = f.words.L("It is in {{.File}}.", map[string]any{"File": path})
		f.Changed()
	})
}

func (f *FileWork) refuse(err error) {
	f.Error = f.words.L(phone.Sentence(err))
	f.Changed()
}

// wholePath is a path as typed, as a whole path.
func wholePath(typed, home string) (string, error) {
	path := strings.TrimSpace(typed)
	path = strings.TrimPrefix(path, "file://")
	if rest, found := strings.CutPrefix(path, "~"+string(os.PathSeparator)); found && home != "" {
		path = filepath.Join(home, rest)
	}
	switch {
	case path == "":
		return "", errors.New("say which file")
	case !filepath.IsAbs(path) && home != "":
		return filepath.Join(home, path), nil
	case !filepath.IsAbs(path):
		return "", errors.New("the file should be a whole path, with all its folders")
	}
	return filepath.Clean(path), nil
}

// Cancel ends what goes on, or closes the window.
func (f *FileWork) Cancel() {
	if f.cancel != nil {
		f.cancel()
		f.cancel = nil
		return
	}
	if !f.Working {
		f.closed()
	}
}

// SetColumn says what a column is for.
func (f *FileWork) SetColumn(i int, column phone.Column) {
	if f.Table != nil && i < len(f.Table.Columns) {
		f.Table.Columns[i] = column
	}
}

// fileName leaves out of a text what a file cannot be named.
func fileName(text string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, text)
}

// OpenFile opens the window for an import or an export.
func (m *Main) OpenFile(contacts, export bool) {
	if m.Files == nil {
		return
	}
	name := ""
	if export {
		name = "blacklist-" + m.now().Local().Format(time.DateOnly) + ".csv"
		if contacts {
			name = "contacts-" + m.now().Local().Format(time.DateOnly) + ".vcf"
		}
	}
	m.openFile(&FileWork{Contacts: contacts, Export: export, files: m.Files}, name)
}

// openFile opens the window of a work; name is that of a new file, "" where one is read.
func (m *Main) openFile(f *FileWork, name string) {
	f.Changed, f.worker, f.words, f.home = func() {}, m.worker, m.words, m.Home
	if name != "" {
		f.Path = filepath.Join(m.Home, name)
	}
	f.closed = func() {
		if m.File == f {
			m.File = nil
			m.Changed()
		}
	}
	m.File = f
	m.Changed()
}
