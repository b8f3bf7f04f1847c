package device

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCards(t *testing.T) {
	dir := t.TempDir()
	for name, c := range map[string]struct {
		list string
		want bool
	}{
		"none": {"--- no soundcards ---\n", false},
		"one":  {" 0 [PCH            ]: HDA-Intel - HDA Intel PCH\n", true},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(dir, name)
			require.NoError(t, os.WriteFile(path, []byte(c.list), 0o600))
			require.Equal(t, c.want, cards(path))
		})
	}
	require.False(t, cards(filepath.Join(dir, "no such file")))
}

func TestFindTakesTheNameThenTheDefault(t *testing.T) {
	list := []Info{{ID: "1", Name: "Headset"}, {ID: "2", Name: "Speaker", Default: true}, {ID: "3", Name: "Speaker"}, {ID: "4", Name: "Headset"}}
	for name, want := range map[string]string{"": "2", "Headset": "1", "Speaker": "2", "Other": ""} {
		got, ok := find(list, name)
		require.Equal(t, want, got.ID, name)
		require.Equal(t, want != "", ok, name)
	}
}
