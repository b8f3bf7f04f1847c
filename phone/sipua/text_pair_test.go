package sipua

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/callward/callward/phone"
	"github.com/stretchr/testify/require"
)

const said = "Grüße 👩‍👩‍👧 مرحبا\n\tline two"

func TestTextsBothWays(t *testing.T) {
	for _, transport := range []phone.Transport{phone.UDP, phone.TCP, phone.TLS} {
		t.Run(string(transport), func(t *testing.T) {
			server := newRelay(t)
			change := func(acc *phone.Account) { acc.Transport = transport }
			if transport == phone.TLS {
				ca := newAuthority(t)
				addr := serveTLS(t, server.registrar, &tls.Config{Certificates: []tls.Certificate{ca.issue(t, func(c *x509.Certificate) { c.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)} })}})
				change = func(acc *phone.Account) {
					acc.Transport, acc.Port, acc.CAFile = phone.TLS, int(addr.Port()), ca.file
				}
			}
			alice, bob := newWriter(t, server.registrar, "alice", change), newWriter(t, server.registrar, "bob", change)
			for _, way := range [][2]*writer{{alice, bob}, {bob, alice}} {
				from, to := way[0], way[1]
				for _, notes := range []bool{false, true} {
					came := from.send(nameOf(to), phone.OutgoingText{
						CallID: unguessable(), CSeq: 3, MessageID: "text-1", Body: said, Time: time.Now(), Notes: notes,
					})
					in := to.next()
					require.Equal(t, said, in.Text)
					require.Equal(t, phone.KindText, in.Kind)
					require.Equal(t, nameOf(from), in.Caller.Claims[0].User)
					require.Equal(t, "id:"+from.acc.Address+" text-1", in.Origin)
					require.Equal(t, notes, in.Features.Notes)
					require.Equal(t, notes, in.MessageID == "text-1")
					require.False(t, in.Automatic)
					in.Answer(200)
					r := result(t, came)
					require.NoError(t, r.Err)
					require.Equal(t, 200, r.Status)
					require.EqualValues(t, 3, r.CSeq)
					require.True(t, r.Known)
					require.Equal(t, phone.TextFeatures{Notes: true, Composing: true}, r.Features)
				}
			}
		})
	}
}

func nameOf(x *writer) string {
	user, _, _ := strings.Cut(x.acc.Address, "@")
	return user
}

func TestDeliveryNotesAndTyping(t *testing.T) {
	server := newRelay(t)
	alice, bob := newWriter(t, server.registrar, "alice", nil), newWriter(t, server.registrar, "bob", nil)
	sent := bob.send("alice", phone.OutgoingText{Kind: phone.KindNote, MessageID: "text-1<&", Time: time.Now()})
	in := alice.next()
	require.Equal(t, phone.KindNote, in.Kind)
	require.Equal(t, "text-1<&", in.MessageID)
	require.Equal(t, phone.TextDelivered, in.Note)
	require.Empty(t, in.Text)
	in.Answer(200)
	require.Equal(t, 200, result(t, sent).Status)

	for _, typing := range []bool{true, false} {
		sent = bob.send("alice", phone.OutgoingText{Kind: phone.KindComposing, Composing: typing})
		in = alice.next()
		require.Equal(t, phone.KindComposing, in.Kind)
		require.Equal(t, typing, in.Composing)
		require.Equal(t, usualRefresh, in.Refresh)
		require.True(t, in.Features.Composing)
		in.Answer(200)
		require.Equal(t, 200, result(t, sent).Status)
	}
}

func TestLongTextsGoByTCP(t *testing.T) {
	server := newRelay(t)
	alice, bob := newWriter(t, server.registrar, "alice", nil), newWriter(t, server.registrar, "bob", nil)
	for _, size := range []int{1300, 60_000, phone.MaxText} {
		long := strings.Repeat("x", size)
		came := alice.send("bob", phone.OutgoingText{MessageID: "long", Body: long, Notes: true})
		in := bob.next()
		require.Equal(t, long, in.Text)
		in.Answer(200)
		require.Equal(t, 200, result(t, came).Status)
		require.Equal(t, "TCP", server.message(t).Transport())
	}
	for _, size := range []int{phone.MaxText + 1, maxMessage + 1} {
		r := result(t, alice.send("bob", phone.OutgoingText{MessageID: "too long", Body: strings.Repeat("x", size)}))
		require.Equal(t, 413, r.Status, "%d: %v", size, r.Err)
		require.Empty(t, bob.texts)
	}
}

func TestLongTextsGoByUDPWhereTCPIsRefused(t *testing.T) {
	server := newRelay(t)
	require.NoError(t, server.sock.tcp.Close())
	alice := newWriter(t, server.registrar, "alice", nil)
	long := strings.Repeat("x", 20_000)
	r := result(t, alice.send("nobody", phone.OutgoingText{MessageID: "long", Body: long}))
	require.Equal(t, 480, r.Status)
	came := server.message(t)
	require.Equal(t, "UDP", came.Transport())
	require.Equal(t, long, string(came.Body()))
}
