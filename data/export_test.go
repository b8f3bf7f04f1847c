package data

import (
	"context"
	"database/sql"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

// Pragma returns what a pragma is set to on a connection of each pool.
func Pragma(t *testing.T, s *Store, name string) []string {
	values := make([]string, 2)
	for i, db := range []*sql.DB{s.read, s.write} {
		require.NoError(t, db.QueryRowContext(t.Context(), "PRAGMA "+name).Scan(&values[i]))
	}
	return values
}

func pragma(t *testing.T, s *Store, setting string) {
	_, err := s.write.ExecContext(t.Context(), "PRAGMA "+setting)
	require.NoError(t, err)
}

// LimitPages lets the file grow by nothing worth mention, as a full disk does.
func LimitPages(t *testing.T, s *Store) {
	var pages string
	require.NoError(t, s.write.QueryRowContext(t.Context(), "PRAGMA page_count").Scan(&pages))
	pragma(t, s, "max_page_count = "+pages)
}

// RefuseWrites makes the writing connection read-only.
func RefuseWrites(t *testing.T, s *Store) { pragma(t, s, "query_only = 1") }

// Impatient waits for no lock.
func Impatient(t *testing.T, s *Store) { pragma(t, s, "busy_timeout = 0") }

// MigrateTo brings an empty database to an older version of the schema.
func MigrateTo(t *testing.T, dir string, version int64) {
	s := &Store{path: dir + "/" + fileName}
	var err error
	s.write, err = connect(s.path, 1)
	require.NoError(t, err)
	steps, err := s.steps()
	require.NoError(t, err)
	_, err = steps.UpTo(t.Context(), version)
	require.NoError(t, err)
	require.NoError(t, s.Close())
}

// Versions returns the versions of the schema, oldest first.
func Versions(t *testing.T) []int64 {
	s := &Store{path: t.TempDir() + "/" + fileName}
	var err error
	s.write, err = connect(s.path, 1)
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	steps, err := s.steps()
	require.NoError(t, err)
	var versions []int64
	for _, step := range steps.ListSources() {
		versions = append(versions, step.Version)
	}
	return versions
}

// SaveAtOnce saves records in one transaction.
func SaveAtOnce(ctx context.Context, s *Store, records []phone.CallRecord) error {
	return s.change(ctx, "fill", func(tx *sql.Tx) error {
		for _, rec := range records {
			if err := saveCall(ctx, tx, rec); err != nil {
				return err
			}
		}
		return nil
	})
}

// EmptyThreads returns the threads that nothing is in.
func EmptyThreads(t *testing.T, s *Store) []string {
	numbers, err := rows(t.Context(), s, "read threads", scanText, `SELECT number FROM thread WHERE place = 0`)
	require.NoError(t, err)
	return numbers
}

// IndexedTexts counts the texts whose words are in the index.
func IndexedTexts(ctx context.Context, t require.TestingT, s *Store) (count int) {
	require.NoError(t, s.read.QueryRowContext(ctx, `SELECT count(*) FROM text_word`).Scan(&count))
	return count
}

// Forget has a store read all that it keeps in memory again.
func Forget(s *Store) {
	s.people.forget()
	s.texts.forget()
}
