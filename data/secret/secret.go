// Package secret keeps passwords in the operating system's keyring, or, where
// there is none, in a file that its owner alone can read.
package secret

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/callward/callward/phone"
)

// Store keeps the passwords of one data folder; it satisfies phone.Secrets. No
// goroutine owns it: any may call its methods.
//
// A keyring may be there at one start and not at the next. So the file, which
// is asked first, holds an entry for each account: the password, where the
// keyring would not take it, or that the keyring has it.
type Store struct {
	ring *ring
	file *file
}

var _ phone.Secrets = (*Store)(nil)

// Open finds out within 2 s whether there is a keyring, and moves passwords from
// the file in dir to it where there is. It does not fail: what is wrong with the file
// is told by the methods.
func Open(dir string) *Store { return openWith(dir, system{}) }

func openWith(dir string, calls keyringCalls) *Store {
	s := &Store{ring: openRing(calls), file: &file{path: filepath.Join(dir, "passwords.json")}}
	s.adopt()
	return s
}

// adopt moves passwords from the file to the keyring. One that the keyring does
// not take stays where it is.
func (s *Store) adopt() {
	if s.ring.fault() != nil {
		return
	}
	entries, err := s.file.read()
	if err != nil {
		return // told when a password is asked for
	}
	for id, e := range entries {
		if !e.Keyring {
			_ = s.Set(id, phone.NewSecret(string(e.Password)))
		}
	}
}

// Where says in words where a password goes that is set now, for the person
// whose it is.
func (s *Store) Where() string {
	if err := s.ring.fault(); err != nil {
		return fmt.Sprintf("Passwords are kept in %s, which only you can read: there is no keyring (%v).", s.file.path, err)
	}
	return "Passwords are kept in the system's keyring."
}

// Get returns the password of an account. It fails with CodeNotFound where
// there is none, and with CodeKeyring where it cannot be had now; a locked keyring
// that asks its user is waited for, 30 s at most.
func (s *Store) Get(id phone.AccountID) (phone.Secret, error) {
	const op = "get password"
	e, found, err := s.file.get(id)
	if err != nil {
		return phone.Secret{}, failed(op, err)
	}
	if found && !e.Keyring {
		return phone.NewSecret(string(e.Password)), nil
	}
	if !found && s.ring.fault() != nil {
		return phone.Secret{}, none(op)
	}
	text, err := s.ring.get(id)
	switch {
	case err == nil:
		return phone.NewSecret(text), nil
	case errors.Is(err, errNone):
		return phone.Secret{}, none(op)
	}
	return phone.Secret{}, failed(op, fmt.Errorf("the password is in the system's keyring, which cannot be read now: "+
		"unlock it and try again, or give the password anew: %w", err))
}

// Set keeps the password of an account; an empty one is deleted. It fails with
// CodeKeyring.
func (s *Store) Set(id phone.AccountID, password phone.Secret) error {
	const op = "set password"
	if password.Empty() {
		return s.Delete(id)
	}
	e := entry{Keyring: true}
	if s.ring.fault() != nil || s.ring.set(id, password.Reveal()) != nil {
		e = entry{Password: []byte(password.Reveal())}
	}
	return failed(op, s.file.put(id, e))
}

// Delete forgets the password of an account, in the keyring too where there is
// one; no error where there is none. It fails with CodeKeyring.
func (s *Store) Delete(id phone.AccountID) error {
	const op = "delete password"
	e, found, err := s.file.get(id)
	if err != nil {
		return failed(op, err)
	}
	if s.ring.fault() == nil || found && e.Keyring {
		if err := s.ring.remove(id); err != nil && !errors.Is(err, errNone) {
			return failed(op, fmt.Errorf("the password stays in the system's keyring, which cannot be changed now: %w", err))
		}
	}
	return failed(op, s.file.remove(id))
}

// Close waits for a call to the keyring that is under way, 2 s at most, and
// makes later ones fail.
func (s *Store) Close() error { return s.ring.Close() }

func none(op string) error {
	return &phone.Error{Code: phone.CodeNotFound, Op: op, Err: errors.New("no password is kept")}
}

func failed(op string, err error) error {
	if err == nil {
		return nil
	}
	return &phone.Error{Code: phone.CodeKeyring, Op: op, Err: err}
}
