package control_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control"
	"github.com/callward/callward/phone/control/controltest"
)

// textPhone has a thread with two texts and a call between them, one of a blocked number, and one of senders who hide.
func textPhone() *controltest.Phone {
	jo := phone.Text{
		ID: "t1", Row: 1, Direction: phone.In, Number: "+442079460018", Via: "a@b", Body: "Hello <you>\n2", Time: started,
		State: phone.TextReceived, Seen: true, Automatic: true,
	}
	mine := phone.Text{
		ID: "t3", Row: 3, Direction: phone.Out, Number: "+442079460018", Via: "Twilio", Body: "Hi", Time: started, State: phone.TextFailed,
		Reason: "This number does not exist.", Settled: started, Trigger: phone.MissedCallTrigger,
	}
	return &controltest.Phone{
		ThreadList: []phone.Thread{
			{Number: "+442079460018", Name: "Jo Lee", Contact: "c1", Via: "Twilio", Last: mine, Unread: 2, Draft: "I", Stopped: started},
			{Number: "1001", Entry: phone.Entry{ID: "e1", Kind: phone.KindNumber, Number: "1001", Name: "Bo", Mode: phone.BlockAll, Since: started}},
			{Number: "", Last: phone.Text{ID: "t4", Row: 4}},
		},
		Items: []phone.ThreadItem{
			{Place: phone.Place{Row: 1, Kind: phone.PlaceText}, Text: &jo},
			{Place: phone.Place{Row: 2, Kind: phone.PlaceCall}, Call: &phone.CallRecord{}},
			{Place: phone.Place{Row: 3, Kind: phone.PlaceText}, Text: &mine},
		},
		TextsFound: []phone.TextFound{{Text: mine, Name: "Jo Lee", Snippet: "Hi", Marks: [][2]int{{0, 2}}}, {Text: jo}},
		Texting: phone.TextSettings{
			Via: "Twilio", Sound: true, StopWords: []string{"ARRET"}, Templates: []phone.TextTemplate{{Name: "Thanks", Text: "Thank you."}},
		},
	}
}

const (
	joText = `"id":"t1","row":1,"direction":"in","number":"+442079460018","via":"a@b","time":"2026-03-02T10:41:07.250Z","state":"received","reason":"",
		"settled":null,"body":"Hello <you>\n2","type":"","seen":true,"trigger":"","automatic":true`
	mineText = `"id":"t3","row":3,"direction":"out","number":"+442079460018","via":"Twilio","time":"2026-03-02T10:41:07.250Z","state":"failed",
		"reason":"This number does not exist.","settled":"2026-03-02T10:41:07.250Z","body":"Hi","type":"","seen":false,"trigger":"missed-call","automatic":false`
	hiddenText = `"id":"t4","row":4,"direction":"","number":"","via":"","time":"0001-01-01T00:00:00.000Z","state":"","reason":"",
		"settled":null,"body":"","type":"","seen":false,"trigger":"","automatic":false`
	boEntry = `{"id":"e1","kind":"number","number":"1001","name":"Bo","mode":"all","contact":"","others":[],"since":"2026-03-02T10:41:07.250Z",
		"expires":null,"blocked":0,"last":null}`
)

func sentText(number, via, body string) string {
	return `"id":"t9","row":9,"direction":"out","number":"` + number + `","via":"` + via + `","time":"0001-01-01T00:00:00.000Z","state":"waiting",
		"reason":"","settled":null,"body":"` + body + `","type":"","seen":false,"trigger":"","automatic":false`
}

func TestEveryOpOfTexts(t *testing.T) {
	for _, tc := range []struct{ request, ok, asked string }{
		{
			`"text.send","args":{"number":"+442079460018","text":"Hi","account":"a@b"}`, `{` + sentText("+442079460018", "a@b", "Hi") + `,"blacklisted":null}`,
			`text send "+442079460018" by "a@b": "Hi"`,
		},
		{
			`"text.send","args":{"number":"1001","text":"Hi"}`, `{` + sentText("1001", "", "Hi") + `,"blacklisted":` + boEntry + `}`,
			`text send "1001" by "": "Hi"`,
		},
		{`"text.list","args":{"number":"+442079460018"}`, `[{` + joText + `},{` + mineText + `}]`, `text list "+442079460018" before 0`},
		{`"text.list","args":{"number":"+442079460018","limit":1}`, `[{` + mineText + `}]`, `text list "+442079460018" before 0`},
		{`"text.list","args":{"number":"+442079460018","before":3}`, `[{` + joText + `}]`, `text list "+442079460018" before 3`},
		{`"text.list"`, `[{` + joText + `},{` + mineText + `}]`, `text list "" before 0`},
		{
			`"text.threads","args":{"search":"lee","unread":true,"offset":1,"limit":3}`,
			`[{"number":"+442079460018","name":"Jo Lee","contact":"c1","via":"Twilio","last":{` + mineText + `},"unread":2,"draft":"I","blacklisted":null,
				"stopped":"2026-03-02T10:41:07.250Z"},
			{"number":"1001","name":"","contact":"","via":"","last":null,"unread":0,"draft":"","blacklisted":` + boEntry + `,"stopped":null},
			{"number":"","name":"","contact":"","via":"","last":{` + hiddenText + `},"unread":0,"draft":"","blacklisted":null,"stopped":null}]`,
			`text threads "lee" true 1 3`,
		},
		{
			`"text.search","args":{"search":"hi"}`,
			`[{` + mineText + `,"name":"Jo Lee","snippet":"Hi","marks":[[0,2]]},{` + joText + `,"name":"","snippet":"","marks":[]}]`,
			`text search "hi" before 0`,
		},
		{`"text.search","args":{"search":"hi","before":3,"limit":1}`, `[{` + joText + `,"name":"","snippet":"","marks":[]}]`, `text search "hi" before 3`},
		{`"text.seen","args":{"number":"+442079460018"}`, `{}`, `text seen "+442079460018" to 3`},
		{`"text.seen","args":{"number":"+442079460018","to":1}`, `{}`, `text seen "+442079460018" to 1`},
		{`"text.seen"`, `{}`, `text seen "" to 4`},
		{`"text.retry","args":{"id":"t3"}`, `{}`, "text retry t3"},
		{`"text.delete","args":{"id":"t3"}`, `{}`, "text delete [t3]"},
		{`"text.restore","args":{"id":"t3"}`, `{}`, "text restore [t3]"},
		{
			`"text.settings"`, `{"via":"Twilio","composing":false,"sound":true,"stop_words":["ARRET"],"start_words":[],
				"templates":[{"name":"Thanks","text":"Thank you."}]}`, "text settings",
		},
		{
			`"text.set","args":{"via":"a@b","composing":true,"sound":true,"stop_words":["A"],"start_words":["B"],"templates":[{"name":"c","text":"d"}]}`, `{}`,
			"text set {Via:a@b Composing:true Sound:true StopWords:[A] StartWords:[B] Templates:[{Name:c Text:d}]}",
		},
	} {
		t.Run(tc.request, func(t *testing.T) {
			ph, profile := textPhone(), newProfile(t)
			serve(t, profile, ph)
			client := dialWire(t, profile)
			require.JSONEq(t, `{"version":1,"id":7,"ok":`+tc.ok+`}`, client.ask(`{"id":7,"op":`+tc.request+`}`))
			require.Equal(t, []string{tc.asked}, ph.Asked())
		})
	}
}

func TestWhatTextsRefuse(t *testing.T) {
	for request, code := range map[string]phone.Code{
		`"text.list","args":{"limit":-1}`:               phone.CodeInvalid,
		`"text.list","args":{"before":-1}`:              phone.CodeInvalid,
		`"text.list","args":{"number":"x"}`:             phone.CodeInvalid,
		`"text.seen","args":{"number":"x"}`:             phone.CodeInvalid,
		`"text.send","args":{"number":"x","text":"hi"}`: phone.CodeInvalid,
		`"text.threads","args":{"limit":-1}`:            phone.CodeInvalid,
		`"text.search","args":{"limit":-1}`:             phone.CodeInvalid,
		`"text.delete","args":{"id":"t8"}`:              phone.CodeNotFound,
	} {
		ph, profile := textPhone(), newProfile(t)
		ph.NoThread = &phone.Error{Code: phone.CodeInvalid, Field: "number"}
		serve(t, profile, ph)
		client := dialWire(t, profile)
		client.send(`{"id":1,"op":` + request + "}\n")
		answer := client.answer()
		require.NotNil(t, answer.Error, request)
		require.Equal(t, code, answer.Error.Code, request)
		require.Empty(t, ph.Asked(), request)
	}
	ph, profile := textPhone(), newProfile(t)
	serve(t, profile, ph)
	client := dialWire(t, profile)
	client.send(`{"id":1,"op":"text.restore","args":{"id":"t8"}}` + "\n")
	require.Equal(t, phone.CodeNotFound, client.answer().Error.Code, "there never was such a text")
}

// A sender whom nothing can be sent to has a thread all the same, also where there is no account any more.
func TestTheTextsOfASenderWhomNothingCanBeSentTo(t *testing.T) {
	for _, code := range []phone.Code{phone.CodeInvalid, phone.CodeNoAccount} {
		ph, profile := textPhone(), newProfile(t)
		ph.NoThread = &phone.Error{Code: code}
		ph.ThreadList[0].Number = "PARCELS"
		serve(t, profile, ph)
		dialWire(t, profile).ask(`{"id":1,"op":"text.list","args":{"number":"PARCELS"}}`)
		require.Equal(t, []string{`text list "PARCELS" before 0`}, ph.Asked(), code)
	}
}

// A long thread, and a long search, are read in parts, and what is no text is not counted.
func TestTextsAreReadInParts(t *testing.T) {
	ph, profile := &controltest.Phone{}, newProfile(t)
	const all = 2500
	for row := int64(1); row <= all; row++ {
		text := phone.Text{ID: phone.TextID(fmt.Sprint(row)), Row: row, Time: started}
		ph.Items = append(
			ph.Items, phone.ThreadItem{Place: phone.Place{Row: row, Kind: phone.PlaceText}, Text: &text},
			phone.ThreadItem{Place: phone.Place{Row: row, Kind: phone.PlaceCall}, Call: &phone.CallRecord{}},
		)
		ph.TextsFound = append([]phone.TextFound{{Text: text}}, ph.TextsFound...)
	}
	serve(t, profile, ph)
	client, err := control.Connect(t.Context(), profile)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, client.Close()) })
	for limit, want := range map[int]int{0: all, 1: 1, 700: 700, 1000: 1000, 2000: 2000, 9999: all} {
		var list []control.Text
		require.NoError(t, client.Do(t.Context(), "text.list", control.TextList{Limit: limit}, &list))
		require.Len(t, list, want)
		require.EqualValues(t, all, list[want-1].Row, "the newest last")
		require.EqualValues(t, all-want+1, list[0].Row)
		var found []control.TextFound
		require.NoError(t, client.Do(t.Context(), "text.search", control.TextSearch{Search: "x", Limit: limit}, &found))
		require.Len(t, found, want)
		require.EqualValues(t, all, found[0].Row, "the newest first")
		require.EqualValues(t, all-want+1, found[want-1].Row)
	}
}

func TestTheEventsOfTexts(t *testing.T) {
	ph, profile := textPhone(), newProfile(t)
	serve(t, profile, ph)
	client := dialWire(t, profile)
	client.ask(`{"id":1,"op":"events"}`)
	for i, tc := range []struct {
		event         phone.Event
		message, text string
	}{
		{phone.Event{Kind: phone.EventText, Message: ph.Items[2].Text}, `{` + mineText + `}`, ""},
		{phone.Event{Kind: phone.EventTexts}, "null", ""},
		{phone.Event{Kind: phone.EventComposing, Text: "1001"}, "null", "1001"},
		{phone.Event{Kind: phone.EventTriggers}, "null", ""},
	} {
		tc.event.Time = started
		ph.Publish(tc.event)
		require.JSONEq(t, fmt.Sprintf(`{"version":1,"id":1,"event":{"id":%d,"time":"2026-03-02T10:41:07.250Z","kind":%q,"account":null,"call":null,
			"voicemail":null,"message":%s,"text":%q}}`, i+1, tc.event.Kind, tc.message, tc.text), client.line())
	}
}

func TestStatusTellsWhoTypesAndOfGateways(t *testing.T) {
	ph, profile := &controltest.Phone{}, newProfile(t)
	ph.Now.Composing = []phone.Composing{{Number: "1001", Until: started.Add(time.Second)}}
	ph.Now.Gateways = []phone.GatewayStatus{{Gateway: phone.Gateway{ID: "g1", Name: "Twilio"}, Fault: "Wrong auth token."}}
	serve(t, profile, ph)
	got := dialWire(t, profile).ask(`{"id":1,"op":"status"}`)
	require.Contains(t, got, `"composing":[{"number":"1001","until":"2026-03-02T10:41:08.250Z"}],"gateways":[{"name":"Twilio","fault":"Wrong auth token."}]`)
}
