package proc

import (
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// patience is how long a program of a lab may take to end when asked, before it is killed.
const patience = 3 * time.Second

// New starts cmd for t, stops it when t ends, and prints what it said when t failed.
func New(t testing.TB, name string, cmd *exec.Cmd) *Process {
	t.Helper()
	p, err := Start(name, cmd)
	require.NoError(t, err)
	p.Bind(t)
	return p
}

// Bind stops p when t ends, and prints what it said when t failed. Whether it ends by itself is no matter: it is a peer.
func (p *Process) Bind(t testing.TB) {
	t.Cleanup(func() {
		_ = p.Stop(patience)
		p.Kill() // children that it left
		if t.Failed() {
			t.Logf("%s said:\n%s", p.name, p.Log())
		}
	})
}

// Until waits for a line from number mark on that matches expr, and fails t when there is none.
func (p *Process) Until(t testing.TB, mark int, expr string, patience time.Duration) string {
	t.Helper()
	line, err := p.WaitFor(mark, expr, patience)
	require.NoError(t, err)
	return line
}
