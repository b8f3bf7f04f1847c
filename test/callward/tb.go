package callward

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/proc"
)

// New starts the program for t and stops it when t ends. It fails t where the program does not end well, or where it
// raced or panicked; what it said is printed where t failed.
func New(t testing.TB, o Options) *Program {
	t.Helper()
	if o.Binary == "" {
		o.Binary = Binary
	}
	p, err := Start(t.TempDir(), o)
	require.NoError(t, err)
	t.Cleanup(func() {
		select {
		case <-p.Done(): // as the test wanted
			p.events.Kill()
		default:
			if err := p.Stop(); err != nil {
				t.Error(err)
			}
		}
		for _, trouble := range []string{"DATA RACE", "panic:", "fatal error:"} {
			if strings.Contains(p.Log(), trouble) {
				t.Errorf("callward: %s", trouble)
			}
		}
		if t.Failed() {
			t.Logf("callward said:\n%s", p.Log())
			t.Logf("callward told:\n%s", p.events.Log())
		}
	})
	return p
}

// Must runs a command of the program and returns what it printed, without the last newline. It fails t where the command does.
func (p *Program) Must(t testing.TB, args ...string) string {
	t.Helper()
	out, err := p.Do("", args...)
	require.NoError(t, err)
	return strings.TrimSuffix(out, "\n")
}

// Warned runs a command of the program that succeeds, and returns what it said on stderr.
func (p *Program) Warned(t testing.TB, args ...string) string {
	t.Helper()
	_, stderr, err := p.do("", args...)
	require.NoError(t, err)
	return stderr
}

// AddAccount adds an account and waits until it is in a state. flags are those of account add.
func (p *Program) AddAccount(t testing.TB, state, address, password string, flags ...string) Account {
	t.Helper()
	mark := p.Mark()
	args := append([]string{"account", "add", address, "--password-stdin"}, flags...)
	_, err := p.Do(password+"\n", args...)
	require.NoError(t, err)
	return p.UntilAccount(t, mark, address, state, patience)
}

// UntilAccount waits for an event after mark by which an account is in a state.
func (p *Program) UntilAccount(t testing.TB, mark int, address, state string, patience time.Duration) Account {
	t.Helper()
	e, err := p.Await(mark, address+" "+state, patience, func(e Event) bool {
		return e.Account != nil && e.Account.Address == address && e.Account.State == state
	})
	require.NoError(t, err)
	return *e.Account
}

// UntilCall waits for an event after mark by which a call is in one of some states, "ended" among them.
func (p *Program) UntilCall(t testing.TB, mark int, patience time.Duration, states ...string) Call {
	t.Helper()
	e, err := p.Await(mark, "call "+strings.Join(states, " or "), patience, func(e Event) bool {
		if e.Call == nil {
			return false
		}
		for _, state := range states {
			if e.Call.State == state {
				return true
			}
		}
		return false
	})
	require.NoError(t, err)
	return *e.Call
}

// State returns what is alive now.
func (p *Program) State(t testing.TB) Status {
	t.Helper()
	s, err := p.Status()
	require.NoError(t, err)
	return s
}

// Calls returns the history, newest first.
func (p *Program) Calls(t testing.TB) []Record {
	t.Helper()
	rows, err := p.History()
	require.NoError(t, err)
	return rows
}

// Begin starts a command of the program that takes long, and ends it when t does.
func (p *Program) Begin(t testing.TB, args ...string) *proc.Process {
	t.Helper()
	c, err := proc.Start("callward "+args[0], p.command(context.Background(), args...))
	require.NoError(t, err)
	t.Cleanup(c.Kill)
	return c
}

// Follow starts another events --json, which ends when t does.
func (p *Program) Follow(t testing.TB) *proc.Process {
	t.Helper()
	f, err := proc.Start("callward events", p.command(context.Background(), "events", "--json"))
	require.NoError(t, err)
	t.Cleanup(f.Kill)
	return f
}
