package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control/controltest"
)

var started = time.Date(2026, 3, 2, 10, 41, 7, 250_000_000, time.UTC)

// busyPhone has one of everything, and a caller who tries to work the terminal.
func busyPhone() *controltest.Phone {
	return &controltest.Phone{
		CallID: "c2",
		Now: phone.Snapshot{
			Accounts: []phone.AccountStatus{{
				Account: phone.Account{ID: "a1", Address: "alice@example.org", Transport: phone.UDP, Default: true},
				State:   phone.Failed, Reason: "Wrong password.",
				Waiting: phone.MessagesWaiting{Waiting: true, New: 2, Old: 8},
			}},
			Calls: []phone.Call{{
				ID: "c1", Direction: phone.In, State: phone.Active, Name: "Eve\x1b[2J\u009b1m\tB", Muted: true, Started: started,
			}},
			Practice: true, Sound: "There is no sound.",
		},
		Sound: []phone.Device{
			{ID: "d1", Name: "Headset", Role: phone.Speaker, Default: true, Chosen: true},
			{ID: "d2", Name: "Bell", Role: phone.RingDevice},
		},
		Calls: []phone.CallRecord{
			{ID: "c3", Direction: phone.Out, Number: "+442079460018", Account: "alice@example.org", Started: started, Anyway: true},
			{
				ID: "c0", Direction: phone.In, Number: "1001", Name: "Bob", Account: "alice@example.org", Started: started,
				Answered: started.Add(time.Second), Ended: started.Add(75 * time.Second), Result: phone.Answered,
			},
			{
				ID: "c4", Direction: phone.In, Number: "1002", Account: "alice@example.org", Started: started, Ended: started.Add(75 * time.Second),
				Result: phone.Missed, Voicemail: "v1",
			},
		},
	}
}

func TestJSON(t *testing.T) {
	profile, _ := serve(t, busyPhone())
	for _, tc := range []struct{ line, want string }{
		{"status", `{"accounts":[{"address":"alice@example.org","state":"failed","reason":"Wrong password.",
			"voicemail":{"after_s":0,"provider":false,"status":0,"number":""},"waiting":{"waiting":true,"new":2,"old":8}}],
			"calls":[{"id":"c1","direction":"in","state":"active","number":"","name":"Eve\u001b[2J\u009b1m\tB","muted":true,"codec":"",
			"started":"2026-03-02T10:41:07.250Z","quality":{"loss":0,"jitter_ms":0,"round_trip_ms":0,"delay_ms":0}}],
			"practice":true,"presence":"","messages":[],"player":null,"composing":[],"gateways":[],"no_room":false,"sound":"There is no sound."}`},
		{"account list", `[{"id":"a1","address":"alice@example.org","server":"","port":0,"proxy":"","auth_user":"","display_name":"",
			"transport":"udp","interval_s":0,"country":"","dial_prefix":"","strip_prefix":"","ca":"","default":true,"state":"failed",
			"reason":"Wrong password.","voicemail":{"after_s":0,"provider":false,"status":0,"number":""},"waiting":{"waiting":true,"new":2,"old":8}}]`},
		{"devices", `[{"id":"d1","name":"Headset","role":"speaker","default":true,"chosen":true},
			{"id":"d2","name":"Bell","role":"ring","default":false,"chosen":false}]`},
		{"history", `[{"id":"c3","direction":"out","number":"+442079460018","name":"","account":"alice@example.org",
			"started":"2026-03-02T10:41:07.250Z","answered":null,"ended":null,"result":null,"anyway":true,"voicemail":""},
			{"id":"c0","direction":"in","number":"1001","name":"Bob","account":"alice@example.org","started":"2026-03-02T10:41:07.250Z",
			"answered":"2026-03-02T10:41:08.250Z","ended":"2026-03-02T10:42:22.250Z","result":"answered","anyway":false,"voicemail":""},
			{"id":"c4","direction":"in","number":"1002","name":"","account":"alice@example.org","started":"2026-03-02T10:41:07.250Z",
			"answered":null,"ended":"2026-03-02T10:42:22.250Z","result":"missed","anyway":false,"voicemail":"v1"}]`},
	} {
		got := callward(profile, "", append(strings.Fields(tc.line), "--json")...)
		require.Equal(t, exitDone, got.code, tc.line)
		require.Empty(t, got.stderr, tc.line)
		require.JSONEq(t, tc.want, got.stdout, tc.line)
	}
}

func TestNothingAsJSON(t *testing.T) {
	profile, _ := serve(t, &controltest.Phone{})
	for _, line := range []string{"account list", "devices", "history", "blacklist list", "contact list", "screening", "voicemail list"} {
		require.Equal(t, outcome{stdout: "[]\n"}, callward(profile, "", append(strings.Fields(line), "--json")...), line)
	}
}

// TestTables: for a person, with nothing in them that works the terminal.
func TestTables(t *testing.T) {
	profile, _ := serve(t, busyPhone())
	for _, tc := range []struct {
		line string
		want []string
	}{
		{"status", []string{"alice@example.org  failed  Wrong password.", "alice@example.org: 2 new messages at the provider.\n", "c1", "hidden", "Eve�[2J�1m�B", "muted", "practice exchange is on", "There is no sound."}},
		{"account list", []string{"alice@example.org  udp", "default"}},
		{"devices", []string{"speaker  Headset  in use, the system's default", "ring     Bell"}},
		{"history", []string{"+442079460018", "in progress", "answered         1:14", "missed, message"}},
	} {
		got := callward(profile, "", strings.Fields(tc.line)...)
		require.Equal(t, exitDone, got.code, tc.line)
		require.Empty(t, got.stderr, tc.line)
		for _, want := range tc.want {
			require.Contains(t, got.stdout, want, tc.line)
		}
		require.NotContains(t, got.stdout, "\x1b", tc.line)
	}
}

func TestTraceShow(t *testing.T) {
	ph := &controltest.Phone{Trace: filepath.Join(t.TempDir(), "trace.log")}
	profile, _ := serve(t, ph)
	got := callward(profile, "", "trace", "show")
	require.Equal(t, exitFailed, got.code)
	require.Contains(t, got.stderr, "trace on")

	require.NoError(t, os.WriteFile(ph.Trace, []byte("OPTIONS sip:a@b SIP/2.0\r\nSubject: \x1b[2J\r\n\r\nend"), 0o600))
	require.Equal(t, outcome{stdout: "OPTIONS sip:a@b SIP/2.0\nSubject: �[2J\n\nend\n"}, callward(profile, "", "trace", "show"))

	// What was full has a time in its name.
	full := func(day string) string { return strings.TrimSuffix(ph.Trace, ".log") + "-" + day + ".log" }
	require.NoError(t, os.WriteFile(full("2026-11-24T03-00-00.000"), []byte("second\n"), 0o600))
	require.NoError(t, os.WriteFile(full("2026-11-23T03-00-00.000"), []byte("first\n"), 0o600))
	require.Equal(t, outcome{stdout: "first\nsecond\nOPTIONS sip:a@b SIP/2.0\nSubject: �[2J\n\nend\n"},
		callward(profile, "", "trace", "show"))
}

func TestStatusSaysWhatToDoNext(t *testing.T) {
	profile, _ := serve(t, &controltest.Phone{})
	for _, line := range []string{"status", "account list"} {
		require.Equal(t, outcome{stdout: "There is no account yet: callward account add adds one.\n"}, callward(profile, "", strings.Fields(line)...))
	}
	practice := phone.AccountStatus{Account: phone.Account{ID: phone.PracticeAccount, Address: "1001@practice.invalid"}, State: phone.Registered}
	own := phone.AccountStatus{Account: phone.Account{ID: "a1", Address: "alice@example.org", Server: "pbx.example.org", Port: 5070}, State: phone.Registered}
	profile, _ = serve(t, &controltest.Phone{Now: phone.Snapshot{Practice: true, Accounts: []phone.AccountStatus{practice}}})
	require.Contains(t, callward(profile, "", "status").stdout, "callward call 600 is its echo.")
	profile, _ = serve(t, &controltest.Phone{Now: phone.Snapshot{Practice: true, Accounts: []phone.AccountStatus{own, practice}}})
	require.Contains(t, callward(profile, "", "status").stdout, "callward call 600 --account 1001@practice.invalid is its echo.")
	require.Contains(t, callward(profile, "", "account", "list").stdout, "pbx.example.org:5070")
	require.NotContains(t, callward(profile, "", "status").stdout, "at the provider")
	own.Account.Voicemail.Number, own.Waiting = "*97", phone.MessagesWaiting{Waiting: true}
	practice.Waiting = phone.MessagesWaiting{Waiting: true, New: 1}
	profile, _ = serve(t, &controltest.Phone{Now: phone.Snapshot{Accounts: []phone.AccountStatus{own, practice}}})
	said := callward(profile, "", "status").stdout
	require.Contains(t, said, "alice@example.org: new messages at the provider. callward call *97 --account alice@example.org plays them.\n")
	require.Contains(t, said, "1001@practice.invalid: 1 new message at the provider.\n")
}
