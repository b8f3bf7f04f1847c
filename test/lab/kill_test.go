package lab

import (
	"database/sql"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite" // looks into the database from outside

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/registrar"
	"github.com/callward/callward/test/wire"
)

// TestKill ends the program with no chance to clean up, again and again, with a call in progress: what was is still in
// the history, and the program starts again.
func TestKill(t *testing.T) {
	t.Parallel()
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

// TestEndInACall ends the program in the middle of a call, and of one that still rings: how they went is in the history.
func TestEndInACall(t *testing.T) {
	t.Parallel()
	ends := map[string]func(t *testing.T, p *callward.Program){
		"quit":    func(t *testing.T, p *callward.Program) { p.Must(t, "quit") },
		"SIGTERM": func(t *testing.T, p *callward.Program) { require.NoError(t, p.Signal(syscall.SIGTERM)) },
	}
	for _, call := range []struct{ robot, state, result string }{{"600", "active", "answered"}, {"604", "ringing", "cancelled"}} {
		for name, end := range ends {
			t.Run(call.state+" "+name, func(t *testing.T) {
				p := callward.New(t, callward.Options{Practice: true})
				mark := p.Mark()
				p.Must(t, "call", call.robot)
				p.UntilCall(t, mark, patience, call.state)
				end(t, p)
				code, err := p.Wait(5 * time.Second)
				require.NoError(t, err)
				require.Zero(t, code)
				require.NotContains(t, p.Log(), "level=ERROR")

				row := callward.New(t, callward.Options{Profile: p.Profile}).Calls(t)[0]
				require.Equal(t, call.result, row.Result)
				require.NotNil(t, row.Ended)
			})
		}
	}
}

// TestEndWithCallsThatNobodyAnswers ends the program with one call each way under way, and a server that has gone.
func TestEndWithCallsThatNobodyAnswers(t *testing.T) {
	silent, err := wire.Listen("127.0.0.1:0")
	require.NoError(t, err)
	defer silent.Close()
	server := registrar.New(t, registrar.Options{Policy: registrar.In(registrar.Accept, registrar.Silent), Behind: silent.Addr()})
	p := silentPhone(t)
	p.AddAccount(t, "registered", address("alice"), "secret", "--server", server.Addr().String())
	contact, err := server.Contact(patience)
	require.NoError(t, err)

	mark := p.Mark()
	p.Must(t, "call", "bob")
	p.UntilCall(t, mark, patience, "calling")
	peer, call, at := caller(t, "127.0.0.1", contact)
	require.NoError(t, peer.Send(at, call.Request("INVITE", offer())))
	p.UntilCall(t, mark, patience, "ringing")

	require.NoError(t, p.Stop())
	require.NotContains(t, p.Log(), "level=ERROR")
	rows := callward.New(t, callward.Options{Profile: p.Profile}).Calls(t)
	require.Len(t, rows, 2)
	for _, row := range rows {
		require.NotEmpty(t, row.Result, row.Direction)
		require.NotNil(t, row.Ended, row.Direction)
	}
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
