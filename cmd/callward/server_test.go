package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSplitServer(t *testing.T) {
	for _, tc := range []struct {
		text, host string
		port       int
		fails      string
	}{
		{"", "", 0, ""},
		{"pbx.example.org", "pbx.example.org", 0, ""},
		{"pbx.example.org:5070", "pbx.example.org", 5070, ""},
		{"192.0.2.1", "192.0.2.1", 0, ""},
		{"192.0.2.1:65535", "192.0.2.1", 65535, ""},
		{"[2001:db8::1]", "2001:db8::1", 0, ""},
		{"[2001:db8::1]:5061", "2001:db8::1", 5061, ""},
		{"2001:db8::1", "2001:db8::1", 0, ""},
		{"::1", "::1", 0, ""},
		{"fe80::1%eth0", "fe80::1%eth0", 0, ""},
		{"pbx:0", "", 0, "port"},
		{"pbx:65536", "", 0, "port"},
		{"pbx:", "", 0, "port"},
		{"pbx:sip", "", 0, "port"},
		{"pbx:+5060", "", 0, "port"},
		{"pbx:50:60", "", 0, "port"},
		{"[2001:db8::1]5060", "", 0, "port"},
		{":5060", "", 0, "host"},
		{"[]:5060", "", 0, "IPv6"},
		{"[192.0.2.1]:5060", "", 0, "IPv6"},
		{"[pbx]", "", 0, "IPv6"},
		{"[::1", "", 0, "IPv6"},
	} {
		host, port, err := splitServer(tc.text)
		if tc.fails != "" {
			require.ErrorContains(t, err, "--server", tc.text)
			require.ErrorContains(t, err, tc.fails, tc.text)
			continue
		}
		require.NoError(t, err, tc.text)
		require.Equal(t, tc.host, host, tc.text)
		require.Equal(t, tc.port, port, tc.text)
	}
}
