package lab

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/kamailio"
	"github.com/callward/callward/test/measure"
	"github.com/callward/callward/test/netns"
	"github.com/callward/callward/test/proc"
	"github.com/callward/callward/test/registrar"
)

// TestServersByName finds the servers of a domain by DNS SRV, tries them in order of priority, and goes on to the next
// where one does not answer (RFC 3263, 4).
func TestServersByName(t *testing.T) {
	t.Parallel()
	near, far := netns.New(t)
	require.NoError(t, near.AddAddress("10.77.0.2/24"))
	require.NoError(t, far.AddAddress("10.77.0.1/24"))
	server := kamailio.New(t, kamailio.Options{Users: users, Host: "10.77.0.1", Shell: far.Shell()})

	zone := filepath.Join(t.TempDir(), "zone")
	require.NoError(t, os.WriteFile(zone, fmt.Appendf(nil, `
_sip._udp.example.lab. 60 IN SRV 20 0 %d second.example.lab.
_sip._udp.example.lab. 60 IN SRV 10 0 9 first.example.lab.
first.example.lab.     60 IN A   10.77.0.1
second.example.lab.    60 IN A   10.77.0.1
plain.lab.             60 IN A   10.77.0.1
`, server.Port), 0o600))
	binary := filepath.Join(t.TempDir(), "nameserver")
	out, err := exec.Command("go", "build", "-o", binary, "github.com/callward/callward/test/nameserver").CombinedOutput()
	require.NoError(t, err, string(out))
	args := append(append([]string(nil), far.Shell()...), binary, "10.77.0.1:53", zone)
	proc.New(t, "nameserver", exec.Command(args[0], args[1:]...)).Until(t, 0, "^ready$", patience)
	require.NoError(t, near.SetNameserver("10.77.0.1"))

	p := callward.New(t, callward.Options{Shell: near.Shell()})
	for _, tc := range []struct {
		name, address string
		flags         []string
	}{
		{"the second of two servers", "1001@example.lab", nil},
		{"an address record and a port", "1001@plain.lab", []string{"--server", fmt.Sprintf("plain.lab:%d", server.Port)}},
	} {
		mark := p.Mark()
		args := append([]string{"account", "add", tc.address, "--password-stdin"}, tc.flags...)
		_, err := p.Do(users["1001"]+"\n", args...)
		require.NoError(t, err, tc.name)
		p.UntilAccount(t, mark, tc.address, "registered", time.Minute)
	}
}

// TestIPv6 has an account whose server is an IPv6 address.
func TestIPv6(t *testing.T) {
	server := registrar.New(t, registrar.Options{Address: "[::1]:0"})
	p := silentPhone(t)
	p.AddAccount(t, "registered", "alice@[::1]", "secret", "--server", server.Addr().String())
	contact, err := server.Contact(patience)
	require.NoError(t, err)
	require.Contains(t, contact, "@[::1]:")
	probe, err := measure.NewProbe(contact)
	require.NoError(t, err)
	defer probe.Close()
	_, err = probe.Call(p.AnswerNext)
	require.NoError(t, err)
}
