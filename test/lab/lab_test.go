// Package lab holds the program's tests against real peers: the program as it is built, worked by its own command line,
// with Kamailio, baresip and SIPp on the wire and PulseAudio as its sound. Nothing in between is made up.
package lab

import (
	"fmt"
	"net/netip"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/audio"
	"github.com/callward/callward/audio/spectrum"
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
	server = registrar.New(t, registrar.Options{Behind: behind})
	p = silentPhone(t)
	p.AddAccount(t, "registered", address("alice"), "secret", "--server", server.Addr().String())
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
	player, err := p.sound.Speak()
	require.NoError(t, err)
	tone := pulse.Tone(hz, 10000, 200*time.Millisecond)
	done := make(chan struct{})
	go func() { // ends with the player
		defer close(done)
		for player.Play(tone) == nil {
		}
	}()
	stop = func() {
		player.Stop()
		<-done
	}
	t.Cleanup(stop)
	return stop
}

// hears waits until the last second of a phone's speaker is a tone of hz.
func (p phone) hears(t *testing.T, hz float64) {
	t.Helper()
	p.until(t, fmt.Sprintf("a tone of %.0f Hz", hz), func(f audio.Frame) bool { return isTone(f, pulse.Rate, hz) })
}

// hearsNothing waits until the last second of a phone's speaker is silence.
func (p phone) hearsNothing(t *testing.T) {
	t.Helper()
	p.until(t, "silence", func(f audio.Frame) bool { return spectrum.RMS(f) < -60 })
}

func (p phone) until(t *testing.T, what string, is func(audio.Frame) bool) {
	t.Helper()
	speaker, err := p.sound.HearSpeaker()
	require.NoError(t, err)
	defer func() { require.NoError(t, speaker.Stop()) }()
	var last audio.Frame
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		if last = speaker.Last(time.Second); len(last) == pulse.Rate && is(last) {
			return
		}
	}
	require.Failf(t, "not heard", "%s was not heard: there is %.0f Hz at %.0f dB", what, spectrum.Dominant(last, pulse.Rate), spectrum.RMS(last))
}

// isTone tells whether f is a tone of hz, and little else. It hears in pieces: where a busy machine drops 10 ms of the
// sound, what follows is still the tone, though out of phase.
func isTone(f audio.Frame, rate int, hz float64) bool {
	return spectrum.RMS(f) > -30 && wholeness(f, rate, hz) > 0.9
}

// wholeness is the share of 20 ms pieces of f that hold the tone of hz and little else.
func wholeness(f audio.Frame, rate int, hz float64) float64 {
	piece := audio.Format{Rate: rate}.Samples(20)
	whole, pieces := 0, 0
	for ; len(f) >= piece; f = f[piece:] {
		pieces++
		if f := f[:piece]; spectrum.RMS(f) > -30 && spectrum.Goertzel(f, rate, hz) > 0.8*spectrum.Power(f) {
			whole++
		}
	}
	return float64(whole) / float64(max(1, pieces))
}
