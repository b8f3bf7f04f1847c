package control_test

import (
	"io"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control"
	"github.com/callward/callward/phone/control/controltest"
)

// TestTwoClients: one that waits for the phone holds up no other.
func TestTwoClients(t *testing.T) {
	profile := newProfile(t)
	ph := busyPhone()
	ph.Hold = make(chan struct{})
	serve(t, profile, ph)
	waiting, other := dialWire(t, profile), dialWire(t, profile)
	waiting.send(`{"id":1,"op":"devices"}` + "\n")
	require.Eventually(t, func() bool { return len(ph.Asked()) == 1 }, patience, time.Millisecond)
	require.Contains(t, other.ask(`{"id":2,"op":"trace.path"}`), `"ok"`)
	close(ph.Hold)
	require.EqualValues(t, 1, waiting.answer().ID)
}

// TestEvents: all of them, in order, to each client, between the answers to other requests.
func TestEvents(t *testing.T) {
	profile := newProfile(t)
	ph := busyPhone()
	serve(t, profile, ph)
	one, two := dialWire(t, profile), dialWire(t, profile)
	require.JSONEq(t, `{"version":1,"id":3,"ok":{}}`, one.ask(`{"id":3,"op":"events"}`))
	require.JSONEq(t, `{"version":1,"id":4,"ok":{}}`, two.ask(`{"id":4,"op":"events"}`))

	call := ph.Now.Calls[0]
	call.State, call.Ended, call.Result = phone.Ended, answered, phone.Answered
	call.Reason, call.SIPStatus, call.SIPText, call.Account = "Over.", 200, "OK", "alice@example.org"
	ph.Publish(phone.Event{Time: started, Kind: phone.EventAccount, Account: &ph.Now.Accounts[1]})
	ph.Publish(phone.Event{Time: started, Kind: phone.EventCallEnded, Call: &call})
	ph.Publish(phone.Event{Time: started, Kind: phone.EventDTMF, Call: &phone.Call{}, Text: "5"})
	for client, id := range map[*wire]string{one: "3", two: "4"} {
		require.JSONEq(t, `{"version":1,"id":`+id+`,"event":{"id":1,"time":"2026-03-02T10:41:07.250Z","kind":"account",
			"account":{"address":"alice@example.org","state":"failed","reason":"Wrong <password> & co.",`+aliceVoicemail+`},"call":null,"voicemail":null,"message":null,"text":""}}`, client.line())
		require.JSONEq(t, `{"version":1,"id":`+id+`,"event":{"id":2,"time":"2026-03-02T10:41:07.250Z","kind":"call.ended","account":null,
			"call":{"id":"c1","direction":"in","state":"ended","number":"+442079460018","name":"A \"B\"","muted":true,"codec":"PCMA",
			"started":"2026-03-02T10:41:07.250Z","quality":{"loss":0.25,"jitter_ms":1.5,"round_trip_ms":20,"delay_ms":40},
			"account":"alice@example.org","answered":"2026-03-02T10:41:12.250Z","ended":"2026-03-02T10:41:12.250Z",
			"result":"answered","reason":"Over.","sip_status":200,"sip_text":"OK"},"voicemail":null,"message":null,"text":""}}`, client.line())
		require.Equal(t, "5", client.answer().Event.Text)
		require.Contains(t, client.ask(`{"id":9,"op":"trace.path"}`), `"id":9,"ok"`)
		client.send(`{"id":10,"op":"events"}` + "\n")
		require.Equal(t, phone.CodeExists, client.answer().Error.Code)
	}
}

// TestDeadClient: the phone is rid of one that has left, and serves the others.
func TestDeadClient(t *testing.T) {
	profile := newProfile(t)
	ph := &controltest.Phone{}
	serve(t, profile, ph)
	dead, alive := dialWire(t, profile), dialWire(t, profile)
	dead.ask(`{"op":"events"}`)
	alive.ask(`{"op":"events"}`)
	require.Equal(t, 2, ph.Subscribers())
	require.NoError(t, dead.conn.Close())
	require.Eventually(t, func() bool { return ph.Subscribers() == 1 }, patience, time.Millisecond)
	ph.Publish(phone.Event{Kind: phone.EventNotice, Text: "still here"})
	require.Equal(t, "still here", alive.answer().Event.Text)
}

// TestUnreadClient: events pile up at a client that does not read, while
// publishing them takes no time and another client gets all.
func TestUnreadClient(t *testing.T) {
	profile := newProfile(t)
	ph := &controltest.Phone{}
	serve(t, profile, ph)
	unread, reader := dialWire(t, profile), dialWire(t, profile)
	unread.ask(`{"op":"events"}`)
	reader.ask(`{"op":"events"}`)
	const n = 3 * controltest.Limit
	slowest := time.Duration(0)
	for i := range n {
		start := time.Now()
		ph.Publish(phone.Event{Kind: phone.EventCallChanged, Call: &phone.Call{ID: "c1"}})
		slowest = max(slowest, time.Since(start))
		require.EqualValues(t, i+1, reader.answer().Event.ID)
	}
	require.Less(t, slowest, time.Second)
	require.Equal(t, 1, ph.Subscribers(), "the one that does not read is given up")
	for next := uint64(1); ; next++ {
		a := unread.answer()
		if a.Error != nil {
			require.Equal(t, phone.CodeState, a.Error.Code)
			break
		}
		require.Equal(t, next, a.Event.ID)
	}
}

// TestClientGone: what was asked is done, though nobody waits for the answer.
func TestClientGone(t *testing.T) {
	profile := newProfile(t)
	ph := &controltest.Phone{}
	serve(t, profile, ph)
	client := dialWire(t, profile)
	client.send(`{"op":"call","args":{"number":"1"}}` + "\n" + `{"op":"call","args":{"number":"2"}}` + "\n")
	require.NoError(t, client.conn.Close())
	require.Eventually(t, func() bool { return len(ph.Asked()) == 2 }, patience, time.Millisecond)
}

func TestTooManyClients(t *testing.T) {
	profile := newProfile(t)
	serve(t, profile, &controltest.Phone{})
	clients := make([]*wire, 64)
	for i := range clients {
		clients[i] = dialWire(t, profile)
		clients[i].ask(`{"op":"trace.path"}`)
	}
	one := connect(t, profile)
	require.ErrorContains(t, one.Do(t.Context(), "status", nil, nil), "Too many")
	last := dialWire(t, profile)
	require.Equal(t, phone.CodeState, last.answer().Error.Code)
	_, err := last.in.ReadByte()
	require.ErrorIs(t, err, io.EOF)

	require.NoError(t, clients[0].conn.Close())
	require.Eventually(t, func() bool {
		client, err := control.Connect(t.Context(), profile)
		require.NoError(t, err)
		defer client.Close()
		return client.Do(t.Context(), "status", nil, nil) == nil
	}, patience, time.Millisecond)
}

// TestClose ends what is under way: a request, a stream of events, an idle connection.
func TestClose(t *testing.T) {
	profile := newProfile(t)
	ph := &controltest.Phone{Hold: make(chan struct{})}
	stop := serve(t, profile, ph)
	busy, watching, idle := dialWire(t, profile), dialWire(t, profile), dialWire(t, profile)
	watching.ask(`{"op":"events"}`)
	busy.send(`{"op":"devices"}` + "\n")
	require.Eventually(t, func() bool { return len(ph.Asked()) == 1 }, patience, time.Millisecond)
	start := time.Now()
	stop()
	require.Less(t, time.Since(start), 2*time.Second)
	for _, client := range []*wire{busy, watching, idle} {
		_, err := io.ReadAll(client.in)
		require.NoError(t, err)
	}
	require.Zero(t, ph.Subscribers())
	_, err := control.Connect(t.Context(), profile)
	require.Equal(t, phone.CodeNotRunning, phone.CodeOf(err))
}
