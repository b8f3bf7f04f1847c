package control_test

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control/controltest"
)

var (
	started  = time.Date(2026, 3, 2, 11, 41, 7, 250_499_000, time.FixedZone("CET", 3600))
	answered = started.Add(5 * time.Second)
)

// busyPhone has one of everything.
func busyPhone() *controltest.Phone {
	return &controltest.Phone{
		CallID: "c2",
		Trace:  "/tmp/trace.log",
		Now: phone.Snapshot{
			Accounts: []phone.AccountStatus{
				{Account: phone.Account{ID: phone.PracticeAccount, Address: "agent@127.0.0.1"}, State: phone.Registered},
				{
					Account: phone.Account{
						ID: "a1", Address: "alice@example.org", Server: "2001:db8::1", Port: 5070, Transport: phone.TLS,
						Interval: 90 * time.Second, Country: "GB", CAFile: "/ca.pem", Default: true,
						Voicemail: phone.AccountVoicemail{After: 25 * time.Second, Provider: true, Status: 480, Number: "*97"},
					},
					Waiting: phone.MessagesWaiting{Waiting: true, New: 2, Old: 8},
					State:   phone.Failed, Reason: "Wrong <password> & co.",
				},
			},
			Calls: []phone.Call{{
				ID: "c1", Direction: phone.In, State: phone.Held, Number: "+442079460018", Name: `A "B"`, Muted: true, Codec: "PCMA",
				Started: started, Answered: answered,
				Quality: phone.Quality{Loss: 0.25, Jitter: 1500 * time.Microsecond, RoundTrip: 20 * time.Millisecond, Delay: 40 * time.Millisecond},
			}},
			Practice: true, Sound: "No sound.",
		},
		Sound: []phone.Device{{ID: "d1", Name: "Headset", Role: phone.Speaker, Default: true}},
		Calls: []phone.CallRecord{
			{ID: "c1", Direction: phone.In, Number: "1001", Account: "alice@example.org", Started: started, Answered: answered, Voicemail: "v1"},
			{ID: "c0", Direction: phone.Out, Name: "Bob", Started: started, Ended: answered, Result: phone.Faulty, Anyway: true},
		},
	}
}

const (
	aliceRow = `{"id":"a1","address":"alice@example.org","server":"2001:db8::1","port":5070,"proxy":"","auth_user":"","display_name":"","transport":"tls",
		"interval_s":90,"country":"GB","dial_prefix":"","strip_prefix":"","ca":"/ca.pem","default":true,"state":"failed","reason":"Wrong <password> & co.",` + aliceVoicemail + `}`
	noVoicemail    = `"voicemail":{"after_s":0,"provider":false,"status":0,"number":""},"waiting":{"waiting":false,"new":0,"old":0}`
	aliceVoicemail = `"voicemail":{"after_s":25,"provider":true,"status":480,"number":"*97"},"waiting":{"waiting":true,"new":2,"old":8}`
	heldCall       = `{"id":"c1","direction":"in","state":"held","number":"+442079460018","name":"A \"B\"","muted":true,"codec":"PCMA",
		"started":"2026-03-02T10:41:07.250Z","quality":{"loss":0.25,"jitter_ms":1.5,"round_trip_ms":20,"delay_ms":40}}`
)

func TestEveryOp(t *testing.T) {
	for _, tc := range []struct{ request, ok, asked string }{
		{`"status"`, `{"accounts":[{"address":"agent@127.0.0.1","state":"registered","reason":"",` + noVoicemail + `},
			{"address":"alice@example.org","state":"failed","reason":"Wrong <password> & co.",` + aliceVoicemail + `}],
			"calls":[` + heldCall + `],"practice":true,"presence":"","messages":[],"player":null,"composing":[],"gateways":[],"no_room":false,"sound":"No sound."}`, ""},
		{
			`"account.add","args":{"account":{"address":"bob@example.org","transport":"tcp","interval_s":60},"password":"s3cret"}`, `{}`,
			`account add {ID: Address:bob@example.org Server: Port:0 Proxy: AuthUser: DisplayName: Transport:tcp Interval:1m0s Country: DialPrefix: StripPrefix: CAFile: Default:false Voicemail:{After:0s Provider:false Status:0 Number:}}, password "s3cret" true`,
		},
		{
			`"account.add","args":{"account":{"server":"h","port":1,"proxy":"p","auth_user":"u","display_name":"n","country":"DE","dial_prefix":"0","strip_prefix":"9","ca":"/c","default":true,"voicemail":{"after_s":30,"provider":true,"status":480,"number":"*97"}}}`, `{}`,
			`account add {ID: Address: Server:h Port:1 Proxy:p AuthUser:u DisplayName:n Transport: Interval:0s Country:DE DialPrefix:0 StripPrefix:9 CAFile:/c Default:true Voicemail:{After:30s Provider:true Status:480 Number:*97}}, password "" false`,
		},
		{`"account.list"`, `[` + aliceRow + `]`, ""},
		{`"account.remove","args":{"address":"alice@example.org"}`, `{}`, "account remove alice@example.org"},
		{`"call","args":{"number":"020 7946 0018","account":"alice@example.org"}`, `{"id":"c2"}`, `call "020 7946 0018" by "alice@example.org"`},
		{`"call","args":{"number":"600","anyway":true}`, `{"id":"c2"}`, `call "600" by "" anyway`},
		{`"answer"`, `{}`, `answer ""`},
		{`"decline","args":{}`, `{}`, `decline ""`},
		{`"hangup","args":{"id":"c1"}`, `{}`, `hangup "c1"`},
		{`"mute","args":{"id":"c1","on":true}`, `{}`, `mute "c1" true`},
		{`"dtmf","args":{"id":"c1","digits":"1*#"}`, `{}`, `dtmf "c1" 1*#`},
		{`"devices"`, `[{"id":"d1","name":"Headset","role":"speaker","default":true,"chosen":false}]`, "devices"},
		{`"device.set","args":{"role":"ring","name":"Bell"}`, `{}`, `device set ring "Bell"`},
		{`"history","args":{"limit":2}`, `[{"id":"c1","direction":"in","number":"1001","name":"","account":"alice@example.org",
			"started":"2026-03-02T10:41:07.250Z","answered":"2026-03-02T10:41:12.250Z","ended":null,"result":null,"anyway":false,"voicemail":"v1"},
			{"id":"c0","direction":"out","number":"","name":"Bob","account":"","started":"2026-03-02T10:41:07.250Z","answered":null,
			"ended":"2026-03-02T10:41:12.250Z","result":"failed","anyway":true,"voicemail":""}]`, "history 2"},
		{`"practice","args":{"on":true}`, `{}`, "practice true"},
		{`"practice.ring","args":{"who":"Ada"}`, `{}`, `practice ring "Ada"`},
		{`"trace","args":{"on":false}`, `{}`, "trace false"},
		{`"show","args":{"number":"tel:+442079460018","call":true}`, `{}`, "show tel:+442079460018 true"},
		{`"trace.path"`, `{"path":"/tmp/trace.log"}`, ""},
		{`"quit"`, `{}`, ""}, // asked once the answer is written: see TestQuit
	} {
		t.Run(tc.request, func(t *testing.T) {
			ph, profile := busyPhone(), newProfile(t)
			serve(t, profile, ph)
			client := dialWire(t, profile)
			require.JSONEq(t, `{"version":1,"id":7,"ok":`+tc.ok+`}`, client.ask(`{"id":7,"op":`+tc.request+`}`))
			if tc.asked != "" {
				require.Equal(t, []string{tc.asked}, ph.Asked())
			}
		})
	}
}

// TestNothing: lists are [] and never null.
func TestNothing(t *testing.T) {
	profile := newProfile(t)
	serve(t, profile, &controltest.Phone{})
	client := dialWire(t, profile)
	for _, op := range []string{"account.list", "devices", "history", "blacklist.list", "contact.list", "screening"} {
		require.JSONEq(t, `{"version":1,"id":1,"ok":[]}`, client.ask(`{"id":1,"op":"`+op+`"}`), op)
	}
	require.JSONEq(t, `{"version":1,"id":1,"ok":{"accounts":[],"calls":[],"practice":false,"presence":"","messages":[],"player":null,"composing":[],"gateways":[],"no_room":false,"sound":""}}`, client.ask(`{"id":1,"op":"status"}`))
}

func TestQualityIsAlwaysANumber(t *testing.T) {
	profile := newProfile(t)
	serve(t, profile, &controltest.Phone{Now: phone.Snapshot{Calls: []phone.Call{{Quality: phone.Quality{Loss: math.NaN()}}}}})
	require.Contains(t, dialWire(t, profile).ask(`{"op":"status"}`), `"loss":0,`)
}

func TestRefusals(t *testing.T) {
	failed := fmt.Errorf("dial: %w", &phone.Error{
		Code: phone.CodeRefused, Op: "call", Field: "number", SIPStatus: 484, Err: errors.New("too short"),
	})
	for _, fail := range []error{failed, errors.New("plain")} {
		profile := newProfile(t)
		serve(t, profile, &controltest.Phone{Fail: fail})
		client := dialWire(t, profile)
		client.send(`{"id":5,"op":"call"}` + "\n")
		got := client.answer()
		require.EqualValues(t, 5, got.ID)
		require.Nil(t, got.OK)
		require.Equal(t, phone.CodeOf(fail), got.Error.Code)
		require.Equal(t, phone.Sentence(fail), got.Error.Message)
		if fail == failed {
			require.Equal(t, "number", got.Error.Field)
			require.Equal(t, 484, got.Error.SIPStatus)
		}
	}
}

// TestGarbage: each line gets an error, and the connection goes on.
func TestGarbage(t *testing.T) {
	profile := newProfile(t)
	ph := busyPhone()
	serve(t, profile, ph)
	client := dialWire(t, profile)
	for _, tc := range []struct {
		name, line string
		id         uint64
		code       phone.Code
		field      string
	}{
		{"nothing", "", 0, phone.CodeMalformed, ""},
		{"no JSON", "hello", 0, phone.CodeMalformed, ""},
		{"zeros", "\x00\x00\xff", 0, phone.CodeMalformed, ""},
		{"half", `{"id":4,"op":`, 0, phone.CodeMalformed, ""},
		{"array", `[1]`, 0, phone.CodeMalformed, ""},
		{"null", `null`, 0, phone.CodeInvalid, "op"},
		{"deep", strings.Repeat("[", 100_000), 0, phone.CodeMalformed, ""},
		{"text for an id", `{"id":"4","op":"status"}`, 0, phone.CodeMalformed, ""},
		{"a negative id", `{"id":-4,"op":"status"}`, 0, phone.CodeMalformed, ""},
		{"unknown field", `{"arg":{},"id":4,"op":"status"}`, 4, phone.CodeMalformed, ""},
		{"two values", `{"id":4,"op":"status"} 5`, 4, phone.CodeMalformed, ""},
		{"unknown op", `{"id":4,"op":"reboot"}`, 4, phone.CodeInvalid, "op"},
		{"no op", `{"id":4}`, 4, phone.CodeInvalid, "op"},
		{"another version", `{"id":4,"op":"status","version":2}`, 4, phone.CodeInvalid, "version"},
		{"unknown argument", `{"id":4,"op":"call","args":{"numbr":"600"}}`, 4, phone.CodeMalformed, ""},
		{"argument where none is", `{"id":4,"op":"status","args":{"x":1}}`, 4, phone.CodeMalformed, ""},
		{"wrong argument", `{"id":4,"op":"call","args":{"number":600}}`, 4, phone.CodeMalformed, ""},
		{"arguments as a list", `{"id":4,"op":"call","args":["600"]}`, 4, phone.CodeMalformed, ""},
		{"negative limit", `{"id":4,"op":"history","args":{"limit":-1}}`, 4, phone.CodeInvalid, "limit"},
		{"negative limit of entries", `{"id":4,"op":"blacklist.list","args":{"limit":-1}}`, 4, phone.CodeInvalid, "limit"},
		{"negative offset of entries", `{"id":4,"op":"blacklist.list","args":{"offset":-1}}`, 4, phone.CodeInvalid, "limit"},
		{"negative limit of contacts", `{"id":4,"op":"contact.list","args":{"limit":-1}}`, 4, phone.CodeInvalid, "limit"},
		{"negative limit of the log", `{"id":4,"op":"screening","args":{"limit":-1}}`, 4, phone.CodeInvalid, "limit"},
		{"over before it begins", `{"id":4,"op":"blacklist.add","args":{"number":"1","expires_s":-1}}`, 4, phone.CodeInvalid, "expires_s"},
		{"endless expiry", `{"id":4,"op":"blacklist.add","args":{"number":"1","expires_s":9999999999999}}`, 4, phone.CodeInvalid, "expires_s"},
		{"endless ringing", `{"id":4,"op":"account.add","args":{"account":{"voicemail":{"after_s":-9999999999999}}}}`, 4, phone.CodeInvalid, "voicemail-after"},
		{"endless interval", `{"id":4,"op":"account.add","args":{"account":{"interval_s":9999999999999}}}`, 4, phone.CodeInvalid, "interval"},
		{"too long", `{"id":4,"op":"` + strings.Repeat("x", 1<<20) + `"}`, 0, phone.CodeMalformed, ""},
		{"much too long", strings.Repeat("x", 10<<20), 0, phone.CodeMalformed, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			client.send(tc.line + "\n")
			got := client.answer()
			require.NotNil(t, got.Error)
			require.Equal(t, tc.id, got.ID)
			require.Equal(t, tc.code, got.Error.Code, got.Error.Message)
			require.Equal(t, tc.field, got.Error.Field)
			require.NotEmpty(t, got.Error.Message)
			require.Contains(t, client.ask(`{"id":9,"op":"trace.path"}`), `"ok"`)
		})
	}
	require.Empty(t, ph.Asked())
}

// TestLongestLine is carried out.
func TestLongestLine(t *testing.T) {
	profile := newProfile(t)
	ph := &controltest.Phone{}
	serve(t, profile, ph)
	const start, end = `{"op":"dtmf","args":{"digits":"`, `"}}`
	client := dialWire(t, profile)
	client.send(start + strings.Repeat("1", 1<<20-len(start)-len(end)) + end + "\n")
	require.Nil(t, client.answer().Error)
	require.Len(t, ph.Asked(), 1)
}

// TestLastLineWithoutEnd is carried out: "printf ... | socat".
func TestLastLineWithoutEnd(t *testing.T) {
	profile := newProfile(t)
	serve(t, profile, busyPhone())
	client := dialWire(t, profile)
	client.send(`{"id":1,"op":"trace.path"}`)
	require.NoError(t, client.conn.(interface{ CloseWrite() error }).CloseWrite())
	require.Contains(t, client.line(), "/tmp/trace.log")
	_, err := client.in.ReadByte()
	require.ErrorIs(t, err, io.EOF)
}
