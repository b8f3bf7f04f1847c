package phone_test

import (
	"encoding/pem"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
)

func TestCheckRefusesWithTheFieldsName(t *testing.T) {
	noPEM := filepath.Join(t.TempDir(), "no.pem")
	require.NoError(t, os.WriteFile(noPEM, []byte("not a certificate"), 0o600))
	endless := filepath.Join(t.TempDir(), "endless.pem") // sparse, and more than memory holds
	require.NoError(t, os.WriteFile(endless, nil, 0o600))
	require.NoError(t, os.Truncate(endless, 1<<40))
	tests := []struct {
		field  string
		change func(a *phone.Account)
	}{
		{"address", func(a *phone.Account) { a.Address = "" }},
		{"address", func(a *phone.Account) { a.Address = "alice" }},
		{"address", func(a *phone.Account) { a.Address = "1001@practice.invalid" }},
		{"address", func(a *phone.Account) { a.Address = "@pbx.example" }},
		{"address", func(a *phone.Account) { a.Address = "alice@" }},
		{"address", func(a *phone.Account) { a.Address = "al ice@pbx.example" }},
		{"address", func(a *phone.Account) { a.Address = "alice@pbx.example;transport=tcp" }},
		{"address", func(a *phone.Account) { a.Address = "alice@pbx.example:5060" }},
		{"address", func(a *phone.Account) { a.Address = "alice:secret@pbx.example" }},
		{"address", func(a *phone.Account) { a.Address = "alice@bob@pbx.example" }},
		{"address", func(a *phone.Account) { a.Address = "alice\r\nX: y@pbx.example" }},
		{"address", func(a *phone.Account) { a.Address = "alice@pbx.example\r\nX: y" }},
		{"address", func(a *phone.Account) { a.Address = "alice@-pbx.example" }},
		{"address", func(a *phone.Account) { a.Address = "alice@pbx..example" }},
		{"address", func(a *phone.Account) { a.Address = "alice@" + strings.Repeat("x", 64) }},
		{"address", func(a *phone.Account) { a.Address = strings.Repeat("x", 129) + "@pbx.example" }},
		{"server", func(a *phone.Account) { a.Server = "sip.example:5060" }},
		{"server", func(a *phone.Account) { a.Server = "no such" }},
		{"server", func(a *phone.Account) { a.Server = "sip.example٣" }},
		{"port", func(a *phone.Account) { a.Port = -1 }},
		{"port", func(a *phone.Account) { a.Port = 65536 }},
		{"proxy", func(a *phone.Account) { a.Proxy = "proxy:" }},
		{"proxy", func(a *phone.Account) { a.Proxy = "proxy:99999" }},
		{"proxy", func(a *phone.Account) { a.Proxy = ":5060" }},
		{"proxy", func(a *phone.Account) { a.Proxy = "[::1]x" }},
		{"auth-user", func(a *phone.Account) { a.AuthUser = "a\nb" }},
		{"display-name", func(a *phone.Account) { a.DisplayName = "a\r\nb" }},
		{"display-name", func(a *phone.Account) { a.DisplayName = strings.Repeat("x", 129) }},
		{"transport", func(a *phone.Account) { a.Transport = "sctp" }},
		{"interval", func(a *phone.Account) { a.Interval = 9 * time.Second }},
		{"interval", func(a *phone.Account) { a.Interval = 25 * time.Hour }},
		{"interval", func(a *phone.Account) { a.Interval = -1 }},
		{"country", func(a *phone.Account) { a.Country = "XX" }},
		{"dial-prefix", func(a *phone.Account) { a.DialPrefix = "9a" }},
		{"dial-prefix", func(a *phone.Account) { a.DialPrefix = "123456789" }},
		{"strip-prefix", func(a *phone.Account) { a.StripPrefix = "+" }},
		{"voicemail-after", func(a *phone.Account) { a.Voicemail.After = 4 * time.Second }},
		{"voicemail-after", func(a *phone.Account) { a.Voicemail.After = 121 * time.Second }},
		{"voicemail-after", func(a *phone.Account) { a.Voicemail.After = -25 * time.Second }},
		{"voicemail-status", func(a *phone.Account) { a.Voicemail.Status = 603 }},
		{"voicemail-number", func(a *phone.Account) { a.Voicemail.Number = "*97\r\nX: y" }},
		{"voicemail-number", func(a *phone.Account) { a.Voicemail.Number = strings.Repeat("1", 129) }},
		{"voicemail-number", func(a *phone.Account) { a.Voicemail.Number = "a bad one" }},
		{"ca", func(a *phone.Account) { a.CAFile = noPEM }},
		{"ca", func(a *phone.Account) { a.CAFile = noPEM + ".none" }},
		{"ca", func(a *phone.Account) { a.CAFile = t.TempDir() }},
		{"ca", func(a *phone.Account) { a.CAFile = endless }},
	}
	for i, test := range tests {
		t.Run(fmt.Sprintf("%s %d", test.field, i), func(t *testing.T) {
			acc := phone.Account{Address: "bob@pbx.example"}
			test.change(&acc)
			err := acc.Check(&fakeNumbers{})
			fails(t, phone.CodeInvalid, err)
			var e *phone.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, test.field, e.Field)
			require.Contains(t, phone.Sentence(err), "should", "says what it should be")
		})
	}
}

func TestCheckTakesWhatIsRightAndMakesItUsual(t *testing.T) {
	server := httptest.NewTLSServer(nil)
	defer server.Close()
	ca := filepath.Join(t.TempDir(), "ca.pem")
	require.NoError(t, os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o600))
	tests := map[string]struct{ in, out phone.Account }{
		"bare": {phone.Account{Address: "bob@pbx.example"}, phone.Account{Address: "bob@pbx.example", Transport: phone.UDP}},
		"scheme, blanks and capitals": {
			phone.Account{Address: " SIP:Bob@PBX.Example ", Transport: "TLS", Country: " gb"},
			phone.Account{Address: "Bob@pbx.example", Transport: phone.TLS, Country: "GB"},
		},
		"IPv6": {
			phone.Account{Address: "bob@[::1]", Server: "[2001:db8::1]", Proxy: "[::1]:5070"},
			phone.Account{Address: "bob@[::1]", Server: "2001:db8::1", Proxy: "[::1]:5070", Transport: phone.UDP},
		},
		"everything": {
			phone.Account{
				Address: "sips:+44.20-7_9@a-b.c_d.", Server: "127.0.0.1", Port: 65535, Proxy: "p.example:1", AuthUser: "käthe", DisplayName: "Bob “B” O'Neill",
				Transport: "tcp", Interval: 10 * time.Second, Country: "DE", DialPrefix: "*9#", StripPrefix: "00000000", CAFile: ca, Default: true,
				Voicemail: phone.AccountVoicemail{After: 5 * time.Second, Provider: true, Status: 480, Number: " *97 "},
			},
			phone.Account{
				Address: "+44.20-7_9@a-b.c_d.", Server: "127.0.0.1", Port: 65535, Proxy: "p.example:1", AuthUser: "käthe", DisplayName: "Bob “B” O'Neill",
				Transport: phone.TCP, Interval: 10 * time.Second, Country: "DE", DialPrefix: "*9#", StripPrefix: "00000000", CAFile: ca, Default: true,
				Voicemail: phone.AccountVoicemail{After: 5 * time.Second, Provider: true, Status: 480, Number: "*97"},
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			acc := test.in
			require.NoError(t, acc.Check(&fakeNumbers{}))
			require.Equal(t, test.out, acc)
		})
	}
}
