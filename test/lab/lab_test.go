// Package lab holds the program's tests against real peers: the program as it is built, worked by its own command line,
// with Kamailio, baresip and SIPp on the wire and PulseAudio as its sound. Nothing in between is made up.
package lab

import (
	"net/netip"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/kamailio"
	"github.com/callward/callward/test/pulse"
	"github.com/callward/callward/test/registrar"
)

// patience is how long anything may take that happens at once when all is well.
const patience = 15 * time.Second

// soak tells whether soaks and kill tests are run whole, and not a tenth of them.
var soak = os.Getenv("CALLWARD_SOAK") != ""

func TestMain(m *testing.M) { os.Exit(callward.Main(m.Run)) }

// tenth is n in a soak, and a tenth of it otherwise.
func tenth(n int) int {
	if soak {
		return n
	}
	return n / 10
}

// phone is the program with a sound server of its own.
type phone struct {
	*callward.Program
	sound *pulse.Server
}

func newPhone(t *testing.T) phone {
	t.Helper()
	return newPhoneOf(t, callward.Binary)
}

// newPhoneOf is a phone of a binary other than the one that TestMain built.
func newPhoneOf(t *testing.T, binary string) phone {
	t.Helper()
	sound, err := pulse.Start(t.TempDir())
	require.NoError(t, err)
	t.Cleanup(func() { _ = sound.Stop() })
	return phone{callward.New(t, callward.Options{Binary: binary, Sound: sound.Vars()}), sound}
}

// silentPhone is the program on a machine with no sound.
func silentPhone(t *testing.T) *callward.Program {
	t.Helper()
	return callward.New(t, callward.Options{})
}

// users of the labs' servers, and their passwords.
var users = map[string]string{"1001": "one", "1002": "two", "1003": "three"}

// address is a user's SIP address.
func address(user string) string { return user + "@127.0.0.1" }

// register adds the account of a user of server and waits until it is registered.
func register(t *testing.T, p *callward.Program, server *kamailio.Server, user, transport string, flags ...string) {
	t.Helper()
	flags = append([]string{"--server", server.Address(transport), "--transport", transport}, flags...)
	p.AddAccount(t, "registered", address(user), users[user], flags...)
}

// registered is a phone with no sound, registered with a server whose calls come from behind it, and where it is called directly.
func registered(t *testing.T, behind netip.AddrPort) (p *callward.Program, server *registrar.Server, contact string) {
	t.Helper()
	return registeredOf(t, behind, callward.Options{})
}

// registeredOf is a phone like that of registered, started with options of its own.
func registeredOf(t *testing.T, behind netip.AddrPort, o callward.Options) (p *callward.Program, server *registrar.Server, contact string) {
	t.Helper()
	return registeredAs(t, behind, o)
}

// registeredAs is the same, with more flags for its account.
func registeredAs(t *testing.T, behind netip.AddrPort, o callward.Options, flags ...string) (p *callward.Program, server *registrar.Server, contact string) {
	t.Helper()
	server = registrar.New(t, registrar.Options{Behind: behind})
	p = callward.New(t, o)
	p.AddAccount(t, "registered", address("alice"), "secret", append(flags, "--server", server.Addr().String())...)
	contact, err := server.Contact(patience)
	require.NoError(t, err)
	return p, server, contact
}

// split takes a contact such as sip:user@127.0.0.1:5060 apart.
func split(t *testing.T, contact string) (user string, at netip.AddrPort) {
	t.Helper()
	user, host, _ := strings.Cut(strings.TrimPrefix(contact, "sip:"), "@")
	host, _, _ = strings.Cut(host, ";")
	at, err := netip.ParseAddrPort(host)
	require.NoError(t, err, contact)
	return user, at
}

// say plays a tone into a phone's microphone until t ends or stop is called. hz is a multiple of 5.
func (p phone) say(t *testing.T, hz float64) (stop func()) {
	t.Helper()
	return p.sound.Say(t, hz)
}

// hears waits until the last second of a phone's speaker is a tone of hz.
func (p phone) hears(t *testing.T, hz float64) {
	t.Helper()
	p.sound.Hears(t, hz)
}

// hearsNothing waits until the last second of a phone's speaker is silence.
func (p phone) hearsNothing(t *testing.T) {
	t.Helper()
	p.sound.HearsNothing(t)
}
