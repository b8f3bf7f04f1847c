package main

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control/controltest"
)

// textPhone has a thread of two texts, one of a blocked number, and one of senders who hide.
func textPhone() *controltest.Phone {
	theirs := phone.Text{
		ID: "t1", Row: 1, Direction: phone.In, Number: "+442079460018", Via: "a@b", Body: "Hello\x1b\nyou", Time: started, State: phone.TextReceived,
	}
	mine := phone.Text{
		ID: "t2", Row: 2, Direction: phone.Out, Number: "+442079460018", Via: "a@b", Body: "Hi", Time: started, State: phone.TextFailed,
		Reason: "This number does not exist.", Settled: started,
	}
	picture := phone.Text{ID: "t3", Row: 3, Direction: phone.In, Type: "image/png", Time: started, State: phone.TextReceived}
	return &controltest.Phone{
		ThreadList: []phone.Thread{
			{Number: "+442079460018", Name: "Jo\x1b", Last: mine, Unread: 2},
			{Number: "", Last: picture},
			{
				Number: "1001", Name: "Bo", Draft: "I\nam",
				Entry: phone.Entry{ID: "e1", Kind: phone.KindNumber, Number: "1001", Name: "Bo", Mode: phone.AllowVoicemails, Since: started},
			},
		},
		Items:      []phone.ThreadItem{{Place: phone.Place{Row: 1}, Text: &theirs}, {Place: phone.Place{Row: 2}, Text: &mine}},
		TextsFound: []phone.TextFound{{Text: theirs, Name: "Jo", Snippet: "Hello\nyou"}},
		Texting:    phone.TextSettings{Sound: true, StopWords: []string{"ARRET"}, Templates: []phone.TextTemplate{{Name: "Thanks", Text: "Thank\nyou."}}},
	}
}

func TestTextLists(t *testing.T) {
	ph := textPhone()
	profile, _ := serve(t, ph)
	when := started.Local().Format(time.DateTime)
	require.Equal(t, outcome{stdout: "" +
		"WHEN                 DIRECTION  STATE     ID  REASON                       TEXT\n" +
		when + "  in         received  t1                               Hello� you\n" +
		when + "  out        failed    t2  This number does not exist.  Hi\n"}, callward(profile, "", "text", "list", "+442079460018"))
	require.Equal(t, outcome{stdout: "" +
		"WHEN                 NUMBER         NAME  UNREAD  BLOCKED    TEXT\n" +
		when + "  +442079460018  Jo�   2                  Hi\n" +
		when + "  hidden               0                  [image/png]\n" +
		"                     1001           Bo    0       voicemail  Draft: I am\n"}, callward(profile, "", "text", "threads", "--unread"))
	require.Equal(t, outcome{stdout: "" +
		"WHEN                 DIRECTION  NUMBER         NAME  TEXT       ID\n" +
		when + "  in         +442079460018  Jo    Hello you  t1\n"}, callward(profile, "", "text", "search", "hello", "you"))
	require.Equal(t, []string{
		`text list "+442079460018" before 0`, `text threads "" true 0 100`, `text search "hello you" before 0`,
	}, ph.Asked())
}

func TestTextListsAsJSON(t *testing.T) {
	ph := textPhone()
	profile, _ := serve(t, ph)
	text := `"id":"t1","row":1,"direction":"in","number":"+442079460018","via":"a@b","time":"2026-03-02T10:41:07.250Z","state":"received","reason":"",
		"settled":null,"body":"Hello\u001b\nyou","type":"","seen":false,"trigger":"","automatic":false`
	require.JSONEq(t, `[{`+text+`,"name":"Jo","snippet":"Hello\nyou","marks":[]}]`, callward(profile, "", "text", "search", "hello", "--json").stdout)
	require.Contains(t, callward(profile, "", "text", "list", "--hidden", "--json").stdout, `[{"id":"t1","row":1,`)
	require.Contains(t, callward(profile, "", "text", "threads", "--json").stdout, `"unread":2,"draft":"","blacklisted":null,"stopped":null}`)
	require.Equal(t, []string{`text search "hello" before 0`, `text list "" before 0`, `text threads "" false 0 0`}, ph.Asked())
}

// No more than a screen or two is for a person.
func TestTextListsAreCutForAPerson(t *testing.T) {
	ph := &controltest.Phone{}
	for row := range int64(150) {
		ph.Items = append(ph.Items, phone.ThreadItem{Place: phone.Place{Row: row + 1}, Text: &phone.Text{ID: "t", Row: row + 1, Time: started}})
		ph.TextsFound = append([]phone.TextFound{{Text: *ph.Items[row].Text}}, ph.TextsFound...)
	}
	profile, _ := serve(t, ph)
	for _, line := range []string{"text list 1001", "text search x"} {
		require.Equal(t, 101, strings.Count(callward(profile, "", strings.Fields(line)...).stdout, "\n"), line)
		require.Equal(t, 150, strings.Count(callward(profile, "", strings.Fields(line+" --json")...).stdout, `"id":`), line)
	}
}

func TestTextCommands(t *testing.T) {
	for _, tc := range []struct{ line, asked, prints string }{
		{"text send 020 Hello there  you", `text send "020" by "": "Hello there you"`, "t9\n"},
		{"text send 020 Hi --account sip:a@b", `text send "020" by "a@b": "Hi"`, "t9\n"},
		{"text send --account Twilio 020 -- --hi -", `text send "020" by "Twilio": "--hi -"`, "t9\n"},
		{"text retry t2", "text retry t2", ""},
		{"text delete t2", "text delete [t2]", ""},
		{"text restore t2", "text restore [t2]", ""},
		{"text seen +442079460018", `text seen "+442079460018" to 2`, ""},
		{"text seen --hidden", `text seen "" to 3`, ""},
	} {
		t.Run(tc.line, func(t *testing.T) {
			ph := textPhone()
			profile, _ := serve(t, ph)
			require.Equal(t, outcome{stdout: tc.prints}, callward(profile, "unread", strings.Fields(tc.line)...))
			require.Equal(t, []string{tc.asked}, ph.Asked())
		})
	}
}

func TestTextFromStandardInput(t *testing.T) {
	ph := textPhone()
	profile, _ := serve(t, ph)
	require.Equal(t, outcome{stdout: "t9\n"}, callward(profile, "Hello\nyou\n", "text", "send", "020", "-"))
	require.Equal(t, []string{`text send "020" by "": "Hello\nyou\n"`}, ph.Asked())
	got := callward(profile, strings.Repeat("x", phone.MaxText+1), "text", "send", "020", "-")
	require.Equal(t, outcome{code: exitFailed, stderr: "callward: The text is too long: it can have 65536 bytes.\n"}, got)
}

// A text to a blacklisted number is sent, and stderr says what it is.
func TestTextToABlacklistedNumber(t *testing.T) {
	for name, shown := range map[string]string{"Bo\u009b": "Bo�", "": "1001"} {
		ph := textPhone()
		ph.ThreadList[2].Entry.Name = name
		profile, _ := serve(t, ph)
		require.Equal(t, outcome{stdout: "t9\n", stderr: "callward: This number is blacklisted: " + shown + ", Block and Allow Voicemails, since " +
			started.Local().Format(time.DateOnly) + ". The text is sent all the same.\n"}, callward(profile, "", "text", "send", "1001", "Hi"))
		require.Equal(t, []string{`text send "1001" by "": "Hi"`}, ph.Asked())
	}
}

// TestTextWait: events of this text and another, some of them before the answer to the request.
func TestTextWait(t *testing.T) {
	event := func(id phone.TextID, state phone.TextState, reason string) phone.Event {
		return phone.Event{Kind: phone.EventText, Message: &phone.Text{ID: id, State: state, Reason: reason}}
	}
	for _, tc := range []struct {
		name   string
		events []phone.Event
		want   outcome
	}{
		{"sent", []phone.Event{event("t9", phone.TextWaiting, ""), event("t8", phone.TextFailed, "No."), {Kind: phone.EventTexts}, event("t9", phone.TextSent, "")}, outcome{0, "t9\n", ""}},
		{"delivered", []phone.Event{event("t9", phone.TextDelivered, "")}, outcome{0, "t9\n", ""}},
		{"failed", []phone.Event{event("t8", phone.TextSent, ""), event("t9", phone.TextFailed, "No such\x1b.")}, outcome{1, "t9\n", "callward: The text was not sent. No such�.\n"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			ph := textPhone()
			ph.Placed = func() {
				for _, e := range tc.events {
					ph.Publish(e)
				}
			}
			profile, _ := serve(t, ph)
			require.Equal(t, tc.want, callward(profile, "", "text", "send", "600", "Hi", "--wait", "10s"))
		})
	}
	t.Run("it waits still", func(t *testing.T) {
		ph := textPhone()
		ph.Placed = func() { ph.Publish(event("t9", phone.TextWaiting, "Waits until a@b is connected.")) }
		profile, _ := serve(t, ph)
		require.Equal(t, outcome{1, "t9\n", "callward: The text is not sent yet; it waits, and goes out by itself. Waits until a@b is connected.\n"},
			callward(profile, "", "text", "send", "600", "Hi", "--wait", "300ms"))
	})
}

func TestTextSettings(t *testing.T) {
	ph := textPhone()
	profile, _ := serve(t, ph)
	require.Equal(t, outcome{stdout: "SETTING      VALUE\nvia          default\ncomposing    off\nsound        on\nstop-words   ARRET\nstart-words  \n" +
		"template     Thanks: Thank you.\n"}, callward(profile, "", "text", "settings"))
	got := callward(profile, "", "text", "settings", "--via", "sip:a@b", "--composing", "on", "--sound", "off", "--stop-words", "HALT,ARRET", "--start-words", "WEITER", "--json")
	require.JSONEq(t, `{"via":"a@b","composing":true,"sound":false,"stop_words":["HALT","ARRET"],"start_words":["WEITER"],
		"templates":[{"name":"Thanks","text":"Thank\nyou."}]}`, got.stdout)
	ph.Texting.Via = "Twilio"
	callward(profile, "", "text", "settings", "--via", "default", "--stop-words", "")
	require.Equal(t, []string{
		"text settings", "text settings",
		"text set {Via:a@b Composing:true Sound:false StopWords:[HALT ARRET] StartWords:[WEITER] Templates:[{Name:Thanks Text:Thank\nyou.}]}",
		"text settings", "text set {Via: Composing:false Sound:true StopWords:[] StartWords:[] Templates:[{Name:Thanks Text:Thank\nyou.}]}",
	}, ph.Asked())
}

func TestTheEventOfAText(t *testing.T) {
	ph := textPhone()
	profile, stop := serve(t, ph)
	out, done := begin(t, profile, "events")
	require.Eventually(t, func() bool { return ph.Subscribers() == 1 }, patience, time.Millisecond)
	ph.Publish(phone.Event{Kind: phone.EventText, Time: started, Message: ph.Items[1].Text})
	line := make([]byte, 200)
	n, err := out.Read(line)
	require.NoError(t, err)
	require.Equal(t, started.Local().Format(time.TimeOnly)+"  text           t2 out +442079460018 failed Hi This number does not exist.\n", string(line[:n]))
	stop()
	end(t, done)
}
