package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone/control/controltest"
)

func TestAccountAdd(t *testing.T) {
	here, err := os.Getwd()
	require.NoError(t, err)
	const bare = "account add {ID: Address:alice@example.org Server: Port:0 Proxy: AuthUser: DisplayName: Transport:udp Interval:0s " +
		"Country: DialPrefix: StripPrefix: CAFile: Default:false Voicemail:{After:0s Provider:false Status:0 Number:}}, password "
	for _, tc := range []struct{ name, line, stdin, asked string }{
		{"bare: stdin is left alone", "SIP:alice@example.org", "unread", bare + `"" false`},
		{
			"all", "alice@example.org --server [::1]:5070 --transport tls --auth-user u --display-name Alice --country GB --ca ca.pem " +
				"--proxy [::2]:5080 --interval 90 --dial-prefix 9 --strip-prefix 8 --default --password-stdin " +
				"--voicemail-after 30 --voicemail-provider --voicemail-status 480 --voicemail-number *97", "s3cret",
			"account add {ID: Address:alice@example.org Server:::1 Port:5070 Proxy:[::2]:5080 AuthUser:u DisplayName:Alice Transport:tls Interval:1m30s " +
				"Country:GB DialPrefix:9 StripPrefix:8 CAFile:" + filepath.Join(here, "ca.pem") + " Default:true " +
				`Voicemail:{After:30s Provider:true Status:480 Number:*97}}, password "s3cret" true`,
		},
		{"a newline is dropped", "alice@example.org --password-stdin", " s3cret\n", bare + `" s3cret" true`},
		{"a newline of Windows is dropped", "alice@example.org --password-stdin", "s3cret\r\n", bare + `"s3cret" true`},
		{"one newline is dropped", "alice@example.org --password-stdin", "s3cret\n\n", bare + `"s3cret\n" true`},
		{"a carriage return is kept", "alice@example.org --password-stdin", "s3cret\r", bare + `"s3cret\r" true`},
		{"an empty password is one", "alice@example.org --password-stdin", "", bare + `"" true`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			ph := &controltest.Phone{}
			profile, _ := serve(t, ph)
			require.Equal(t, outcome{}, callward(profile, tc.stdin, append([]string{"account", "add"}, strings.Fields(tc.line)...)...))
			require.Equal(t, []string{tc.asked}, ph.Asked())
		})
	}
}

func TestAccountAddRefusedHere(t *testing.T) {
	ph := &controltest.Phone{}
	profile, _ := serve(t, ph)
	got := callward(profile, "", "account", "add", "alice@example.org", "--server", "pbx:70000")
	require.Equal(t, exitUsage, got.code)
	require.Contains(t, got.stderr, "--server")
	got = callward(profile, strings.Repeat("x", maxPassword+1), "account", "add", "alice@example.org", "--password-stdin")
	require.Equal(t, exitFailed, got.code)
	require.NotContains(t, got.stderr, "xxx")
	require.Empty(t, ph.Asked())
}
