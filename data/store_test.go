package data_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/callward/callward/data"
	"github.com/callward/callward/phone"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(writerDir); dir != "" {
		writeForEver(dir)
	}
	goleak.VerifyTestMain(m)
}

func open(t *testing.T, dir string) *data.Store {
	t.Helper()
	store, err := data.Open(t.Context(), dir)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, store.Close()) })
	return store
}

// raw opens the file beside the store, as another program would.
func raw(t *testing.T, dir string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, "callward.db"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, db.Close()) })
	return db
}

// requireStorage checks the class of err and that its sentence says what to do.
func requireStorage(t *testing.T, err error, says ...string) {
	t.Helper()
	require.Error(t, err)
	require.Equal(t, phone.CodeStorage, phone.CodeOf(err), err)
	for _, part := range says {
		require.ErrorContains(t, err, part)
	}
}

func TestOpenMakesTheFolderForItsOwnerAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("modes are Unix's")
	}
	dir := filepath.Join(t.TempDir(), "a b%20?c#", "profile")
	store := open(t, dir)
	require.NoError(t, store.SetSetting(t.Context(), "key", "value"))
	info, err := os.Stat(dir)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o700), info.Mode().Perm())
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, files, 3, "the database, its log and the log's index")
	for _, file := range files {
		info, err := file.Info()
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), info.Mode().Perm(), file.Name())
	}
}

func TestSettingsOutliveTheStore(t *testing.T) {
	dir := t.TempDir()
	store := open(t, dir)
	value, err := store.Setting(t.Context(), "speaker")
	require.NoError(t, err)
	require.Empty(t, value)
	require.NoError(t, store.SetSetting(t.Context(), "speaker", "Desk"))
	require.NoError(t, store.SetSetting(t.Context(), "speaker", "Headset"))
	require.NoError(t, store.Close())
	value, err = open(t, dir).Setting(t.Context(), "speaker")
	require.NoError(t, err)
	require.Equal(t, "Headset", value)
}

func TestEveryConnectionHasThePragmas(t *testing.T) {
	store := open(t, t.TempDir())
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "10000"} {
		for range 8 {
			for _, got := range data.Pragma(t, store, pragma) {
				require.Equal(t, want, got, pragma)
			}
		}
	}
}

func TestADamagedFileIsRefusedAndLeftAsItIs(t *testing.T) {
	good := t.TempDir()
	store := open(t, good)
	for range 200 {
		require.NoError(t, store.SaveCall(t.Context(), record(t)))
	}
	require.NoError(t, store.Close())
	intact, err := os.ReadFile(filepath.Join(good, "callward.db"))
	require.NoError(t, err)
	for name, damage := range map[string]func(file []byte) []byte{
		"not a database": func([]byte) []byte { return []byte(strings.Repeat("no database ", 100)) },
		"cut short":      func(file []byte) []byte { return file[:len(file)/2] },
		"overwritten inside": func(file []byte) []byte {
			copy(file[8*4096:], strings.Repeat("\xff", 3*4096))
			return file
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "callward.db")
			broken := damage([]byte(string(intact)))
			require.NoError(t, os.WriteFile(path, broken, 0o600))
			_, err := data.Open(t.Context(), dir)
			requireStorage(t, err, path, "damaged", "put a copy of it back")
			left, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Equal(t, broken, left)
		})
	}
}

func TestDamageIsFoundOnAnyPage(t *testing.T) {
	const pageSize = 4096
	good := t.TempDir()
	store := open(t, good)
	for range 200 {
		require.NoError(t, store.SaveCall(t.Context(), record(t)))
	}
	require.NoError(t, store.Close())
	_, err := raw(t, good).Exec(`VACUUM; PRAGMA wal_checkpoint(TRUNCATE)`) // a page that nothing uses cannot be damaged
	require.NoError(t, err)
	intact, err := os.ReadFile(filepath.Join(good, "callward.db"))
	require.NoError(t, err)
	for at := 0; at < len(intact); at += pageSize {
		dir := t.TempDir()
		broken := slices.Clone(intact)
		copy(broken[at:], strings.Repeat("\xff", pageSize))
		require.NoError(t, os.WriteFile(filepath.Join(dir, "callward.db"), broken, 0o600))
		_, err := data.Open(t.Context(), dir)
		requireStorage(t, err, "damaged")
	}
}

func TestANewerSchemaIsRefused(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, open(t, dir).Close())
	_, err := raw(t, dir).Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)`)
	require.NoError(t, err)
	_, err = data.Open(t.Context(), dir)
	requireStorage(t, err, "newer Callward", "nothing was changed")
}

func TestAFullDiskIsToldAndWhatWasSavedStays(t *testing.T) {
	dir := t.TempDir()
	store := open(t, dir)
	require.NoError(t, store.SetSetting(t.Context(), "before", "saved"))
	data.LimitPages(t, store)
	err := store.SetSetting(t.Context(), "big", strings.Repeat("x", 1<<20))
	requireStorage(t, err, "the disk is full", dir)
	value, err := store.Setting(t.Context(), "before")
	require.NoError(t, err)
	require.Equal(t, "saved", value)
	require.NoError(t, store.SetSetting(t.Context(), "before", "small"), "the connection is of use again")
}

func TestAFileThatCannotBeWrittenIsTold(t *testing.T) {
	store := open(t, t.TempDir())
	data.RefuseWrites(t, store)
	requireStorage(t, store.SetSetting(t.Context(), "key", "value"), "cannot be written")
}

func TestAFolderThatCannotBeMadeIsTold(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	_, err := data.Open(t.Context(), filepath.Join(file, "profile"))
	requireStorage(t, err, file)
}

func TestALockedFileIsTold(t *testing.T) {
	dir := t.TempDir()
	store := open(t, dir)
	other, err := raw(t, dir).Conn(t.Context())
	require.NoError(t, err)
	defer func() { require.NoError(t, other.Close()) }()
	_, err = other.ExecContext(t.Context(), "BEGIN IMMEDIATE")
	require.NoError(t, err)
	data.Impatient(t, store)
	requireStorage(t, store.SetSetting(t.Context(), "key", "value"), "another program holds")
	_, err = other.ExecContext(t.Context(), "ROLLBACK")
	require.NoError(t, err)
	require.NoError(t, store.SetSetting(t.Context(), "key", "value"))
}

func TestACancelledContextEndsAWrite(t *testing.T) {
	store := open(t, t.TempDir())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, store.SetSetting(ctx, "key", "value"), context.Canceled)
}

func TestIDsSortByWhenTheyWereMade(t *testing.T) {
	var last string
	for range 1000 {
		id, err := data.NewID()
		require.NoError(t, err)
		require.Greater(t, id, last)
		require.Equal(t, byte('7'), id[14])
		last = id
	}
}
