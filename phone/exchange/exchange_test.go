package exchange_test

import (
	"fmt"
	"net"
	"net/netip"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/phone"
	"github.com/callward/callward/phone/exchange"
)

func TestThePasswordIsAskedFor(t *testing.T) {
	x := exchange.New(nil)
	acc, password, err := x.Start(t.Context())
	require.NoError(t, err)
	defer func() { require.NoError(t, x.Stop()) }()
	require.Equal(t, phone.PracticeAccount, acc.ID)
	require.Equal(t, phone.AccountVoicemail{After: phone.UsualAfter}, acc.Voicemail, "the answering machine can be practised with")
	h := newHandset(t, acc, phone.NewSecret(password.Reveal()+"x"))
	require.Equal(t, phone.CodeAuth, phone.CodeOf(h.await(t, phone.Failed)))
	h.agent.Open(acc, password)
	require.NoError(t, h.await(t, phone.Registered))
}

func TestStartAndStop(t *testing.T) {
	x := exchange.New(nil)
	require.NoError(t, x.Stop())
	acc, password, err := x.Start(t.Context())
	require.NoError(t, err)
	again, same, err := x.Start(t.Context())
	require.NoError(t, err)
	require.Equal(t, acc, again)
	require.Equal(t, password, same)
	require.NoError(t, x.Stop())
	_, other, err := x.Start(t.Context())
	require.NoError(t, err)
	require.NotEqual(t, password, other)
	require.NoError(t, x.Stop())
	require.NoError(t, x.Stop())
}

func TestStopEndsTheCalls(t *testing.T) {
	x, h := start(t)
	called := h.dial("600")
	await[phone.MediaAgreed](t, called)
	calling := ringing(t, x, h, "jo")
	began := time.Now()
	require.NoError(t, x.Stop())
	require.Less(t, time.Since(began), 2500*time.Millisecond)
	require.Equal(t, phone.EndRemote, await[phone.DialogEnded](t, called).Cause)
	require.Equal(t, phone.EndCancelled, await[phone.DialogEnded](t, calling).Cause)
}

// A phone that is gone without un-registering is not waited for.
func TestStopWithADeadPhone(t *testing.T) {
	x := exchange.New(nil)
	acc, password, err := x.Start(t.Context())
	require.NoError(t, err)
	h := newHandset(t, acc, password)
	require.NoError(t, h.await(t, phone.Registered))
	ringing(t, x, h, "jo")
	began := time.Now()
	require.NoError(t, h.agent.Close())
	require.NoError(t, x.Stop())
	require.Less(t, time.Since(began), 5*time.Second)
}

func TestOneAddressIsServed(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("127.0.0.2 is an address of its own on Linux alone")
	}
	x := exchange.New(nil)
	acc, _, err := x.Start(t.Context())
	require.NoError(t, err)
	defer func() { require.NoError(t, x.Stop()) }()
	require.Equal(t, "127.0.0.1", acc.Server)

	_, err = net.Dial("tcp", fmt.Sprintf("127.0.0.2:%d", acc.Port))
	require.Error(t, err, "it listens on 127.0.0.1 alone")

	for from, status := range map[string]string{"127.0.0.2": "403", "127.0.0.1": "401"} {
		for _, method := range []string{"REGISTER", "INVITE", "MESSAGE"} {
			if from == "127.0.0.1" && method != "REGISTER" {
				status = "407"
			}
			answer := ask(t, from, acc, method)
			require.True(t, strings.HasPrefix(answer, "SIP/2.0 "+status), "%s from %s: %s", method, from, answer)
		}
	}
}

// ask sends a request from an address and returns the first answer but 100.
func ask(t *testing.T, from string, acc phone.Account, method string) string {
	t.Helper()
	local := net.UDPAddrFromAddrPort(netip.AddrPortFrom(netip.MustParseAddr(from), 0))
	conn, err := net.DialUDP("udp4", local, &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: acc.Port})
	require.NoError(t, err)
	defer func() { require.NoError(t, conn.Close()) }()
	_, err = fmt.Fprintf(conn, strings.ReplaceAll(`%[1]s sip:600@practice.invalid SIP/2.0
Via: SIP/2.0/UDP %[2]s;branch=z9hG4bK%[1]s;rport
From: <sip:1001@practice.invalid>;tag=1
To: <sip:1001@practice.invalid>
Call-ID: %[1]s%[2]s
CSeq: 1 %[1]s
Contact: <sip:1001@%[2]s>
Max-Forwards: 70
Content-Length: 0

`, "\n", "\r\n"), method, conn.LocalAddr())
	require.NoError(t, err)
	require.NoError(t, conn.SetReadDeadline(time.Now().Add(soon)))
	for {
		var buf [2048]byte
		n, err := conn.Read(buf[:])
		require.NoError(t, err)
		if answer := string(buf[:n]); !strings.HasPrefix(answer, "SIP/2.0 100") {
			return answer
		}
	}
}
