package lab

import (
	"database/sql"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite" // looks into the database from outside

	"github.com/callward/callward/test/callward"
)

// TestKill ends the program with no chance to clean up, again and again, with a call in progress: what was is still in
// the history, and the program starts again.
func TestKill(t *testing.T) {
	var (
		profile string
		known   = map[string]callward.Record{}
	)
	for range tenth(20) {
		p := callward.New(t, callward.Options{Practice: true, Profile: profile})
		profile = p.Profile
		rows := p.Calls(t)
		require.Len(t, rows, len(known))
		for _, row := range rows {
			before, ok := known[row.ID]
			require.True(t, ok)
			require.Equal(t, before.Number, row.Number)
			require.Equal(t, before.Started, row.Started)
			require.NotEmpty(t, row.Result, "a call that no longer is alive has a result")
		}

		mark := p.Mark()
		p.Must(t, "call", "602")
		p.UntilCall(t, mark, patience, "ended")
		p.Must(t, "call", "600", "--wait")
		alive := p.State(t).Calls
		require.Len(t, alive, 1)
		for _, row := range p.Calls(t) {
			known[row.ID] = row
		}
		p.KillHard()
	}
	p := callward.New(t, callward.Options{Practice: true, Profile: profile})
	require.Len(t, p.Calls(t), len(known))
	require.Empty(t, p.State(t).Calls)
	require.Equal(t, "ok", integrity(t, profile))
}

// TestOneProgramPerProfile refuses a second program, and lets one start after a kill.
func TestOneProgramPerProfile(t *testing.T) {
	p := silentPhone(t)
	_, err := p.Do("", "--headless")
	var failed *callward.Failed
	require.ErrorAs(t, err, &failed)
	require.Equal(t, 1, failed.Code)
	require.NotEmpty(t, failed.Stderr)
	p.State(t) // the first goes on

	p.KillHard()
	callward.New(t, callward.Options{Profile: p.Profile})
}

// TestNoProgram has commands say by their exit code that there is nothing to work.
func TestNoProgram(t *testing.T) {
	for code, args := range map[int][]string{4: {"status"}, 2: {"fly"}} {
		cmd := exec.Command(callward.Binary, append([]string{"--profile", t.TempDir()}, args...)...)
		out, err := cmd.Output()
		var exit *exec.ExitError
		require.ErrorAs(t, err, &exit)
		require.Equal(t, code, exit.ExitCode())
		require.Empty(t, out)
		require.NotEmpty(t, exit.Stderr)
	}
}

// TestQuit ends the program in the middle of a call.
func TestQuit(t *testing.T) {
	p := callward.New(t, callward.Options{Practice: true})
	p.Must(t, "call", "600", "--wait")
	p.Must(t, "quit")
	code, err := p.Wait(5 * time.Second)
	require.NoError(t, err)
	require.Zero(t, code)
}

// integrity is what SQLite finds when it checks the database of a profile.
func integrity(t *testing.T, profile string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(profile, "*.db"))
	require.NoError(t, err)
	require.Len(t, files, 1)
	db, err := sql.Open("sqlite", "file:"+files[0]+"?mode=ro")
	require.NoError(t, err)
	defer db.Close()
	var found string
	require.NoError(t, db.QueryRow("PRAGMA integrity_check").Scan(&found))
	return found
}
