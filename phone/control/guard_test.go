package control_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control/controltest"
)

// bookPhone has contacts, a blacklist and a screening log.
func bookPhone() *controltest.Phone {
	jo := phone.Entry{
		ID: "e9", Kind: phone.KindContact, Number: "+442079460018", Text: "020 7946 0018", Name: "Jo <Lee>", Mode: phone.BlockAll, Contact: "c9",
		Others: []string{"1001"}, Since: started, Expires: answered, Blocked: 2, Last: answered,
	}
	verdict := phone.Verdict{Mode: phone.BlockAll, Kind: phone.KindContact, Row: 1, Header: "From", Received: "02079460018", Number: "+442079460018"}
	hidden := phone.Verdict{Mode: phone.AllowVoicemails, Kind: phone.KindHidden, Row: 2, Header: "Privacy"}
	report := phone.ImportReport{Added: 1, Merged: 2, Unchanged: 3}
	report.Skip(phone.Skipped{Line: 4, What: "x", Why: "No number."})
	report.SkippedCount = 5
	return &controltest.Phone{
		List: []phone.Entry{jo, {ID: "e8", Kind: phone.KindHidden, Mode: phone.AllowVoicemails, Since: started}},
		Book: []phone.Contact{
			{ID: "c9", Name: "Jo", Company: "Lee & Sons", Note: "unsaid", Numbers: []phone.ContactNumber{{Label: "work", Text: "020 7946 0018", Number: "+442079460018"}}},
			{ID: "c8", Name: "Nobody"},
		},
		Log: []phone.Screened{
			{Row: 3, Time: started, Kind: phone.ScreenedText, Number: "+442079460018", Name: "Jo", Account: "a@b", Verdict: verdict, EntryName: "Jo Lee", EntryText: "020", Text: "Hi."},
			{Row: 2, Time: started, Kind: phone.ScreenedCall, Number: "1001", Verdict: verdict, EntryText: "020 7946 0018"},
			{Row: 1, Time: started, Kind: phone.ScreenedCall, Verdict: hidden},
		},
		Found:  phone.Passage{Verdict: verdict, Entry: jo, Until: answered},
		Report: report,
	}
}

const (
	joEntry = `{"id":"e9","kind":"contact","number":"+442079460018","name":"Jo <Lee>","mode":"all","contact":"c9","others":["1001"],
		"since":"2026-03-02T10:41:07.250Z","expires":"2026-03-02T10:41:12.250Z","blocked":2,"last":"2026-03-02T10:41:12.250Z"}`
	joVerdict = `"verdict":"all","header":"From","received":"02079460018","normalised":"+442079460018"`
	aReport   = `{"added":1,"merged":2,"unchanged":3,"skipped":5,"skips":[{"line":4,"what":"x","why":"No number."}]}`
)

// never is what an entry has that is never over, and has blocked nothing.
const never = `"contact":"","others":[],"since":"0001-01-01T00:00:00.000Z","expires":null,"blocked":0,"last":null`

func TestEveryOpOfTheBook(t *testing.T) {
	for _, tc := range []struct {
		request, ok string
		asked       []string
	}{
		{
			`"blacklist.add","args":{"kind":"contact","number":"020 7946 0018","name":"Jo","mode":"all","contact":"c9","expires_s":60,"replace":true}`,
			`{"id":"e1","kind":"contact","number":"020 7946 0018","name":"Jo","mode":"all",` + never + `}`,
			[]string{`blacklist add contact "020 7946 0018" "Jo" all "c9", replace true, expires true`},
		},
		{
			`"blacklist.add","args":{"number":"1"}`, `{"id":"e1","kind":"","number":"1","name":"","mode":"",` + never + `}`,
			[]string{`blacklist add  "1" ""  "", replace false, expires false`},
		},
		{
			`"blacklist.remove","args":{"kind":"prefix","number":"+1900"}`, `{"id":"e1","kind":"prefix","number":"+1900","name":"","mode":"",` + never + `}`,
			[]string{`blacklist find prefix "+1900"`, "blacklist remove [e1]"},
		},
		{
			`"blacklist.list","args":{"through":true,"offset":1,"limit":3}`,
			`[{"id":"e8","kind":"hidden","number":"","name":"","mode":"voicemail","contact":"","others":[],
				"since":"2026-03-02T10:41:07.250Z","expires":null,"blocked":0,"last":null}]`,
			[]string{"blacklist list {Through:true Search: Order: Offset:1 Limit:3}"},
		},
		{
			`"blacklist.check","args":{"number":"Jo <sip:1001@b>"}`,
			`{"call":true,"voicemail":true,"text":true,"trigger":false,` + joVerdict + `,"entry":` + joEntry + `,"until":"2026-03-02T10:41:12.250Z"}`,
			[]string{`check "Jo <sip:1001@b>"`},
		},
		{`"blacklist.import","args":{"path":"/a.csv"}`, aReport, []string{"blacklist import /a.csv"}},
		{`"blacklist.export","args":{"path":"/a.csv","force":true}`, `{}`, []string{"blacklist export /a.csv true"}},
		{`"contact.import","args":{"path":"/a.vcf"}`, aReport, []string{"contact import /a.vcf"}},
		{`"contact.export","args":{"path":"/a.vcf"}`, `{}`, []string{"contact export /a.vcf false"}},
		{
			`"contact.add","args":{"id":"x","name":"Jo","company":"Lee","numbers":[{"label":"work","text":"1","number":"9"}]}`,
			`{"id":"c1","name":"Jo","company":"Lee","numbers":[{"label":"work","text":"1","number":""}]}`,
			[]string{"contact add {ID: Name:Jo Company:Lee Note: Numbers:[{Label:work Text:1 Number:}] Picture:[]}"},
		},
		{
			`"contact.list","args":{"search":"jo","limit":2}`, `[{"id":"c9","name":"Jo","company":"Lee & Sons","numbers":[
				{"label":"work","text":"020 7946 0018","number":"+442079460018"}]},{"id":"c8","name":"Nobody","company":"","numbers":[]}]`,
			[]string{`contacts "jo" 2`},
		},
		{
			`"screening","args":{"limit":3}`,
			`[{"when":"2026-03-02T10:41:07.250Z","number":"+442079460018","name":"Jo","kind":"text",` + joVerdict + `,"entry":"Jo Lee","account":"a@b","text":"Hi."},
			{"when":"2026-03-02T10:41:07.250Z","number":"1001","name":"","kind":"call",` + joVerdict + `,"entry":"020 7946 0018","account":"","text":""},
			{"when":"2026-03-02T10:41:07.250Z","number":"","name":"","kind":"call","verdict":"voicemail","header":"Privacy","received":"","normalised":"",
			"entry":"hidden","account":"","text":""}]`,
			[]string{"screening 3"},
		},
	} {
		t.Run(tc.request, func(t *testing.T) {
			ph, profile := bookPhone(), newProfile(t)
			serve(t, profile, ph)
			client := dialWire(t, profile)
			require.JSONEq(t, `{"version":1,"id":7,"ok":`+tc.ok+`}`, client.ask(`{"id":7,"op":`+tc.request+`}`))
			require.Equal(t, tc.asked, ph.Asked())
		})
	}
}

// TestCheckOfAStranger: no entry is null, and all passes.
func TestCheckOfAStranger(t *testing.T) {
	profile := newProfile(t)
	serve(t, profile, &controltest.Phone{})
	require.JSONEq(t, `{"version":1,"id":1,"ok":{"call":true,"voicemail":true,"text":true,"trigger":true,"verdict":"","header":"","received":"",
		"normalised":"","entry":null,"until":null}}`, dialWire(t, profile).ask(`{"id":1,"op":"blacklist.check","args":{"number":"1"}}`))
}

// TestVerdicts: what a voice message may do that a call may not.
func TestVerdicts(t *testing.T) {
	for mode, voicemail := range map[phone.Mode]string{phone.AllowVoicemails: "true", phone.BlockAll: "false"} {
		profile := newProfile(t)
		serve(t, profile, &controltest.Phone{Found: phone.Passage{Verdict: phone.Verdict{Mode: mode}}})
		require.Contains(t, dialWire(t, profile).ask(`{"op":"blacklist.check","args":{"number":"1"}}`),
			`"call":false,"voicemail":`+voicemail+`,"text":false,"trigger":false,"verdict":"`+string(mode)+`"`)
	}
}
