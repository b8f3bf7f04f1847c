package phone_test

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/callward/callward/phone"
)

// fakeStore keeps everything in memory, and fails where it is told to.
type fakeStore struct {
	fakeBook
	fakeInbox
	fakeTexts
	mu       sync.Mutex
	accounts []phone.Account
	settings map[string]string
	saves    []phone.CallRecord // each SaveCall that went well, in order
	seen     int                // how many of saves SeeMissed has marked
	tries    int                // each SaveCall
	full     error              // what writing fails with
	unread   error              // what reading fails with
	slow     chan struct{}      // what SaveCall waits for, where it is set
}

func (s *fakeStore) Accounts(context.Context) ([]phone.Account, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.accounts), s.unread
}

func (s *fakeStore) SaveAccount(_ context.Context, acc phone.Account) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.full != nil {
		return s.full
	}
	if acc.Default {
		for i := range s.accounts {
			s.accounts[i].Default = false
		}
	}
	i := slices.IndexFunc(s.accounts, func(a phone.Account) bool { return a.ID == acc.ID })
	if i < 0 {
		s.accounts = append(s.accounts, acc)
		return nil
	}
	s.accounts[i] = acc
	return nil
}

func (s *fakeStore) DeleteAccount(_ context.Context, id phone.AccountID) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.accounts = slices.DeleteFunc(s.accounts, func(a phone.Account) bool { return a.ID == id })
	return s.full
}

func (s *fakeStore) Setting(_ context.Context, key string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.settings[key], s.unread
}

func (s *fakeStore) SetSetting(_ context.Context, key, value string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.full == nil {
		s.settings[key] = value
	}
	return s.full
}

func (s *fakeStore) SaveCall(ctx context.Context, rec phone.CallRecord) error {
	if s.slow != nil {
		<-s.slow
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tries++
	if err := errors.Join(s.full, ctx.Err()); err != nil {
		return err
	}
	s.saves = append(s.saves, rec)
	return nil
}

func (s *fakeStore) DeleteCall(_ context.Context, id phone.CallID) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.full == nil {
		s.saves = slices.DeleteFunc(s.saves, func(rec phone.CallRecord) bool { return rec.ID == id })
	}
	return s.full
}

// CallKeys gives the rows of saves from 1 on, of which it chooses by Missed alone.
func (s *fakeStore) CallKeys(_ context.Context, q phone.CallQuery) ([]phone.CallKey, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var keys []phone.CallKey
	for i, rec := range slices.Backward(s.saves) {
		if !q.Missed || rec.Result == phone.Missed {
			keys = append(keys, phone.CallKey{Row: int64(i + 1), Started: rec.Started})
		}
	}
	return keys, s.unread
}

func (s *fakeStore) CallRows(_ context.Context, rows []int64) ([]phone.CallRecord, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []phone.CallRecord
	for _, row := range rows {
		found = append(found, s.saves[row-1])
	}
	return found, s.unread
}

// MissedUnseen counts those missed in saves after the first seen.
func (s *fakeStore) MissedUnseen(context.Context) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	count := 0
	for _, rec := range s.saves[s.seen:] {
		if rec.Result == phone.Missed {
			count++
		}
	}
	return count, s.unread
}

func (s *fakeStore) SeeMissed(context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.full == nil {
		s.seen = len(s.saves)
	}
	return s.full
}

func (s *fakeStore) Calls(context.Context, int) ([]phone.CallRecord, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.saves), s.unread
}

// fill makes the disk fail with err, or work again.
func (s *fakeStore) fill(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.full = err
}

// saved returns the rows that were written, oldest first.
func (s *fakeStore) saved() []phone.CallRecord {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.saves)
}

// attempts returns how often a row was to be written.
func (s *fakeStore) attempts() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tries
}

// fakeSecrets is a keyring.
type fakeSecrets struct {
	mu    sync.Mutex
	texts map[phone.AccountID]phone.Secret
	err   error
}

func (s *fakeSecrets) Get(id phone.AccountID) (phone.Secret, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	secret, ok := s.texts[id]
	if !ok {
		return phone.Secret{}, &phone.Error{Code: phone.CodeNotFound, Op: "password"}
	}
	return secret, s.err
}

func (s *fakeSecrets) Set(id phone.AccountID, secret phone.Secret) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		s.texts[id] = secret
	}
	return s.err
}

func (s *fakeSecrets) Delete(id phone.AccountID) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.texts, id)
	return s.err
}
