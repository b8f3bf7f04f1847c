package data_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/data"
	"github.com/callward/callward/phone"
)

// guardWrites are all ways to write contacts, entries and the screening log; each has something to write.
func guardWrites(store *data.Store, size int) map[string]func(context.Context) error {
	long := strings.Repeat("x", size)
	contact := phone.Contact{ID: "new", Name: "Max", Note: long, Numbers: []phone.ContactNumber{{Text: "1004", Number: "1004"}}}
	entry := phone.Entry{ID: "new", Kind: phone.KindNumber, Number: "1004", Name: long, Mode: phone.BlockAll, Since: noon}
	return map[string]func(context.Context) error{
		"save contact": func(ctx context.Context) error { return store.SaveContacts(ctx, []phone.Contact{contact}) },
		"save entry": func(ctx context.Context) error {
			_, err := store.SaveEntry(ctx, entry)
			return err
		},
		"import": func(ctx context.Context) error {
			return store.ImportEntries(ctx, func(yield func(phone.Entry) error) error { return yield(entry) }, &phone.ImportReport{})
		},
		"save log": func(ctx context.Context) error {
			return store.SaveScreened(ctx, []phone.Screened{{Time: noon, Kind: phone.ScreenedText, Text: long, Verdict: phone.Verdict{Row: 1}}})
		},
	}
}

// guardRemovals take away what guarded put there.
func guardRemovals(store *data.Store) map[string]func(context.Context) error {
	return map[string]func(context.Context) error{
		"delete contact": func(ctx context.Context) error {
			return store.DeleteContacts(ctx, []phone.ContactID{"zoe"}, false)
		},
		"remove entry": func(ctx context.Context) error {
			_, err := store.DeleteEntries(ctx, []phone.EntryID{"zoe"}, false)
			return err
		},
		"cut log": func(ctx context.Context) error { return store.DropScreened(ctx, noon.Add(time.Hour)) },
	}
}

// guarded fills a folder with a contact, an entry for her, and a row of the log.
func guarded(t *testing.T, dir string) *data.Store {
	store := open(t, dir)
	require.NoError(t, store.SaveContacts(t.Context(), []phone.Contact{{
		ID: "zoe", Name: "Zoë", Numbers: []phone.ContactNumber{{Text: "1003", Number: "1003"}},
	}}))
	rule, err := store.SaveEntry(t.Context(), phone.Entry{
		ID: "zoe", Kind: phone.KindContact, Number: "+442079460018", Mode: phone.BlockAll, Contact: "zoe", Since: noon,
	})
	require.NoError(t, err)
	require.NoError(t, store.SaveScreened(t.Context(), []phone.Screened{{
		Time: noon, Kind: phone.ScreenedCall, Number: "1003", Verdict: phone.Verdict{Row: rule.Row},
	}}))
	return store
}

// requireGuarded checks that a store has what guarded put there, and no more.
func requireGuarded(t *testing.T, store *data.Store) {
	t.Helper()
	contacts, total, err := store.Contacts(t.Context(), phone.ContactQuery{})
	require.NoError(t, err)
	require.Equal(t, 1, total)
	require.Equal(t, "Zoë", contacts[0].Name)
	entries, total, err := store.Entries(t.Context(), phone.EntryQuery{}, noon)
	require.NoError(t, err)
	require.Equal(t, 1, total)
	require.Equal(t, []string{"1003"}, entries[0].Others)
	require.Equal(t, 1, entries[0].Blocked)
	log, total, err := store.Screened(t.Context(), phone.ScreenedQuery{})
	require.NoError(t, err)
	require.Equal(t, 1, total)
	require.Equal(t, phone.EntryID("zoe"), log[0].Entry)
	_, err = store.Contact(t.Context(), "new")
	require.Equal(t, phone.CodeNotFound, phone.CodeOf(err))
}

func TestAFullDiskIsToldByAllThatGuards(t *testing.T) {
	dir := t.TempDir()
	store := guarded(t, dir)
	data.LimitPages(t, store)
	for name, write := range guardWrites(store, 1<<20) {
		t.Run(name, func(t *testing.T) {
			requireStorage(t, write(t.Context()), "the disk is full", dir)
			requireGuarded(t, store)
		})
	}
	for name, write := range guardWrites(store, 1) {
		require.NoError(t, write(t.Context()), "%s: the connection is of use again", name)
	}
}

func TestAFileThatCannotBeWrittenIsToldByAllThatGuards(t *testing.T) {
	store := guarded(t, t.TempDir())
	data.RefuseWrites(t, store)
	for _, ways := range []map[string]func(context.Context) error{guardWrites(store, 1), guardRemovals(store)} {
		for name, write := range ways {
			t.Run(name, func(t *testing.T) {
				requireStorage(t, write(t.Context()), "cannot be written")
				requireGuarded(t, store)
			})
		}
	}
}

func TestAListThatExpiresIsToldWhereItCannotBeWritten(t *testing.T) {
	store := guarded(t, t.TempDir())
	_, err := store.SaveEntry(t.Context(), phone.Entry{
		ID: "soon", Kind: phone.KindNumber, Number: "1005", Mode: phone.BlockAll, Since: noon, Expires: time.Now().Add(time.Hour),
	})
	require.NoError(t, err)
	data.RefuseWrites(t, store)
	entries, total, err := store.Entries(t.Context(), phone.EntryQuery{}, time.Now().Add(2*time.Hour))
	require.NoError(t, err, "what can be read is shown")
	require.Equal(t, 1, total)
	require.Len(t, entries, 1)
}

// What was damaged after the start is told, and nothing is read that is not so.
func TestDamageWhileTheProgramRunsIsTold(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, guarded(t, dir).Close())
	store := open(t, dir)
	path := filepath.Join(dir, "callward.db")
	intact, err := os.ReadFile(path)
	require.NoError(t, err)
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	require.NoError(t, err)
	defer file.Close()
	_, err = file.WriteAt([]byte(strings.Repeat("\xff", len(intact)-4096)), 4096)
	require.NoError(t, err)
	for name, read := range map[string]func(context.Context) error{
		"contacts": func(ctx context.Context) error {
			_, _, err := store.Contacts(ctx, phone.ContactQuery{})
			return err
		},
		"contact": func(ctx context.Context) error {
			_, err := store.Contact(ctx, "zoe")
			return err
		},
		"names": func(ctx context.Context) error {
			return store.ContactNames(ctx, "", func(string, phone.ContactName) error { return nil })
		},
		"doubles": func(ctx context.Context) error {
			_, err := store.Doubles(ctx, []string{"1003"})
			return err
		},
		"entries": func(ctx context.Context) error {
			_, _, err := store.Entries(ctx, phone.EntryQuery{}, noon)
			return err
		},
		"search": func(ctx context.Context) error {
			_, _, err := store.Entries(ctx, phone.EntryQuery{Search: "zoe"}, noon)
			return err
		},
		"entry": func(ctx context.Context) error {
			_, _, err := store.Entry(ctx, 1, "")
			return err
		},
		"find": func(ctx context.Context) error {
			_, err := store.FindEntry(ctx, phone.Entry{Kind: phone.KindContact, Contact: "zoe"}, noon)
			return err
		},
		"rules": func(ctx context.Context) error {
			return store.Rules(ctx, noon, nil, func(phone.Rule) error { return nil })
		},
		"rules of a contact": func(ctx context.Context) error {
			return store.Rules(ctx, noon, []phone.ContactID{"zoe"}, func(phone.Rule) error { return nil })
		},
		"log": func(ctx context.Context) error {
			_, _, err := store.Screened(ctx, phone.ScreenedQuery{})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) { requireStorage(t, read(t.Context()), path, "damaged") })
	}
	require.NoError(t, os.WriteFile(path, intact, 0o600)) // for the end
}
