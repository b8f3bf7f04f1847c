package lab

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/sipp"
)

// TestStatusOfSound has status tell whether there is sound.
func TestStatusOfSound(t *testing.T) {
	silent := silentPhone(t)
	require.Contains(t, silent.State(t).Sound, "There is no")
	require.Contains(t, silent.Must(t, "status"), silent.State(t).Sound)
	require.Empty(t, newPhone(t).State(t).Sound)
}

// TestMediaStalls has a peer that answers and then says nothing: the agent is told, and the call ends, after as long as
// the command line says.
func TestMediaStalls(t *testing.T) {
	const warn, end = 2 * time.Second, 4 * time.Second
	player := sipp.New(t, sipp.Options{Scenario: "answer"})
	p, _, _ := registeredOf(t, player.Addr(), callward.Options{Flags: []string{"--media-warn=" + warn.String(), "--media-end=" + end.String()}})
	mark := p.Mark()
	id := p.Must(t, "call", "bob@127.0.0.1", "--wait")
	up := time.Now()

	stalled, err := p.Await(mark, "media.stalled", patience, func(e callward.Event) bool { return e.Kind == "media.stalled" })
	require.NoError(t, err)
	require.InDelta(t, warn.Seconds(), time.Since(up).Seconds(), 1)
	require.Equal(t, id, stalled.Call.ID)
	require.Equal(t, "active", stalled.Call.State)
	require.Contains(t, stalled.Text, "2 seconds")

	ended := p.UntilCall(t, mark, patience, "ended")
	require.InDelta(t, end.Seconds(), time.Since(up).Seconds(), 1)
	require.Equal(t, id, ended.ID)
	require.Equal(t, "answered", ended.Result)
	require.Contains(t, ended.Reason, "4 seconds")
	player.Played(t, patience) // it was told, by a BYE
}
