package main

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control/controltest"
)

// triggerPhone has two triggers, and a row of the log.
func triggerPhone() *controltest.Phone {
	return &controltest.Phone{
		TriggerList: []phone.Trigger{
			{Name: phone.MissedCallTrigger, Template: "Hello\n{name}", Who: phone.TriggerAll},
			{
				Name: phone.CallEndedTrigger, On: true, Template: "Bye", Delay: time.Minute, Who: phone.TriggerContacts, Once: 24 * time.Hour,
				Hours: phone.Hours{Days: [7]bool{1: true, 5: true}, From: 9 * time.Hour, To: 17 * time.Hour},
			},
		},
		Triggered: []phone.Triggered{{
			Row: 7, Time: started, Trigger: phone.MissedCallTrigger, Event: "Missed call at 10:41", Number: "+442079460018", Name: "Jo\x1b",
			Outcome: phone.TriggerWithheld, Why: phone.WithheldBlacklisted, Reason: "This number is blacklisted.", Text: "Hello\nJo",
		}},
	}
}

func TestTriggerLists(t *testing.T) {
	ph := triggerPhone()
	profile, _ := serve(t, ph)
	require.Equal(t, outcome{stdout: "" +
		"TRIGGER      STATE  WHO       DELAY  ONCE IN  HOURS                TEXT\n" +
		"missed-call  off    all       0s              always               Hello {name}\n" +
		"call-ended   on     contacts  1m0s   24h0m0s  mon,fri 09:00-17:00  Bye\n"}, callward(profile, "", "trigger", "list"))
	require.Equal(t, outcome{
		stdout: "" +
			"WHEN                 TRIGGER      OUTCOME   WHY                          NUMBER         NAME  EVENT                 TEXT\n" +
			started.Local().Format(time.DateTime) + "  missed-call  withheld  This number is blacklisted.  +442079460018  Jo�   Missed call at 10:41  Hello Jo\n",
	}, callward(profile, "", "trigger", "log"))
	require.JSONEq(t, `[{"time":"2026-03-02T10:41:07.250Z","trigger":"missed-call","outcome":"withheld","why":"blacklisted","reason":"This number is blacklisted.",
		"number":"+442079460018","name":"Jo\u001b","event":"Missed call at 10:41","call":"","voicemail":"","message":"","via":"","test":false,"due":null,
		"text":"Hello\nJo","sent":""}]`, callward(profile, "", "trigger", "log", "--json").stdout)
	require.Contains(t, callward(profile, "", "trigger", "list", "--json").stdout, `"days":["mon","fri"],"from":"09:00","to":"17:00"`)
	require.Equal(t, []string{"trigger list", `trigger log "" "" 0 100`, `trigger log "" "" 0 0`, "trigger list"}, ph.Asked())
}

func TestTriggerSet(t *testing.T) {
	const bye = "Hours:{Days:[false true false false false true false] From:9h0m0s To:17h0m0s} Direction: Answered:}"
	for _, tc := range []struct {
		args  []string
		asked string
	}{
		{
			[]string{"enable", "missed-call"},
			"{Name:missed-call On:true Template:Hello\n{name} Delay:0s Who:all Once:0s Hours:{Days:[false false false false false false false] From:0s To:0s} Direction: Answered:}",
		},
		{[]string{"disable", "call-ended"}, "{Name:call-ended On:false Template:Bye Delay:1m0s Who:contacts Once:24h0m0s " + bye},
		{
			[]string{"set", "call-ended", "--template", "Thank you", "--delay", "5m", "--who", "unknown", "--once", "0s"},
			"{Name:call-ended On:true Template:Thank you Delay:5m0s Who:unknown Once:0s " + bye,
		},
		{
			[]string{"set", "call-ended", "--days", "sat-mon,wed", "--from", "22:00", "--to", "06:30", "--direction", "in", "--answered", "no"},
			"{Name:call-ended On:true Template:Bye Delay:1m0s Who:contacts Once:24h0m0s " +
				"Hours:{Days:[true true false true false false true] From:22h0m0s To:6h30m0s} Direction:in Answered:unanswered}",
		},
		{
			[]string{"set", "call-ended", "--days", "all", "--from", "00:00", "--to", "00:00", "--direction", "any", "--answered", "yes"},
			"{Name:call-ended On:true Template:Bye Delay:1m0s Who:contacts Once:24h0m0s " +
				"Hours:{Days:[false false false false false false false] From:0s To:0s} Direction: Answered:answered}",
		},
	} {
		ph := triggerPhone()
		profile, _ := serve(t, ph)
		require.Equal(t, outcome{}, callward(profile, "", append([]string{"trigger"}, tc.args...)...), tc.args)
		require.Equal(t, []string{"trigger list", "trigger set " + tc.asked}, ph.Asked())
	}
}

// A test for a blacklisted number sends nothing, and says why.
func TestTriggerTest(t *testing.T) {
	ph := triggerPhone()
	profile, _ := serve(t, ph)
	got := callward(profile, "", "trigger", "test", "missed-call", "020")
	require.Equal(t, outcome{code: exitFailed, stderr: "callward: Not sent: this number is blacklisted.\n"}, got)
	ph.Triggered[0].Reason = "STOP has come from this number."
	require.Equal(t, "callward: Not sent: STOP has come from this number.\n", callward(profile, "", "trigger", "test", "missed-call", "020").stderr)
	ph.Triggered[0].Outcome, ph.Triggered[0].Sent = phone.TriggerWaiting, "t9"
	require.Equal(t, outcome{stdout: "t9\n"}, callward(profile, "", "trigger", "test", "missed-call", "020"))
	require.Equal(t, strings.Split(strings.Repeat(`trigger test missed-call "020"|`, 3), "|")[:3], ph.Asked())
}
