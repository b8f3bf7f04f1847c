package data_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/data"
	"github.com/callward/callward/phone"
)

func TestABackupIsAWholeDatabase(t *testing.T) {
	dir, other := t.TempDir(), t.TempDir()
	s, err := data.Open(t.Context(), dir)
	require.NoError(t, err)
	defer s.Close()
	require.NoError(t, s.SetSetting(t.Context(), "key", "value"))
	file := filepath.Join(other, "callward.db")
	require.NoError(t, s.Backup(t.Context(), file))
	info, err := os.Stat(file)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	require.NoError(t, s.SetSetting(t.Context(), "key", "later"))

	back, err := data.Open(t.Context(), other)
	require.NoError(t, err)
	defer back.Close()
	value, err := back.Setting(t.Context(), "key")
	require.NoError(t, err)
	require.Equal(t, "value", value)

	err = s.Backup(t.Context(), file)
	require.Equal(t, phone.CodeExists, phone.CodeOf(err))
	err = s.Backup(t.Context(), filepath.Join(other, "none", "x"))
	require.Equal(t, phone.CodeStorage, phone.CodeOf(err))
	require.Contains(t, phone.Sentence(err), "look whether its folder is there")
}
