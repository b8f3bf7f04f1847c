package data_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/data"
	"github.com/callward/callward/phone"
)

// Each past schema has a dump in testdata of a folder that was in use at it:
// its tables and some rows, as sqlite3's .dump writes them. Callward opens every
// one of them and has its rows.
func TestEveryPastSchemaIsBroughtUpToDate(t *testing.T) {
	for _, version := range data.Versions(t) {
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			dir := t.TempDir()
			dump, err := os.ReadFile(filepath.Join("testdata", fmt.Sprintf("schema_%05d.sql", version)))
			require.NoError(t, err, "a new step needs the dump of a folder at it")
			_, err = raw(t, dir).Exec(string(dump))
			require.NoError(t, err)

			store := open(t, dir)
			found := accounts(t, store)
			require.Len(t, found, 1, "the deleted one stays deleted")
			require.Equal(t, "1001@pbx.example", found[0].Address)
			require.True(t, found[0].Default)
			require.Len(t, calls(t, store, 0), 3)
			require.Equal(t, phone.Missed, calls(t, store, 0)[0].Result, "it was alive")
			for _, search := range []string{"zoe", "020 7946 0018", "z"} {
				found := chosen(t.Context(), t, store, phone.CallQuery{Search: search})
				require.NotEmpty(t, found)
				require.Equal(t, "Zoë", found[0].Name)
			}
			require.Equal(t, 1, unseen(t, store), "the one that was alive")
			value, err := store.Setting(t.Context(), "practice")
			require.NoError(t, err)
			require.Equal(t, "on", value)
			requireInbox(t, store, version)
			requireTexts(t, store, version)
		})
	}
}

// requireInbox checks that a store which was brought up to date has an inbox that works, with
// what was in it, and that an account's messages are left to nobody.
func requireInbox(t *testing.T, store *data.Store, version int64) {
	t.Helper()
	require.Zero(t, accounts(t, store)[0].Voicemail)
	var want []phone.VoicemailID
	if version >= 5 {
		want = append(want, "01990000-0000-7000-8000-0000000000f1")
		v, err := store.Voicemail(t.Context(), want[0])
		require.NoError(t, err)
		require.Equal(t, phone.Voicemail{
			ID: want[0], Account: "1001@pbx.example", Number: "+442079460018", Name: "Zoë", Blocked: true,
			Received: time.UnixMilli(1764100000000).UTC(), Length: 12500 * time.Millisecond, Wave: []byte{0, 255},
		}, v)
	}
	found, _ := inbox(t, store, phone.VoicemailQuery{Search: "zoe"})
	require.Equal(t, want, found)
	last := calls(t, store, 1)[0]
	require.Empty(t, last.Voicemail)
	v := message("new", "Max", 0)
	v.Call = last.ID
	require.NoError(t, store.AddVoicemails(t.Context(), []phone.Voicemail{v}))
	require.Equal(t, v.ID, calls(t, store, 1)[0].Voicemail)
}

// requireTexts checks that a store which was brought up to date has texts that work, beside the calls that were there before.
func requireTexts(t *testing.T, store *data.Store, version int64) {
	t.Helper()
	var want []phone.TextID
	if version >= 6 {
		want = []phone.TextID{"01990000-0000-7000-8000-000000000101", "01990000-0000-7000-8000-000000000102"}
		for _, search := range []string{"GRUß", "東京", "京"} {
			require.Equal(t, want[:1], found(t, store, search))
		}
		th := threadOf(t, store, zoe)
		require.Equal(t, "Zoë", th.Name)
		require.Equal(t, "Dear", th.Draft)
		require.Equal(t, want[1], th.Last.ID)
		queued, err := store.QueuedText(t.Context(), want[1])
		require.NoError(t, err)
		require.Equal(t, uint32(3), queued.CSeq)
		row, err := store.TriggeredText(t.Context(), want[1])
		require.NoError(t, err)
		require.Equal(t, "Missed call at 10:42", row.Event)
	}
	require.Len(t, addTexts(t, store, received("new", zoe, "Hello", 1)), 1)
	require.Equal(t, append(want, "new"), said(t, store, zoe)[:len(want)+1])
	items, err := store.Timeline(t.Context(), phone.TimelineQuery{Number: zoe, Limit: 100})
	require.NoError(t, err)
	var kinds []phone.PlaceKind
	for _, item := range items {
		kinds = append(kinds, item.Kind)
	}
	require.Contains(t, kinds, phone.PlaceCall)
	require.Equal(t, []phone.TextID{"new"}, found(t, store, "hello"))
}

// A step that was released must not change: folders that have it would
// differ from new ones.
func TestReleasedStepsStayAsTheyWere(t *testing.T) {
	for _, version := range data.Versions(t) {
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			dump, err := os.ReadFile(filepath.Join("testdata", fmt.Sprintf("schema_%05d.sql", version)))
			require.NoError(t, err)
			past, now := t.TempDir(), t.TempDir()
			_, err = raw(t, past).Exec(string(dump))
			require.NoError(t, err)
			data.MigrateTo(t, now, version)
			require.Equal(t, schema(t, raw(t, past)), schema(t, raw(t, now)))
		})
	}
}

func schema(t *testing.T, db *sql.DB) (all []string) {
	found, err := db.Query(`SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name`)
	require.NoError(t, err)
	for found.Next() {
		var one string
		require.NoError(t, found.Scan(&one))
		all = append(all, one)
	}
	require.NoError(t, found.Err())
	require.NoError(t, found.Close())
	return all
}

// past makes a folder that was in use at a past schema, and returns what its database says.
func past(t *testing.T, version int64) (dir string, before []string) {
	t.Helper()
	dir = t.TempDir()
	dump, err := os.ReadFile(filepath.Join("testdata", fmt.Sprintf("schema_%05d.sql", version)))
	require.NoError(t, err)
	db := raw(t, dir)
	_, err = db.Exec(string(dump))
	require.NoError(t, err)
	return dir, content(t, db)
}

// content is the schema, the version and the calls of a database.
func content(t *testing.T, db *sql.DB) []string {
	t.Helper()
	all := schema(t, db)
	for _, query := range []string{`SELECT max(version_id) FROM goose_db_version`, `SELECT group_concat(id || result) FROM call`} {
		var one string
		require.NoError(t, db.QueryRow(query).Scan(&one))
		all = append(all, one)
	}
	return all
}

// copies returns the names of the copies in a folder that migrations left.
func copies(t *testing.T, dir string) (names []string) {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "*before*"))
	require.NoError(t, err)
	for _, one := range found {
		names = append(names, filepath.Base(one))
	}
	return names
}

func TestAMigrationLeavesACopyOfWhatWasThere(t *testing.T) {
	versions := data.Versions(t)
	latest := versions[len(versions)-1]
	name := fmt.Sprintf("callward-before-%d.db", latest)
	for _, version := range versions {
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			dir, before := past(t, version)
			require.NoError(t, os.WriteFile(filepath.Join(dir, name+".part"), []byte("left by a kill"), 0o600))
			require.NoError(t, open(t, dir).Close())
			if version == latest {
				require.Equal(t, []string{name + ".part"}, copies(t, dir), "nothing changes")
				return
			}
			require.Equal(t, []string{name}, copies(t, dir))
			info, err := os.Stat(filepath.Join(dir, name))
			require.NoError(t, err)
			if runtime.GOOS != "windows" {
				require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
			}
			// An older Callward could go on with it, and so can this one.
			back := t.TempDir()
			require.NoError(t, os.Rename(filepath.Join(dir, name), filepath.Join(back, "callward.db")))
			require.Equal(t, before, content(t, raw(t, back)))
			require.Len(t, calls(t, open(t, back), 0), 3)
		})
	}
}

func TestANewFolderNeedsNoCopy(t *testing.T) {
	dir := t.TempDir()
	open(t, dir)
	require.Empty(t, copies(t, dir))
}

func TestACopyThatIsThereStays(t *testing.T) {
	dir, _ := past(t, 1)
	file := filepath.Join(dir, fmt.Sprintf("callward-before-%d.db", len(data.Versions(t))))
	require.NoError(t, os.WriteFile(file, []byte("of the first attempt"), 0o600))
	require.Len(t, calls(t, open(t, dir), 0), 3)
	kept, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, "of the first attempt", string(kept))
}

func TestNothingIsMigratedWithoutACopy(t *testing.T) {
	for _, version := range data.Versions(t) {
		dir, before := past(t, version)
		inTheWay := filepath.Join(dir, fmt.Sprintf("callward-before-%d.db.part", len(data.Versions(t))), "x")
		require.NoError(t, os.MkdirAll(inTheWay, 0o700)) // as a full disk would be
		store, err := data.Open(t.Context(), dir)
		if version == int64(len(data.Versions(t))) {
			require.NoError(t, err, "no copy is needed")
			require.NoError(t, store.Close())
			continue
		}
		requireStorage(t, err, dir, "free some space", "nothing was changed")
		require.Equal(t, before, content(t, raw(t, dir)))
		require.NoError(t, os.RemoveAll(filepath.Dir(inTheWay)))
		require.Len(t, calls(t, open(t, dir), 0), 3)
	}
}
