package imports

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSizes(t *testing.T) {
	seen := 0
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" {
			return err
		}
		seen++
		long, err := CheckSize(path, nil)
		for _, sentence := range long {
			t.Error(sentence)
		}
		return err
	})
	require.NoError(t, err)
	require.Greater(t, seen, 1, "no Go files found")
}

func TestCheckSize(t *testing.T) {
	body := func(lines int) string {
		return "package x\nfunc f() {\n" + strings.Repeat("_ = 1\n", lines-2) + "}\n"
	}
	for _, tc := range []struct {
		name, src string
		want      int
	}{
		{"a function at the bound", body(maxFuncLines), 0},
		{"a function over it", body(maxFuncLines + 1), 1},
		{"a file at the bound", "package x\n" + strings.Repeat("var _ = 1\n", maxFileLines-2), 0},
		{"a file over it", "package x\n" + strings.Repeat("var _ = 1\n", maxFileLines), 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			long, err := CheckSize("x.go", tc.src)
			require.NoError(t, err)
			require.Len(t, long, tc.want)
		})
	}
}
