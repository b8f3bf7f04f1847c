package control_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control"
	"github.com/callward/callward/phone/control/controltest"
)

func connect(t *testing.T, profile string) *control.Client {
	t.Helper()
	client, err := control.Connect(t.Context(), profile)
	require.NoError(t, err)
	t.Cleanup(func() { client.Close() })
	return client
}

// TestEventsBeforeTheAnswer are kept: what a call does may overtake the answer to the request for it.
func TestEventsBeforeTheAnswer(t *testing.T) {
	profile := newProfile(t)
	ph := &controltest.Phone{CallID: "c2"}
	ph.Placed = func() {
		ph.Publish(phone.Event{Kind: phone.EventCallStarted, Call: &phone.Call{ID: "c2"}})
		ph.Publish(phone.Event{Kind: phone.EventCallEnded, Call: &phone.Call{ID: "c2"}})
	}
	serve(t, profile, ph)
	client := connect(t, profile)
	require.NoError(t, client.Subscribe(t.Context()))
	var placed control.CallPlaced
	require.NoError(t, client.Do(t.Context(), "call", control.Dial{Number: "600"}, &placed))
	require.EqualValues(t, "c2", placed.ID)
	for _, kind := range []phone.EventKind{phone.EventCallStarted, phone.EventCallEnded} {
		event, err := client.NextEvent(t.Context())
		require.NoError(t, err)
		require.Equal(t, kind, event.Kind)
	}
}

// TestQuit returns once the program is gone.
func TestQuit(t *testing.T) {
	profile := newProfile(t)
	ph := &controltest.Phone{Ended: make(chan struct{})}
	stop := serve(t, profile, ph)
	client := connect(t, profile)
	quit := make(chan error, 1)
	go func() { quit <- client.Quit(context.Background()) }()
	<-ph.Ended
	select {
	case err := <-quit:
		t.Fatal("returned while the program ran:", err)
	case <-time.After(100 * time.Millisecond):
	}
	stop()
	require.NoError(t, <-quit)
}

func TestProgramEnds(t *testing.T) {
	profile := newProfile(t)
	stop := serve(t, profile, &controltest.Phone{})
	client := connect(t, profile)
	require.NoError(t, client.Subscribe(t.Context()))
	stop()
	_, err := client.NextEvent(t.Context())
	require.ErrorIs(t, err, io.EOF)
}

func TestInterrupted(t *testing.T) {
	profile := newProfile(t)
	serve(t, profile, &controltest.Phone{Hold: make(chan struct{})})
	client := connect(t, profile)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	require.ErrorIs(t, client.Do(ctx, "devices", nil, nil), context.DeadlineExceeded)
}

func TestNobodyRuns(t *testing.T) {
	profile := filepath.Join(newProfile(t), "never made")
	_, err := control.Connect(t.Context(), profile)
	require.Equal(t, phone.CodeNotRunning, phone.CodeOf(err))
	require.NoDirExists(t, profile)
}

// TestStrangeServer: answers that are none are errors.
func TestStrangeServer(t *testing.T) {
	for _, tc := range []struct {
		line string
		code phone.Code
	}{
		{"hello\n", phone.CodeMalformed},
		{`{"version":2,"id":1,"ok":{}}` + "\n", phone.CodeState},
		{`{"version":1,"id":2,"ok":{}}` + "\n", phone.CodeMalformed},
		{`{"version":1,"id":1,"ok":[]}` + "\n", phone.CodeMalformed},
	} {
		profile := newProfile(t)
		require.NoError(t, os.Mkdir(filepath.Join(profile, "run"), 0o700))
		listener, err := net.Listen("unix", filepath.Join(profile, "run", "control.sock"))
		require.NoError(t, err)
		defer listener.Close()
		client := connect(t, profile)
		conn, err := listener.Accept()
		require.NoError(t, err)
		defer conn.Close()
		_, err = fmt.Fprint(conn, tc.line)
		require.NoError(t, err)
		err = client.Do(t.Context(), "status", nil, &control.Status{})
		require.Equal(t, tc.code, phone.CodeOf(err), tc.line)
	}
}
