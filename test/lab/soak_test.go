package lab

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/measure"
	"github.com/callward/callward/test/registrar"
)

// TestSoakCalls makes 1,000 calls in a row to a phone with sound: nothing may grow.
func TestSoakCalls(t *testing.T) {
	binary, err := callward.Build(t.TempDir(), false) // the race detector's memory is not the program's
	require.NoError(t, err)
	var few, many soaked
	t.Run("phones", func(t *testing.T) { // each rests for two minutes: both at once
		t.Run("few", func(t *testing.T) {
			t.Parallel()
			few = soakCalls(t, binary, 20)
		})
		t.Run("many", func(t *testing.T) {
			t.Parallel()
			many = soakCalls(t, binary, tenth(1000))
		})
	})
	t.Log(many.growth)
	t.Logf("goroutines after %d calls: %d, after %d: %d", few.growth.Calls, few.goroutines, many.growth.Calls, many.goroutines)

	g := many.growth
	require.LessOrEqual(t, g.After.Sockets, g.Before.Sockets)
	require.LessOrEqual(t, g.After.Files, g.Before.Files)
	require.LessOrEqual(t, g.After.Threads, g.Before.Threads+3, "the runtime's own come and go")
	require.Less(t, g.After.Resident, g.Before.Resident+8<<20)
	require.Less(t, g.RingLast, 2*g.RingFirst+time.Millisecond)
	require.LessOrEqual(t, many.goroutines, few.goroutines+2)
}

type soaked struct {
	growth     measure.Growth
	goroutines int
}

// soakCalls makes n calls to a new phone, and ends it to count its goroutines.
func soakCalls(t *testing.T, binary string, n int) soaked {
	t.Helper()
	p := newPhoneOf(t, binary)
	server := registrar.New(t, registrar.Options{})
	p.AddAccount(t, "registered", address("alice"), "secret", "--server", server.Addr().String())
	contact, err := server.Contact(patience)
	require.NoError(t, err)
	probe, err := measure.NewProbe(contact)
	require.NoError(t, err)
	defer probe.Close()
	growth, err := measure.Soak(probe, p.Pid(), n/10, n, p.AnswerNext)
	require.NoError(t, err)
	require.Len(t, p.Calls(t), n)
	goroutines, err := p.Goroutines()
	require.NoError(t, err)
	return soaked{growth, goroutines}
}
