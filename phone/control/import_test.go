package control_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone/control/controltest"
)

// TestImportEndsWithItsClient: whoever hangs up wants no more of it.
func TestImportEndsWithItsClient(t *testing.T) {
	profile := newProfile(t)
	ph := &controltest.Phone{Hold: make(chan struct{})}
	serve(t, profile, ph)
	client := dialWire(t, profile)
	client.send(`{"op":"blacklist.import","args":{"path":"/a.csv"}}` + "\n")
	require.Eventually(t, func() bool { return len(ph.Asked()) == 1 }, patience, time.Millisecond)
	require.NoError(t, client.conn.Close())
	require.Eventually(t, func() bool { return len(ph.Asked()) == 2 }, patience, time.Millisecond)
	require.Equal(t, []string{"blacklist import /a.csv", "cancelled"}, ph.Asked())
}

// TestRequestsBehindAnImport wait for it, whenever they come, and hold nothing up.
func TestRequestsBehindAnImport(t *testing.T) {
	profile := newProfile(t)
	ph := &controltest.Phone{Hold: make(chan struct{})}
	serve(t, profile, ph)
	client := dialWire(t, profile)
	const imports = `{"id":1,"op":"blacklist.import","args":{"path":"/a.csv"}}` + "\n"
	client.send(imports + `{"id":2,"op":"practice","args":{"on":true}}` + "\n")
	require.Eventually(t, func() bool { return len(ph.Asked()) == 1 }, patience, time.Millisecond)
	client.send(`{"id":3,"op":"trace","args":{"on":true}}` + "\n" + `{"id":4,"op":"tra`)
	ph.Hold <- struct{}{}
	for id := range uint64(3) {
		a := client.answer()
		require.Equal(t, id+1, a.ID)
		require.Nil(t, a.Error)
	}
	require.Equal(t, []string{"blacklist import /a.csv", "practice true", "trace true"}, ph.Asked())
	client.send(`ce.path"}` + "\n" + imports)
	require.EqualValues(t, 4, client.answer().ID)
	ph.Hold <- struct{}{}
	require.EqualValues(t, 1, client.answer().ID)
	require.Contains(t, client.ask(`{"id":5,"op":"trace.path"}`), `"ok"`, "what woke the wait is over")
}
