package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control/controltest"
)

// TestFiles: the program is given the whole path, since it runs elsewhere.
func TestFiles(t *testing.T) {
	here, err := os.Getwd()
	require.NoError(t, err)
	ph := &controltest.Phone{}
	profile, _ := serve(t, ph)
	for _, list := range []string{"blacklist", "contact"} {
		require.Equal(t, outcome{stdout: "0 added, 0 merged, 0 unchanged, 0 skipped\n"}, callward(profile, "", list, "import", "main.go"))
		require.Equal(t, outcome{}, callward(profile, "", list, "export", "x.csv"))
		require.Equal(t, outcome{}, callward(profile, "", list, "export", filepath.Join(profile, "x.vcf"), "--force"))
	}
	var want []string
	for _, list := range []string{"blacklist", "contact"} {
		want = append(want, list+" import "+filepath.Join(here, "main.go"), list+" export "+filepath.Join(here, "x.csv")+" false",
			list+" export "+filepath.Join(profile, "x.vcf")+" true")
	}
	require.Equal(t, want, ph.Asked())
}

func TestImportReports(t *testing.T) {
	report := phone.ImportReport{Added: 1, Merged: 2, Unchanged: 3}
	report.Skip(phone.Skipped{Line: 4, What: "Eve\x1b", Why: "It has no number."})
	report.Skip(phone.Skipped{Line: 9, What: "112", Why: "It is an emergency number."})
	profile, _ := serve(t, &controltest.Phone{Report: report})
	require.Equal(t, outcome{
		stdout: "1 added, 2 merged, 3 unchanged, 2 skipped\n",
		stderr: "line 4: Eve�: It has no number.\nline 9: 112: It is an emergency number.\n",
	}, callward(profile, "", "contact", "import", "main.go"))
	got := callward(profile, "", "blacklist", "import", "main.go", "--json")
	require.Equal(t, exitDone, got.code)
	require.Empty(t, got.stderr)
	require.JSONEq(t, `{"added":1,"merged":2,"unchanged":3,"skipped":2,"skips":[{"line":4,"what":"Eve\u001b","why":"It has no number."},
		{"line":9,"what":"112","why":"It is an emergency number."}]}`, got.stdout)
}

func TestImportOfNoFile(t *testing.T) {
	ph := &controltest.Phone{}
	profile, _ := serve(t, ph)
	for _, path := range []string{filepath.Join(profile, "none.csv"), profile} {
		for _, list := range []string{"blacklist", "contact"} {
			require.Equal(t, outcome{exitFailed, "", "callward: There is no file " + path + " that can be read.\n"}, callward(profile, "", list, "import", path))
		}
	}
	require.Empty(t, ph.Asked())
}
