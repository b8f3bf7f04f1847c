package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control"
	"github.com/callward/callward/phone/control/controltest"
)

func TestBlacklistCommands(t *testing.T) {
	for _, tc := range []struct {
		line  string
		asked []string
	}{
		{"add 02079460018", []string{`blacklist add number "02079460018" "" voicemail "", replace false, expires false`}},
		{
			"add 02079460018 --mode all --name Jo --contact c1 --expires 24h --replace",
			[]string{`blacklist add number "02079460018" "Jo" all "c1", replace true, expires true`},
		},
		{"add 1001 --block-contact", []string{`blacklist add contact "1001" "" voicemail "", replace false, expires false`}},
		{"add +1900 --prefix", []string{`blacklist add prefix "+1900" "" voicemail "", replace false, expires false`}},
		{"add --hidden --mode voicemail", []string{`blacklist add hidden "" "" voicemail "", replace false, expires false`}},
		{"remove 1001", []string{`blacklist find number "1001"`, "blacklist remove [e1]"}},
		{"remove +1900 --prefix", []string{`blacklist find prefix "+1900"`, "blacklist remove [e1]"}},
		{"remove --hidden", []string{`blacklist find hidden ""`, "blacklist remove [e1]"}},
	} {
		t.Run(tc.line, func(t *testing.T) {
			ph := &controltest.Phone{}
			profile, _ := serve(t, ph)
			require.Equal(t, outcome{}, callward(profile, "", append([]string{"blacklist"}, strings.Fields(tc.line)...)...))
			require.Equal(t, tc.asked, ph.Asked())
		})
	}
}

func TestBlacklistAddAsJSON(t *testing.T) {
	profile, _ := serve(t, &controltest.Phone{})
	got := callward(profile, "", "blacklist", "add", "1001", "--name", "Jo <Lee>", "--json")
	require.Equal(t, exitDone, got.code)
	require.JSONEq(t, `{"id":"e1","kind":"number","number":"1001","name":"Jo <Lee>","mode":"voicemail","contact":"","others":[],
		"since":"0001-01-01T00:00:00.000Z","expires":null,"blocked":0,"last":null}`, got.stdout)
	require.Contains(t, got.stdout, "<Lee>")
}

// guarded has an entry of each kind.
var guarded = []phone.Entry{
	{ID: "e4", Kind: phone.KindNumber, Number: "1001", Name: "Eve\x1b[2J", Mode: phone.BlockAll, Since: started, Blocked: 17, Last: started},
	{ID: "e3", Kind: phone.KindContact, Number: "1002", Name: "Jo", Mode: phone.AllowVoicemails, Others: []string{"1003", "1004"}, Since: started, Expires: started.Add(time.Hour)},
	{ID: "e2", Kind: phone.KindPrefix, Number: "+1900", Mode: phone.BlockAll, Since: started},
	{ID: "e1", Kind: phone.KindHidden, Mode: phone.AllowVoicemails, Since: started},
	{ID: "e0", Kind: phone.KindContacts, Mode: phone.LetThrough, Since: started},
}

func TestBlacklistList(t *testing.T) {
	ph := &controltest.Phone{List: guarded}
	profile, _ := serve(t, ph)
	day := func(after time.Duration) string { return started.Add(after).Local().Format(time.DateTime) }
	want := fmt.Sprintf(`NUMBER            NAME     MODE       BLOCKED  SINCE                EXPIRES
1001              Eve�[2J  all        17       %[1]s  
1002, and 2 more  Jo       voicemail  0        %[1]s  %[2]s
+1900…                     all        0        %[1]s  
hidden callers             voicemail  0        %[1]s  
all contacts               through    0        %[1]s  
`, day(0), day(time.Hour))
	require.Equal(t, outcome{stdout: want}, callward(profile, "", "blacklist", "list"))
	require.Equal(t, outcome{stdout: want}, callward(profile, "", "blacklist", "list", "--through"))
	require.Equal(t, []string{
		"blacklist list {Through:false Search: Order: Offset:0 Limit:20000}", "blacklist list {Through:true Search: Order: Offset:0 Limit:20000}",
	}, ph.Asked())
}

// TestBlacklistListIsWhole: it is asked for in parts.
func TestBlacklistListIsWhole(t *testing.T) {
	for _, n := range []int{listPart, 2*listPart + 1} {
		ph := &controltest.Phone{}
		for i := range n {
			ph.List = append(ph.List, phone.Entry{ID: phone.EntryID(fmt.Sprint(i))})
		}
		profile, _ := serve(t, ph)
		var all []control.Entry
		require.NoError(t, json.Unmarshal([]byte(callward(profile, "", "blacklist", "list", "--json").stdout), &all))
		require.Len(t, all, n)
		for i, e := range all {
			require.EqualValues(t, fmt.Sprint(i), e.ID)
		}
		require.Len(t, ph.Asked(), n/listPart+1)
	}
}

func TestBlacklistCheck(t *testing.T) {
	const blocked = "WHAT           VERDICT\ncall           blocked\nvoice message  blocked\ntext           blocked\ntrigger        blocked\n"
	const passes = "WHAT           VERDICT\ncall           let through\nvoice message  let through\ntext           let through\ntrigger        let through\n"
	voicemail := strings.Replace(blocked, "message  blocked", "message  let through", 1)
	since := started.Local().Format(time.DateOnly)
	verdict := func(e phone.Entry, received, number string) phone.Passage {
		return phone.Passage{Entry: e, Verdict: phone.Verdict{Mode: e.Mode, Kind: e.Kind, Row: 1, Header: "From", Received: received, Number: number}}
	}
	soon := verdict(guarded[3], "", "")
	soon.Until = started
	for _, tc := range []struct {
		found phone.Passage
		want  string
	}{
		{phone.Passage{}, passes + "No entry fits.\n"},
		{phone.Passage{Verdict: phone.Verdict{Received: "020 7946 0018", Number: "+442079460018"}}, passes + "No entry fits. 020 7946 0018 is +442079460018.\n"},
		{verdict(guarded[0], "1001", "1001"), blocked + "Block all communications: Eve�[2J, 1001, since " + since + ". 1001 is 1001.\n"},
		{verdict(guarded[1], "1003", "1003"), voicemail + "Block and Allow Voicemails: Jo, 1002, and 2 more, since " + since + ". 1003 is 1003.\n"},
		{verdict(guarded[2], "0019005550123", "+19005550123"), blocked + "Block all communications: +1900…, since " + since + ". 0019005550123 is +19005550123.\n"},
		{verdict(guarded[4], "1005", "1005"), passes + "Always let through: all contacts. 1005 is 1005.\n"},
		{soon, strings.Replace(passes, "trigger        let through", "trigger        blocked", 1) + "Block and Allow Voicemails: hidden callers, since " + since + ". Nothing is screened until " +
			started.Local().Format(time.DateTime) + ", since an emergency number was called.\n"},
	} {
		ph := &controltest.Phone{Found: tc.found}
		profile, _ := serve(t, ph)
		require.Equal(t, outcome{stdout: tc.want}, callward(profile, "", "blacklist", "check", `"Jo" <sip:1001@b>`))
		require.Equal(t, []string{`check "\"Jo\" <sip:1001@b>"`}, ph.Asked())
		got := callward(profile, "", "blacklist", "check", "1", "--json")
		var p control.Passage
		require.NoError(t, json.Unmarshal([]byte(got.stdout), &p))
		require.Equal(t, tc.found.Call(), p.Call)
		require.Equal(t, tc.found.Verdict.Mode, p.Verdict.Verdict)
	}
}
