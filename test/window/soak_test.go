package window

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/measure"
	"github.com/callward/callward/test/proc"
	"github.com/callward/callward/test/registrar"
)

const (
	// pageChanges is how often a page is changed in a soak; otherwise it is a tenth of it.
	pageChanges = 10_000
	// callsInARow is how many calls there are in a soak; otherwise it is a tenth of it.
	callsInARow = 1000
	// round is how many changes come in a row before the window is looked at.
	round = 50
	// growth is what the memory may grow by in the second half of them: pages, glyphs and textures are kept once they
	// were shown, and Go's heap takes its time to find its size.
	growth = 12 << 20
	// readerFiles is what the store may open late: three more connections that read, each with two files, as soon as so
	// many read at once.
	readerFiles = 3 * 2
)

// TestSoakCalls rings, is answered and ends, again and again, with the window open: memory does not grow in the second half. In the
// first it does: some 20 calls a second leave as many behind at once as SIP has to remember for 32 s.
func TestSoakCalls(t *testing.T) {
	t.Parallel()
	n := callsInARow / 10
	if soak {
		n = callsInARow
	}
	d := newDesk(t, callward.Options{Binary: fast})
	server := registrar.New(t, registrar.Options{})
	d.AddAccount(t, "registered", "alice@127.0.0.1", "secret", "--server", server.Addr().String())
	contact, err := server.Contact(patience)
	require.NoError(t, err)
	probe, err := measure.NewProbe(contact)
	require.NoError(t, err)
	defer probe.Close()
	g, err := measure.Soak(probe, d.Pid(), n/2, n, d.AnswerNext)
	require.NoError(t, err)
	t.Log(g)
	require.Less(t, g.After.Resident, g.Before.Resident+growth)
	require.LessOrEqual(t, g.After.Sockets, g.Before.Sockets)
	require.LessOrEqual(t, g.After.Files, g.Before.Files+readerFiles)
	require.LessOrEqual(t, g.After.Threads, g.Before.Threads+3, "the runtime's own come and go")
}

// TestSoakPages changes pages by keyboard: memory does not grow.
func TestSoakPages(t *testing.T) {
	t.Parallel()
	changes := pageChanges / 10
	if soak {
		changes = pageChanges
	}
	d := newDesk(t, callward.Options{Binary: fast, Practice: true})
	var keys []string
	for i := range round - 1 {
		keys = append(keys, []string{"ctrl+2", "ctrl+comma", "ctrl+1"}[i%3])
	}
	keys = append(keys, calls.keys)

	var before, after proc.Usage
	for done := round; done <= changes; done += round {
		d.screen.Press(t, keys...)
		d.isOpen(t, rail, calls.name)
		d.screen.Press(t, home.keys)
		d.isOpen(t, rail, home.name)
		var err error
		after, err = proc.UsageOf(d.Pid())
		require.NoError(t, err)
		if done <= changes/2 {
			before = after
		}
	}
	t.Logf("%d page changes: memory %d to %d MB, threads %d to %d, files %d to %d", changes,
		before.Resident>>20, after.Resident>>20, before.Threads, after.Threads, before.Files, after.Files)
	require.Less(t, after.Resident, before.Resident+growth)
	require.LessOrEqual(t, after.Files, before.Files+readerFiles)
	require.LessOrEqual(t, after.Threads, before.Threads+3, "the runtime's own come and go")
}
