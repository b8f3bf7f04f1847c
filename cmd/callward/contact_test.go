package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/control/controltest"
)

func TestContactAdd(t *testing.T) {
	ph := &controltest.Phone{}
	profile, _ := serve(t, ph)
	require.Equal(t, outcome{}, callward(profile, "", "contact", "add", "Jo Lee", "020 7946 0018", "jo@example.org", "--company", "Lee & Sons"))
	require.Equal(t, []string{
		"contact add {ID: Name:Jo Lee Company:Lee & Sons Note: Numbers:[{Label: Text:020 7946 0018 Number:} {Label: Text:jo@example.org Number:}] Picture:[]}",
	}, ph.Asked())
	got := callward(profile, "", "contact", "add", "Jo", "1001", "--json")
	require.JSONEq(t, `{"id":"c1","name":"Jo","company":"","numbers":[{"label":"","text":"1001","number":""}]}`, got.stdout)
}

func TestContactList(t *testing.T) {
	ph := &controltest.Phone{Book: []phone.Contact{
		{ID: "c1", Name: "Jo\tLee", Company: "Lee & Sons", Numbers: []phone.ContactNumber{
			{Label: "work", Text: "020 7946 0018", Number: "+442079460018"}, {Text: "jo@example.org", Number: "jo@example.org"},
		}},
		{ID: "c2", Company: "Nobody"},
	}}
	profile, _ := serve(t, ph)
	require.Equal(t, outcome{stdout: "NAME    COMPANY     NUMBERS                             ID\n" +
		"Jo�Lee  Lee & Sons  work 020 7946 0018, jo@example.org  c1\n" +
		"        Nobody                                          c2\n"}, callward(profile, "", "contact", "list"))
	require.Equal(t, exitDone, callward(profile, "", "contact", "list", "--search", "jo lee").code)
	require.Equal(t, []string{`contacts "" 0`, `contacts "jo lee" 0`}, ph.Asked())
	require.JSONEq(t, `[{"id":"c1","name":"Jo\tLee","company":"Lee & Sons","numbers":[{"label":"work","text":"020 7946 0018","number":"+442079460018"},
		{"label":"","text":"jo@example.org","number":"jo@example.org"}]},{"id":"c2","name":"","company":"Nobody","numbers":[]}]`,
		callward(profile, "", "contact", "list", "--json").stdout)
}

func TestScreening(t *testing.T) {
	verdict := phone.Verdict{Mode: phone.BlockAll, Kind: phone.KindNumber, Header: "P-Asserted-Identity", Received: "02079460018", Number: "+442079460018"}
	ph := &controltest.Phone{Log: []phone.Screened{
		{Time: started, Kind: phone.ScreenedText, Number: "+442079460018", Name: "Eve\x1b", Account: "a@b", Verdict: verdict, EntryName: "Jo", Text: "Hi."},
		{Time: started, Kind: phone.ScreenedCall, Verdict: phone.Verdict{Mode: phone.AllowVoicemails, Kind: phone.KindHidden, Header: "From"}},
	}}
	profile, _ := serve(t, ph)
	got := callward(profile, "", "screening")
	require.Equal(t, exitDone, got.code)
	for _, want := range []string{
		"WHEN                 NUMBER         NAME  KIND  VERDICT    ENTRY   HEADER               RECEIVED     NORMALISED\n",
		"  +442079460018  Eve�  text  all        Jo      P-Asserted-Identity  02079460018  +442079460018\n",
		"  hidden               call  voicemail  hidden  From",
	} {
		require.Contains(t, got.stdout, want)
	}
	got = callward(profile, "", "screening", "--json")
	require.JSONEq(t, `[{"when":"2026-03-02T10:41:07.250Z","number":"+442079460018","name":"Eve\u001b","kind":"text","verdict":"all","header":"P-Asserted-Identity",
		"received":"02079460018","normalised":"+442079460018","entry":"Jo","account":"a@b","text":"Hi."},
		{"when":"2026-03-02T10:41:07.250Z","number":"","name":"","kind":"call","verdict":"voicemail","header":"From","received":"","normalised":"",
		"entry":"hidden","account":"","text":""}]`, got.stdout)
	require.Equal(t, []string{"screening 100", "screening 0"}, ph.Asked())
}
