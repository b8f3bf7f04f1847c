package proc

import (
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestProcess(t *testing.T) {
	p := New(t, "echo", exec.Command("sh", "-c", "echo ready; read line; echo got $line >&2; exit 3"))
	p.Until(t, 0, "^ready$", 5*time.Second)
	mark := p.Mark()
	require.NoError(t, p.Type("it\n"))
	require.Equal(t, "got it", p.Until(t, mark, "^got", 5*time.Second))
	code, err := p.Wait(5 * time.Second)
	require.NoError(t, err)
	require.Equal(t, 3, code)
	require.Equal(t, 1, p.Count("ready"))

	_, err = p.WaitFor(0, "never", time.Minute)
	require.ErrorContains(t, err, "ended without saying")
}

func TestStopOfOneThatRefuses(t *testing.T) {
	p := New(t, "stubborn", exec.Command("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.1; done"))
	p.Until(t, 0, "ready", 5*time.Second)
	_, err := p.WaitFor(0, "never", 10*time.Millisecond)
	require.ErrorContains(t, err, "did not say")
	require.ErrorContains(t, p.Stop(200*time.Millisecond), "was killed")
}

func TestUsage(t *testing.T) {
	before, err := UsageOf(os.Getpid())
	require.NoError(t, err)
	require.Positive(t, before.Resident)
	require.Positive(t, before.Threads)
	for end := time.Now().Add(100 * time.Millisecond); time.Now().Before(end); {
		// Burn what is to be counted.
	}
	after, err := UsageOf(os.Getpid())
	require.NoError(t, err)
	require.InDelta(t, 0.1, (after.CPU - before.CPU).Seconds(), 0.1)
	require.Greater(t, after.CPU, before.CPU)
}

func TestKillReachesChildren(t *testing.T) {
	p := New(t, "parent", exec.Command("sh", "-c", "sleep 600 & echo $!; wait"))
	pid, err := strconv.Atoi(p.Until(t, 0, `^\d+$`, 5*time.Second))
	require.NoError(t, err)
	p.Kill()
	require.Eventually(t, func() bool { return syscall.Kill(pid, 0) != nil }, 5*time.Second, 10*time.Millisecond)
}
