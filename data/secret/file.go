package secret

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/callward/callward/phone"
)

// entry says where the password of one account is.
type entry struct {
	// Password is set where it is here. Bytes, since a password need not be UTF-8.
	Password []byte `json:"password,omitempty"`
	// Keyring is set where the keyring has it.
	Keyring bool `json:"keyring,omitempty"`
}

// file holds the entries. It is replaced as a whole: at every moment, a power cut
// included, it is the old one or the new one. Any goroutine may call its methods.
type file struct {
	path string
	mu   sync.Mutex // one change at a time
}

func (f *file) get(id phone.AccountID) (e entry, found bool, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	entries, err := f.read()
	e, found = entries[id]
	return e, found, err
}

func (f *file) put(id phone.AccountID, e entry) error {
	return f.change(func(entries map[phone.AccountID]entry) { entries[id] = e })
}

func (f *file) remove(id phone.AccountID) error {
	return f.change(func(entries map[phone.AccountID]entry) { delete(entries, id) })
}

func (f *file) change(change func(map[phone.AccountID]entry)) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	entries, err := f.read()
	if err != nil {
		return err
	}
	before, err := json.Marshal(entries)
	if err != nil {
		return err
	}
	change(entries)
	after, err := json.Marshal(entries) // sorted by id
	if err != nil || string(after) == string(before) {
		return err
	}
	if err := replace(f.path, after); err != nil {
		return fmt.Errorf("the password file %s cannot be written: %w", f.path, err)
	}
	return nil
}

// read returns all entries, none where there is no file. What others could read is
// made the owner's alone first.
func (f *file) read() (map[phone.AccountID]entry, error) {
	entries := map[phone.AccountID]entry{}
	info, err := os.Stat(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return entries, nil
	}
	if err == nil && info.Mode().Perm()&0o077 != 0 && runtime.GOOS != "windows" {
		err = os.Chmod(f.path, 0o600)
	}
	var text []byte
	if err == nil {
		text, err = os.ReadFile(f.path)
	}
	if err != nil {
		return nil, fmt.Errorf("the password file cannot be read: %w", err)
	}
	if json.Unmarshal(text, &entries) != nil || entries == nil {
		// The cause may quote the text, so it is left out.
		return nil, fmt.Errorf("the password file %s is damaged: put a copy of it back, or move it elsewhere and give the passwords anew", f.path)
	}
	return entries, nil
}

// replace puts text in the place of the file at path, for its owner alone, and
// returns once it is on the disk.
func replace(path string, text []byte) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	next, err := os.CreateTemp(dir, filepath.Base(path)+".*.new") // mode 0600
	if err != nil {
		return err
	}
	_, err = next.Write(text)
	if err = errors.Join(err, next.Sync(), next.Close()); err == nil {
		err = os.Rename(next.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(next.Name()))
	}
	if runtime.GOOS == "windows" {
		return nil // a folder cannot be synced there
	}
	folder, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
