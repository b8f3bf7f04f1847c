package data_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"

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
		})
	}
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
