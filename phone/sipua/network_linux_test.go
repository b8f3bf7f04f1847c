package sipua

import (
	"os"
	"os/exec"
	"testing"

	"github.com/callward/callward/phone"
	"github.com/stretchr/testify/require"
)

// TestFollowsTheNetwork runs itself in a network namespace of its own, where the
// way to the server, and so our address, can be changed.
func TestFollowsTheNetwork(t *testing.T) {
	const inside = "CALLWARD_TEST_NETWORK"
	if os.Getenv(inside) == "" {
		if exec.Command("unshare", "-rn", "true").Run() != nil {
			t.Skip("no network namespaces here")
		}
		cmd := exec.Command("unshare", "-rn", os.Args[0], "-test.run=^TestFollowsTheNetwork$", "-test.v")
		cmd.Env = append(os.Environ(), inside+"=1")
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, string(out))
		return
	}
	sh := func(command string) {
		out, err := exec.Command("sh", "-c", command).CombinedOutput()
		require.NoError(t, err, "%s: %s", command, out)
	}
	from := func(ip string) { sh("ip route replace table local local 192.0.2.1 dev lo src " + ip) }
	sh("ip link set lo up; for n in 1 7 8; do ip address add 192.0.2.$n/32 dev lo; done")
	for _, transport := range []phone.Transport{phone.UDP, phone.TCP} {
		t.Run(string(transport), func(t *testing.T) {
			from("192.0.2.7")
			server := newRegistrar(t, "192.0.2.1:0", nil)
			line := newTestLine(t, server.Addr(), func(cfg *EndpointConfig) { cfg.Account.Transport = transport })
			line.await(t, phone.Registered)
			require.Equal(t, server.next(t).Source(), line.e.contactAt().String())
			require.Equal(t, "192.0.2.7", line.e.localIP())

			from("192.0.2.8")
			line.await(t, phone.Registering)
			line.await(t, phone.Registered)
			require.Equal(t, "192.0.2.8", line.e.contactAt().Addr().String())
			require.Equal(t, "192.0.2.8", line.e.localIP())

			sh("ip route replace table local unreachable 192.0.2.1")
			line.failed(t, phone.CodeUnreachable, "no route to 192.0.2.1")
			from("192.0.2.8")
			line.await(t, phone.Registered)
		})
	}
}
