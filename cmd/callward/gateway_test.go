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

func gatewayPhone() *controltest.Phone {
	return &controltest.Phone{Now: phone.Snapshot{Gateways: []phone.GatewayStatus{
		{Gateway: phone.Gateway{ID: "g1", Name: "Twilio", Kind: phone.TwilioGateway, Number: "+442079460000", Poll: 10 * time.Second}, Fault: "Wrong token."},
		{Gateway: phone.Gateway{ID: "g2", Name: "Office", Kind: phone.HTTPGateway, Number: "+442079460001"}},
	}}}
}

func TestGatewayAdd(t *testing.T) {
	here, err := os.Getwd()
	require.NoError(t, err)
	for _, tc := range []struct {
		args         []string
		stdin, asked string
	}{
		{
			[]string{"add-twilio", "Mine", "--number", "+442079460000", "--user", "AC1"},
			"unread",
			`{ID: Name:Mine Kind:twilio Number:+442079460000 Country: User:AC1 URL: Method: Headers: Body: Reference: CAFile: Poll:10s}, secret "" false`,
		},
		{
			[]string{
				"add-twilio", "twilio", "--number", "020", "--country", "GB", "--user", "AC1", "--poll", "0s", "--url", "https://localhost", "--ca", "ca.pem",
				"--secret-stdin",
			},
			"s3cret\n",
			`{ID:g1 Name:twilio Kind:twilio Number:020 Country:GB User:AC1 URL:https://localhost Method: Headers: Body: Reference: CAFile:` +
				filepath.Join(here, "ca.pem") + ` Poll:0s}, secret "s3cret" true`,
		},
		{
			[]string{
				"add-http", "Mine", "--number", "+442079460000", "--url", "https://x/{to}", "--method", "PUT", "--header", "A: {secret}, b", "--header", "C: d",
				"--body", `{"to": "{to}"}`, "--reference", "id", "--user", "u", "--secret-stdin",
			},
			"s3cret",
			`{ID: Name:Mine Kind:http Number:+442079460000 Country: User:u URL:https://x/{to} Method:PUT Headers:A: {secret}, b` + "\n" +
				`C: d Body:{"to": "{to}"} Reference:id CAFile: Poll:0s}, secret "s3cret" true`,
		},
	} {
		ph := gatewayPhone()
		profile, _ := serve(t, ph)
		require.Equal(t, outcome{}, callward(profile, tc.stdin, append([]string{"gateway"}, tc.args...)...), tc.args)
		require.Equal(t, []string{"gateway list", "gateway save " + tc.asked}, ph.Asked())
	}
}

func TestGatewayCommands(t *testing.T) {
	ph := gatewayPhone()
	profile, _ := serve(t, ph)
	require.Equal(t, outcome{stdout: "" +
		"GATEWAY  KIND    NUMBER         POLLED  FAULT\n" +
		"Twilio   twilio  +442079460000  10s     Wrong token.\n" +
		"Office   http    +442079460001  never   \n"}, callward(profile, "", "gateway", "list"))
	require.Contains(t, callward(profile, "", "gateway", "list", "--json").stdout, `[{"id":"g1","name":"Twilio","kind":"twilio"`)
	require.Equal(t, outcome{}, callward(profile, "", "gateway", "remove", "office"))
	require.Equal(t, outcome{stdout: "t9\n"}, callward(profile, "", "gateway", "test", "Twilio", "020"))
	require.Equal(t, []string{"gateway list", "gateway list", "gateway list", "gateway remove g2", "gateway list", `gateway test g1 "020"`}, ph.Asked())
	require.Contains(t, callward(profile, "", "status").stdout, "\nGateway Twilio: Wrong token.\n")
	got := callward(profile, "", "gateway", "remove", "Mine")
	require.Equal(t, outcome{code: exitFailed, stderr: "callward: There is no gateway Mine.\n"}, got)
}
