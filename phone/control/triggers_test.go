package control_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control"
	"github.com/callward/callward/phone/control/controltest"
)

// triggerPhone has two triggers, a row of the log, and a gateway.
func triggerPhone() *controltest.Phone {
	return &controltest.Phone{
		TriggerList: []phone.Trigger{
			{Name: phone.MissedCallTrigger, Template: "Hello {name}", Who: phone.TriggerAll},
			{
				Name: phone.CallEndedTrigger, On: true, Template: "Bye", Delay: time.Minute, Who: phone.TriggerContacts, Once: 24 * time.Hour,
				Hours:     phone.Hours{Days: [7]bool{true, true, false, false, false, true, false}, From: 9*time.Hour + 30*time.Minute, To: 24 * time.Hour},
				Direction: phone.Out, Answered: phone.Unanswered,
			},
		},
		Triggered: []phone.Triggered{{
			Row: 7, Time: started, Trigger: phone.MissedCallTrigger, Test: true, Event: "Missed call at 10:41", Call: "c1", Voicemail: "v1", Message: "t1",
			Number: "+442079460018", Name: "Jo", Via: "a@b", Outcome: phone.TriggerWithheld, Why: phone.WithheldBlacklisted,
			Reason: "This number is blacklisted.", Due: started, Text: "Hello Jo", Sent: "t2",
		}, {Time: started, Outcome: phone.TriggerSent}},
		Now: phone.Snapshot{Gateways: []phone.GatewayStatus{{Gateway: phone.Gateway{
			ID: "g1", Name: "Twilio", Kind: phone.TwilioGateway, Number: "+442079460000", Country: "GB", User: "AC1", URL: "https://x", Method: "PUT",
			Headers: "A: b", Body: "{}", Reference: "id", CAFile: "/ca.pem", Poll: 10 * time.Second,
		}, Fault: "Wrong auth token."}}},
	}
}

const (
	jobRow = `{"time":"2026-03-02T10:41:07.250Z","trigger":"missed-call","outcome":"withheld","why":"blacklisted","reason":"This number is blacklisted.",
		"number":"+442079460018","name":"Jo","event":"Missed call at 10:41","call":"c1","voicemail":"v1","message":"t1","via":"a@b","test":true,
		"due":"2026-03-02T10:41:07.250Z","text":"Hello Jo","sent":"t2"}`
	twilio = `"name":"Twilio","kind":"twilio","number":"+442079460000","country":"GB","user":"AC1","url":"https://x","method":"PUT","headers":"A: b",` +
		`"body":"{}","reference":"id","ca":"/ca.pem","poll_s":10`
	twilioKept = "Name:Twilio Kind:twilio Number:+442079460000 Country:GB User:AC1 URL:https://x Method:PUT Headers:A: b Body:{} Reference:id CAFile:/ca.pem Poll:10s}"
)

func TestEveryOpOfTriggersAndGateways(t *testing.T) {
	for _, tc := range []struct{ request, ok, asked string }{
		{
			`"trigger.list"`, `[{"name":"missed-call","on":false,"template":"Hello {name}","delay_s":0,"who":"all","once_s":0,"days":[],"from":"00:00","to":"00:00",
				"direction":"","answered":""},
			{"name":"call-ended","on":true,"template":"Bye","delay_s":60,"who":"contacts","once_s":86400,"days":["mon","fri","sun"],"from":"09:30","to":"24:00",
				"direction":"out","answered":"unanswered"}]`, "trigger list",
		},
		{
			`"trigger.log","args":{"search":"jo","outcome":"withheld","offset":1,"limit":2}`, `[` + jobRow + `,{"time":"2026-03-02T10:41:07.250Z","trigger":"",
				"outcome":"sent","why":"","reason":"","number":"","name":"","event":"","call":"","voicemail":"","message":"","via":"","test":false,
				"due":null,"text":"","sent":""}]`, `trigger log "jo" "withheld" 1 2`,
		},
		{
			`"trigger.set","args":{"name":"missed-call","template":"Hi","delay_s":5,"who":"unknown","once_s":60,"days":["tue","sat"],"from":"22:00","to":"06:15"}`, `{}`,
			"trigger list; trigger set {Name:missed-call On:false Template:Hi Delay:5s Who:unknown Once:1m0s " +
				"Hours:{Days:[false false true false false false true] From:22h0m0s To:6h15m0s} Direction: Answered:}",
		},
		{
			`"trigger.set","args":{"name":"call-ended","days":[],"direction":"","answered":"answered"}`, `{}`,
			"trigger list; trigger set {Name:call-ended On:true Template:Bye Delay:1m0s Who:contacts Once:24h0m0s " +
				"Hours:{Days:[false false false false false false false] From:9h30m0s To:24h0m0s} Direction: Answered:answered}",
		},
		{
			`"trigger.enable","args":{"name":"missed-call"}`, `{}`,
			"trigger list; trigger set {Name:missed-call On:true Template:Hello {name} Delay:0s Who:all Once:0s " +
				"Hours:{Days:[false false false false false false false] From:0s To:0s} Direction: Answered:}",
		},
		{
			`"trigger.disable","args":{"name":"call-ended"}`, `{}`,
			"trigger list; trigger set {Name:call-ended On:false Template:Bye Delay:1m0s Who:contacts Once:24h0m0s " +
				"Hours:{Days:[true true false false false true false] From:9h30m0s To:24h0m0s} Direction:out Answered:unanswered}",
		},
		{`"trigger.test","args":{"name":"missed-call","number":"1001"}`, jobRow, `trigger test missed-call "1001"`},
		{`"gateway.list"`, `[{"id":"g1",` + twilio + `,"fault":"Wrong auth token."}]`, "gateway list"},
		{
			`"gateway.save","args":{"gateway":{"id":"",` + twilio + `},"secret":"s3cret"}`, `{"id":"g1",` + twilio + `}`,
			"gateway list; gateway save {ID:g1 " + twilioKept + `, secret "s3cret" true`,
		},
		{
			`"gateway.save","args":{"gateway":{"id":"g3",` + twilio + `}}`, `{"id":"g3",` + twilio + `}`,
			"gateway save {ID:g3 " + twilioKept + `, secret "" false`,
		},
		{
			`"gateway.save","args":{"gateway":{"name":"Other","kind":"http"},"secret":null}`, `{"id":"g9","name":"Other","kind":"http","number":"","country":"",
				"user":"","url":"","method":"","headers":"","body":"","reference":"","ca":"","poll_s":0}`,
			`gateway list; gateway save {ID: Name:Other Kind:http Number: Country: User: URL: Method: Headers: Body: Reference: CAFile: Poll:0s}, secret "" false`,
		},
		{`"gateway.remove","args":{"name":"twilio"}`, `{}`, "gateway list; gateway remove g1"},
		{
			`"gateway.test","args":{"name":"Twilio","number":"1001"}`, `{` + strings.Replace(sentText("1001", "", ""), `"row":9`, `"row":0`, 1) + `}`,
			`gateway list; gateway test g1 "1001"`,
		},
	} {
		t.Run(tc.request, func(t *testing.T) {
			ph, profile := triggerPhone(), newProfile(t)
			serve(t, profile, ph)
			client := dialWire(t, profile)
			require.JSONEq(t, `{"version":1,"id":7,"ok":`+tc.ok+`}`, client.ask(`{"id":7,"op":`+tc.request+`}`))
			require.Equal(t, tc.asked, strings.Join(ph.Asked(), "; "))
		})
	}
}

func TestWhatTriggersAndGatewaysRefuse(t *testing.T) {
	for request, code := range map[string]phone.Code{
		`"trigger.set","args":{"name":"birthday","on":true}`:                       phone.CodeNotFound,
		`"trigger.enable","args":{"name":""}`:                                      phone.CodeNotFound,
		`"trigger.set","args":{"name":"missed-call","delay_s":-1}`:                 phone.CodeInvalid,
		`"trigger.set","args":{"name":"missed-call","once_s":9223372036854775807}`: phone.CodeInvalid,
		`"trigger.set","args":{"name":"missed-call","days":["monday"]}`:            phone.CodeInvalid,
		`"trigger.set","args":{"name":"missed-call","from":"9"}`:                   phone.CodeInvalid,
		`"trigger.set","args":{"name":"missed-call","to":"24:01"}`:                 phone.CodeInvalid,
		`"trigger.log","args":{"limit":-1}`:                                        phone.CodeInvalid,
		`"trigger.log","args":{"outcome":"lost"}`:                                  phone.CodeInvalid,
		`"gateway.save","args":{"gateway":{"name":"x","poll_s":-1}}`:               phone.CodeInvalid,
		`"gateway.save","args":{"gateway":{"name":"x","poll_s":9000000000000}}`:    phone.CodeInvalid,
		`"gateway.remove","args":{"name":"x"}`:                                     phone.CodeNotFound,
		`"gateway.remove","args":{"name":""}`:                                      phone.CodeNotFound,
		`"gateway.test","args":{"name":"x","number":"1"}`:                          phone.CodeNotFound,
	} {
		ph, profile := triggerPhone(), newProfile(t)
		serve(t, profile, ph)
		client := dialWire(t, profile)
		client.send(`{"id":1,"op":` + request + "}\n")
		answer := client.answer()
		require.NotNil(t, answer.Error, request)
		require.Equal(t, code, answer.Error.Code, request)
		for _, asked := range ph.Asked() {
			require.Contains(t, []string{"trigger list", "gateway list"}, asked, request)
		}
	}
}

func TestTimesOfDay(t *testing.T) {
	for text, want := range map[string]time.Duration{"00:00": 0, "09:05": 9*time.Hour + 5*time.Minute, "23:59": 23*time.Hour + 59*time.Minute, "24:00": 24 * time.Hour} {
		d, ok := control.TimeOfDay(text)
		require.True(t, ok, text)
		require.Equal(t, want, d, text)
	}
	for _, text := range []string{"", "9:00", "9", "09:60", "25:00", "24:01", "09:00:00", "-1:00", "09.00"} {
		_, ok := control.TimeOfDay(text)
		require.False(t, ok, text)
	}
}
