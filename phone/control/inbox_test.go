package control_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control/controltest"
)

// inboxPhone has a message of a blocked caller, another that is being left, and plays one.
func inboxPhone() *controltest.Phone {
	ana := phone.Voicemail{
		ID: "v1", Call: "c1", Account: "a@b", Number: "+442079460021", Name: "Ana <Cruz>", Received: started, Length: 34020 * time.Millisecond,
		Blocked: true, Heard: true, Done: true, Note: "Back on Monday", Wave: []byte{1},
	}
	return &controltest.Phone{
		Inbox:   []phone.Voicemail{ana, {ID: "v0", Received: started}},
		Machine: phone.MachineSettings{MaxLength: time.Minute, Away: true, Keep: 48 * time.Hour, Language: "de"},
		Now: phone.Snapshot{
			Presence: phone.Away, NoRoom: true,
			Player: phone.Player{Voicemail: "v1", Playing: true, Position: 1500 * time.Millisecond, Length: 34 * time.Second, Speed: 1.5, Role: phone.RingDevice},
			Messages: []phone.LiveMessage{{
				Call:  phone.Call{ID: "c2", Direction: phone.In, State: phone.Messaging, Number: "1001", Name: "Bo", Codec: "PCMU", Started: started},
				Phase: phone.MachineRecords, Length: 4250 * time.Millisecond, Level: -20,
			}},
		},
	}
}

const anaRow = `{"id":"v1","call":"c1","when":"2026-03-02T10:41:07.250Z","length_s":34.02,"number":"+442079460021","name":"Ana <Cruz>","account":"a@b",
	"blocked":true,"heard":true,"done":true,"note":"Back on Monday"}`

func TestEveryOpOfTheInbox(t *testing.T) {
	for _, tc := range []struct{ request, ok, asked string }{
		{
			`"status"`, `{"accounts":[],"calls":[],"practice":false,"presence":"away","messages":[{"id":"c2","direction":"in","state":"messaging",
				"number":"1001","name":"Bo","muted":false,"codec":"PCMU","started":"2026-03-02T10:41:07.250Z",
				"quality":{"loss":0,"jitter_ms":0,"round_trip_ms":0,"delay_ms":0},"phase":"recording","length_s":4.25}],
				"player":{"voicemail":"v1","greeting":"","playing":true,"position_s":1.5,"length_s":34,"speed":1.5,"role":"ring","fault":""},
				"composing":[],"gateways":[],"no_room":true,"sound":""}`, "",
		},
		{
			`"voicemail.list","args":{"filter":"unheard","limit":3}`,
			`[` + anaRow + `,{"id":"v0","call":"","when":"2026-03-02T10:41:07.250Z","length_s":0,"number":"","name":"","account":"",
				"blocked":false,"heard":false,"done":false,"note":""}]`, `voicemail list "unheard" 3`,
		},
		{`"voicemail.play","args":{"id":"v1"}`, `{}`, "voicemail play v1 from 0s"},
		{`"voicemail.mark","args":{"id":"v1","mark":"done"}`, `{}`, "voicemail done [v1]"},
		{`"voicemail.delete","args":{"id":"v1"}`, `{}`, "voicemail delete [v1]"},
		{`"voicemail.restore","args":{"id":"v1"}`, `{}`, "voicemail restore [v1]"},
		{`"voicemail.export","args":{"id":"v1","path":"/a.wav","force":true}`, `{}`, "voicemail export v1 /a.wav true"},
		{`"voicemail.take","args":{"id":"c2"}`, `{}`, `voicemail take "c2"`},
		{`"voicemail.pickup"`, `{}`, `voicemail pickup ""`},
		{
			`"voicemail.settings"`, `{"max_length_s":60,"talking":false,"away":true,"dnd":false,"keep_days":2,"keep_picked":false,"language":"de"}`,
			"voicemail settings",
		},
		{
			`"voicemail.set","args":{"max_length_s":90,"talking":true,"dnd":true,"keep_days":30,"keep_picked":true,"language":"en"}`, `{}`,
			"voicemail set {MaxLength:1m30s Talking:true Away:false DoNotDisturb:true Keep:720h0m0s KeepPicked:true Language:en}",
		},
		{`"greeting.set","args":{"for":"away","path":"/a.wav"}`, `{}`, "greeting set away /a.wav"},
		{`"greeting.reset","args":{"for":"blocked"}`, `{}`, "greeting reset blocked"},
		{`"presence.set","args":{"presence":"dnd"}`, `{}`, "presence dnd"},
	} {
		t.Run(tc.request, func(t *testing.T) {
			ph, profile := inboxPhone(), newProfile(t)
			serve(t, profile, ph)
			client := dialWire(t, profile)
			require.JSONEq(t, `{"version":1,"id":7,"ok":`+tc.ok+`}`, client.ask(`{"id":7,"op":`+tc.request+`}`))
			if tc.asked != "" {
				require.Equal(t, []string{tc.asked}, ph.Asked())
			}
		})
	}
}

func TestWhatTheInboxRefuses(t *testing.T) {
	for request, code := range map[string]phone.Code{
		`"voicemail.list","args":{"limit":-1}`:                          phone.CodeInvalid,
		`"voicemail.list","args":{"filter":"old"}`:                      phone.CodeInvalid,
		`"voicemail.mark","args":{"id":"v9","mark":"done"}`:             phone.CodeNotFound,
		`"voicemail.delete","args":{"id":"v9"}`:                         phone.CodeNotFound,
		`"voicemail.restore","args":{"id":""}`:                          phone.CodeNotFound,
		`"voicemail.set","args":{"max_length_s":9223372036854775807}`:   phone.CodeInvalid,
		`"voicemail.set","args":{"max_length_s":60,"keep_days":200000}`: phone.CodeInvalid,
	} {
		ph, profile := inboxPhone(), newProfile(t)
		serve(t, profile, ph)
		client := dialWire(t, profile)
		client.send(`{"id":1,"op":` + request + "}\n")
		answer := client.answer()
		require.NotNil(t, answer.Error, request)
		require.Equal(t, code, answer.Error.Code, request)
		require.Empty(t, ph.Asked(), request)
	}
}

func TestAnEventHasItsMessage(t *testing.T) {
	ph, profile := inboxPhone(), newProfile(t)
	serve(t, profile, ph)
	client := dialWire(t, profile)
	client.ask(`{"id":1,"op":"events"}`)
	ph.Publish(phone.Event{Time: started, Kind: phone.EventMessage, Voicemail: &ph.Inbox[0]})
	require.JSONEq(t, `{"version":1,"id":1,"event":{"id":1,"time":"2026-03-02T10:41:07.250Z","kind":"message","account":null,"call":null,
		"voicemail":`+anaRow+`,"message":null,"text":""}}`, client.line())
}
