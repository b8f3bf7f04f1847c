package view

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/callward/callward/phone"
)

// DataKeeper keeps the data folder. Its methods wait for the disk or another program.
type DataKeeper interface {
	// Backup writes all data to a new file; it fails with CodeExists where there is one.
	Backup(ctx context.Context, file string) error
	// OpenFolder shows the folder in the desktop's file manager.
	OpenFolder(ctx context.Context) error
	// Passwords says in a sentence where passwords are kept.
	Passwords() string
}

// DataState is where the data lies, and its backup.
type DataState struct {
	// Path is the data folder.
	Path string
	// Passwords says where those are; "" until Read.
	Passwords string
	// Target is the file that a backup goes to.
	Target string
	// Error says what is wrong with Target; "" where nothing is.
	Error string
	// Working is set while a backup is made.
	Working bool
	// Notice says what came of it, or what went wrong with the folder; may be empty.
	Notice string
	// Changed is called when any of this has changed, Target excepted: that is typed.
	Changed func()

	keeper DataKeeper
	worker Worker
	words  Words
	home   string
}

// NewDataState suggests a backup in the home folder (may be empty), named by the day.
func NewDataState(path, home string, keeper DataKeeper, worker Worker, words Words, now func() time.Time) *DataState {
	name := "callward-" + now().Local().Format(time.DateOnly) + ".backup"
	return &DataState{
		Path: path, Target: filepath.Join(home, name), home: home,
		Changed: func() {}, keeper: keeper, worker: worker, words: words,
	}
}

// Read asks where passwords are kept.
func (d *DataState) Read() {
	var where string
	d.worker.Do(func(context.Context) error {
		where = d.keeper.Passwords()
		return nil
	}, func(error) {
		d.Passwords = d.words.L(where)
		d.Changed()
	})
}

// Backup writes all data to Target.
func (d *DataState) Backup() {
	if d.Working {
		return
	}
	file, err := d.file()
	if err != nil {
		d.refuse(err)
		return
	}
	d.Working, d.Error, d.Notice = true, "", d.words.L("Backing up…")
	d.Changed()
	d.worker.Do(func(ctx context.Context) error { return d.keeper.Backup(ctx, file) }, func(err error) {
		d.Working = false
		if err != nil {
			d.refuse(err)
			return
		}
		d.Notice = d.words.L("The backup is in {{.File}}.", map[string]any{"File": file})
		d.Changed()
	})
}

func (d *DataState) refuse(err error) {
	d.Error, d.Notice = d.words.L(phone.Sentence(err)), ""
	d.Changed()
}

// file is Target as a whole path.
func (d *DataState) file() (string, error) {
	file := strings.TrimSpace(d.Target)
	if rest, found := strings.CutPrefix(file, "~"+string(os.PathSeparator)); found && d.home != "" {
		file = filepath.Join(d.home, rest)
	}
	switch {
	case file == "":
		return "", errors.New("say which file the backup should go to")
	case !filepath.IsAbs(file):
		return "", errors.New("the file should be a whole path, with all its folders")
	}
	return filepath.Clean(file), nil
}

// OpenFolder shows the data folder in the file manager.
func (d *DataState) OpenFolder() {
	d.worker.Do(d.keeper.OpenFolder, func(err error) {
		if text := d.words.L(phone.Sentence(err)); text != d.Notice {
			d.Notice = text
			d.Changed()
		}
	})
}
