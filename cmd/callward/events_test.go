package main

import (
	"bufio"
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control/controltest"
)

func TestEventsForAPerson(t *testing.T) {
	ph := busyPhone()
	profile, _ := serve(t, ph)
	out, done := begin(t, profile, "events")
	lines := bufio.NewReader(out)
	require.Eventually(t, func() bool { return ph.Subscribers() == 1 }, patience, time.Millisecond)
	ended := phone.Call{ID: "c1", Direction: phone.Out, Number: "602", Name: "\x1b[2J", State: phone.Ended, Result: phone.Busy, Reason: "The other side is busy."}
	message := phone.Voicemail{ID: "v1", Name: "Ana\x1b[2J", Received: started, Length: 65 * time.Second}
	for _, tc := range []struct {
		event phone.Event
		want  string
	}{
		{phone.Event{Kind: phone.EventAccount, Account: &ph.Now.Accounts[0]}, "  account        alice@example.org failed Wrong password. 2 new messages at the provider\n"},
		{phone.Event{Kind: phone.EventCallEnded, Call: &ended}, "  call.ended     c1 out 602 �[2J ended busy The other side is busy.\n"},
		{phone.Event{Kind: phone.EventMessage, Voicemail: &message}, "  message        v1 hidden Ana�[2J 1:05\n"},
		{phone.Event{Kind: phone.EventPresence, Text: "away"}, "  presence       away\n"},
		{phone.Event{Kind: phone.EventNotice, Text: "Two\nlines."}, "  notice         Two lines.\n"},
	} {
		ph.Publish(tc.event)
		line, err := lines.ReadString('\n')
		require.NoError(t, err)
		require.Equal(t, tc.want, line[len(time.TimeOnly):])
	}
	require.NoError(t, out.Close()) // as "| head" does
	ph.Publish(phone.Event{Kind: phone.EventNotice})
	require.Equal(t, outcome{}, end(t, done))
}

func TestEventsWhenTheProgramEnds(t *testing.T) {
	ph := &controltest.Phone{}
	profile, stop := serve(t, ph)
	out, done := begin(t, profile, "events")
	require.Eventually(t, func() bool { return ph.Subscribers() == 1 }, patience, time.Millisecond)
	stop()
	_, err := io.ReadAll(out)
	require.NoError(t, err)
	require.Equal(t, outcome{exitFailed, "", "callward: Callward has ended.\n"}, end(t, done))
}

// TestQuit returns once the program has ended.
func TestQuit(t *testing.T) {
	ph := &controltest.Phone{Ended: make(chan struct{})}
	profile, stop := serve(t, ph)
	_, done := begin(t, profile, "quit")
	<-ph.Ended
	stop()
	require.Equal(t, outcome{}, end(t, done))
	require.Equal(t, exitNotRunning, callward(profile, "", "quit").code)
}
