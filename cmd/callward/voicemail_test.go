package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control/controltest"
)

// inboxPhone has two messages, and a third that is being left.
func inboxPhone() *controltest.Phone {
	return &controltest.Phone{
		Inbox: []phone.Voicemail{
			{ID: "v2", Call: "c2", Account: "a@b", Number: "+442079460021", Name: "Ana\x1b", Received: started, Length: 94 * time.Second, Heard: true, Note: "Monday"},
			{ID: "v1", Account: "a@b", Received: started, Length: 2500 * time.Millisecond, Blocked: true},
		},
		Machine: phone.MachineSettings{MaxLength: 3 * time.Minute, DoNotDisturb: true, KeepPicked: true, Language: "en"},
		Now: phone.Snapshot{
			Presence: phone.DoNotDisturb, NoRoom: true,
			Messages: []phone.LiveMessage{{Call: phone.Call{ID: "c3", Number: "1001", Name: "Bo"}, Phase: phone.MachineRecords, Length: 65 * time.Second}},
		},
	}
}

func TestVoicemailList(t *testing.T) {
	ph := inboxPhone()
	profile, _ := serve(t, ph)
	got := callward(profile, "", "voicemail", "list")
	require.Equal(t, exitDone, got.code)
	for _, want := range []string{
		"WHEN                 NUMBER         NAME  LENGTH  STATE                NOTE    ID\n",
		"  +442079460021  Ana�  1:34    heard                Monday  v2\n",
		"  hidden               0:02    new, blocked caller          v1\n",
	} {
		require.Contains(t, got.stdout, want)
	}
	require.JSONEq(t, `[{"id":"v2","call":"c2","when":"2026-03-02T10:41:07.250Z","length_s":94,"number":"+442079460021","name":"Ana\u001b","account":"a@b",
		"blocked":false,"heard":true,"done":false,"note":"Monday"},
		{"id":"v1","call":"","when":"2026-03-02T10:41:07.250Z","length_s":2.5,"number":"","name":"","account":"a@b",
		"blocked":true,"heard":false,"done":false,"note":""}]`, callward(profile, "", "voicemail", "list", "--json", "--unheard").stdout)
	callward(profile, "", "voicemail", "list", "--blocked")
	require.Equal(t, []string{`voicemail list "" 100`, `voicemail list "unheard" 0`, `voicemail list "blocked" 100`}, ph.Asked())
	require.Equal(t, exitUsage, callward(profile, "", "voicemail", "list", "--blocked", "--unheard").code)
}

func TestVoicemailCommands(t *testing.T) {
	here, err := os.Getwd()
	require.NoError(t, err)
	file := filepath.Join(here, "a.wav")
	for _, tc := range []struct {
		args  []string
		asked string
	}{
		{[]string{"voicemail", "play", "v1"}, "voicemail play v1 from 0s"},
		{[]string{"voicemail", "heard", "v1"}, "voicemail heard [v1]"},
		{[]string{"voicemail", "unheard", "v1"}, "voicemail unheard [v1]"},
		{[]string{"voicemail", "done", "v1"}, "voicemail done [v1]"},
		{[]string{"voicemail", "open", "v1"}, "voicemail open [v1]"},
		{[]string{"voicemail", "delete", "v1"}, "voicemail delete [v1]"},
		{[]string{"voicemail", "restore", "v1"}, "voicemail restore [v1]"},
		{[]string{"voicemail", "export", "v1", "a.wav"}, "voicemail export v1 " + file + " false"},
		{[]string{"voicemail", "export", "v1", "a.wav", "--force"}, "voicemail export v1 " + file + " true"},
		{[]string{"voicemail", "take"}, `voicemail take ""`},
		{[]string{"voicemail", "take", "c3"}, `voicemail take "c3"`},
		{[]string{"voicemail", "pickup", "c3"}, `voicemail pickup "c3"`},
		{[]string{"voicemail", "greeting", "set", "a.wav"}, "greeting set all " + file},
		{[]string{"voicemail", "greeting", "set", "a.wav", "--for", "blocked"}, "greeting set blocked " + file},
		{[]string{"voicemail", "greeting", "reset", "--for", "away"}, "greeting reset away"},
		{[]string{"presence", "away"}, "presence away"},
	} {
		ph := inboxPhone()
		profile, _ := serve(t, ph)
		require.Equal(t, outcome{}, callward(profile, "", tc.args...), tc.args)
		require.Equal(t, []string{tc.asked}, ph.Asked())
	}
	profile, _ := serve(t, inboxPhone())
	require.Equal(t, outcome{stdout: "dnd\n"}, callward(profile, "", "presence"))
	require.Equal(t, exitFailed, callward(profile, "", "voicemail", "delete", "v9").code)
	for _, args := range [][]string{{"presence", "asleep"}, {"voicemail", "greeting", "set", "a.wav", "--for", "nobody"}, {"voicemail", "play"}} {
		require.Equal(t, exitUsage, callward(profile, "", args...).code, args)
	}
}

func TestVoicemailSettings(t *testing.T) {
	ph := inboxPhone()
	profile, _ := serve(t, ph)
	require.Equal(t, outcome{stdout: "SETTING      VALUE\nmax-length   3m0s\nkeep         for ever\ntalking      off\naway         off\ndnd          on\n" +
		"keep-picked  on\nlanguage     en\n"}, callward(profile, "", "voicemail", "settings"))
	got := callward(profile, "", "voicemail", "settings", "--max-length", "90s", "--keep", "30", "--talking", "on", "--dnd", "off", "--language", "de", "--json")
	require.JSONEq(t, `{"max_length_s":90,"talking":true,"away":false,"dnd":false,"keep_days":30,"keep_picked":true,"language":"de"}`, got.stdout)
	require.Equal(t, []string{
		"voicemail settings", "voicemail settings",
		"voicemail set {MaxLength:1m30s Talking:true Away:false DoNotDisturb:false Keep:720h0m0s KeepPicked:true Language:de}",
	}, ph.Asked())
}

func TestStatusTellsOfMessages(t *testing.T) {
	profile, _ := serve(t, inboxPhone())
	got := callward(profile, "", "status")
	require.Equal(t, exitDone, got.code)
	for _, want := range []string{
		"LEAVING A MESSAGE  PHASE      NUMBER  NAME  LENGTH\nc3                 recording  1001    Bo    1:05\n",
		"Do not disturb is on: nothing rings.", "The disk is nearly full",
	} {
		require.Contains(t, got.stdout, want)
	}
}
