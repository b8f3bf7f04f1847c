package lab

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/callward/callward/test/callward"
	"github.com/callward/callward/test/kamailio"
	"github.com/callward/callward/test/registrar"
	"github.com/callward/callward/test/relay"
	"github.com/callward/callward/test/wire"
)

func TestDigest(t *testing.T) {
	t.Parallel()
	for _, o := range []kamailio.Options{
		{Algorithm: "MD5", QOP: "auth"},
		{Algorithm: "MD5", QOP: "none"},
		{Algorithm: "SHA-256", QOP: "auth"},
		{Algorithm: "SHA-256", QOP: "none"},
	} {
		t.Run(o.Algorithm+" "+o.QOP, func(t *testing.T) {
			o.Users = users
			server := kamailio.New(t, o)
			register(t, silentPhone(t), server, "1001", "udp")
		})
	}
}

// TestDigestOfAll has all ways to authenticate that we know checked by the rule of RFC 7616, 3.4.1.
func TestDigestOfAll(t *testing.T) {
	p := silentPhone(t)
	for _, algorithm := range []string{"MD5", "SHA-256"} {
		for _, qop := range []string{"", "auth", "auth-int", "auth,auth-int"} {
			t.Run(algorithm+" "+qop, func(t *testing.T) {
				server := registrar.New(t, registrar.Options{Policy: registrar.Authenticate("alice", "secret", algorithm, qop)})
				p.AddAccount(t, "registered", address("alice"), "secret", "--server", server.Addr().String())
				require.Len(t, server.Registers(), 2)
			})
		}
	}
}

// TestWrongPassword shows that credentials that were refused are not sent again: repeats get a whole office banned.
func TestWrongPassword(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]kamailio.Options{"forbidden": {Forbid: true}, "challenged again": {}} {
		t.Run(name, func(t *testing.T) {
			o.Users = users
			server := kamailio.New(t, o)
			p := silentPhone(t)
			failed := p.AddAccount(t, "failed", address("1001"), "wrong", "--server", server.Address("udp"))
			require.Contains(t, failed.Reason, "password")

			before := server.Requests("REGISTER")
			require.Equal(t, 2, before, "one without credentials, one with them")
			// The first of the retries that other failures get would come after 2 s.
			time.Sleep(5 * time.Second)
			require.Equal(t, before, server.Requests("REGISTER"))
			require.Equal(t, "failed", p.State(t).Accounts[0].State)

			p.AddAccount(t, "registered", address("1001"), users["1001"], "--server", server.Address("udp"))
		})
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name   string
		policy registrar.Policy
		state  string
		reason string
	}{
		{"unknown user", registrar.Refuse(404, "Not Found"), "failed", "user"},
		{"interval too brief", registrar.In(registrar.Refuse(423, "Interval Too Brief", "Min-Expires: 1800"), registrar.Accept), "registered", ""},
		{"a failure that passes", registrar.In(registrar.Refuse(503, "Service Unavailable"), registrar.Accept), "registered", ""},
		{
			"several challenges, and a nonce that is stale", registrar.In(
				registrar.Refuse(401, "Unauthorized", `WWW-Authenticate: Digest realm="lab", nonce="a", algorithm=AKAv1-MD5`,
					`WWW-Authenticate: Digest realm="lab", nonce="b", qop="auth"`, `WWW-Authenticate: Digest realm="lab", nonce="c", algorithm=SHA-256, qop="auth"`),
				registrar.Refuse(401, "Unauthorized", `WWW-Authenticate: Digest realm="lab", nonce="d", algorithm=SHA-256, qop="auth", stale=true`),
				registrar.Accept), "registered", "",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			server := registrar.New(t, registrar.Options{Policy: tc.policy})
			p := silentPhone(t)
			account := p.AddAccount(t, tc.state, address("alice"), "secret", "--server", server.Addr().String())
			require.Contains(t, account.Reason, tc.reason)
			for n, r := range server.Registers() {
				if authorization := r.Get("Authorization"); authorization != "" {
					require.Contains(t, authorization, "SHA-256", "REGISTER %d", n+1)
				}
			}
		})
	}
}

func TestServerNotFound(t *testing.T) {
	p := silentPhone(t)
	failed := p.AddAccount(t, "failed", "alice@nowhere.invalid", "secret")
	require.Contains(t, failed.Reason, "nowhere.invalid")
}

func TestCertificateNotTrusted(t *testing.T) {
	server, ca := newServer(t, kamailio.Options{})
	p := silentPhone(t)
	failed := p.AddAccount(t, "failed", address("1001"), users["1001"], "--server", server.Address("tls"), "--transport", "tls")
	require.Contains(t, failed.Reason, "Lab Authority", "its issuer")
	require.Contains(t, failed.Reason, "127.0.0.1", "its name")
	p.AddAccount(t, "registered", address("1001"), users["1001"], "--server", server.Address("tls"), "--transport", "tls", "--ca", ca)
}

// TestRegistrarKilled kills the server and starts it again: the phone tells that it is gone, and comes back by itself.
func TestRegistrarKilled(t *testing.T) {
	t.Parallel()
	for _, transport := range []string{"udp", "tcp"} {
		t.Run(transport, func(t *testing.T) {
			t.Parallel()
			// Registrations are short, so that the phone soon finds that nobody is there.
			o := kamailio.Options{Users: users, MinExpires: 10, MaxExpires: 20}
			server := kamailio.New(t, o)
			p := silentPhone(t)
			register(t, p, server, "1001", transport)

			mark := p.Mark()
			server.Kill()
			p.UntilAccount(t, mark, address("1001"), "failed", time.Minute)
			mark = p.Mark()
			o.Port = server.Port
			kamailio.New(t, o)
			// Retries are doubled up to 60 s, with jitter.
			p.UntilAccount(t, mark, address("1001"), "registered", 90*time.Second)
		})
	}
}

// TestRegistrarSilent has a server that answers nothing at first.
func TestRegistrarSilent(t *testing.T) {
	t.Parallel()
	answers := make(chan struct{})
	server := registrar.New(t, registrar.Options{Policy: func(n int, r wire.Received) *wire.Message {
		select {
		case <-answers:
			return registrar.Accept(n, r)
		default:
			return nil
		}
	}})
	p := silentPhone(t)
	mark := p.Mark()
	_, err := p.Do("secret\n", "account", "add", address("alice"), "--password-stdin", "--server", server.Addr().String())
	require.NoError(t, err)
	// RFC 3261, 17.1.2.2: a request is given up after 64 times T1, 32 s.
	failed := p.UntilAccount(t, mark, address("alice"), "failed", 45*time.Second)
	require.NotEmpty(t, failed.Reason)
	close(answers)
	p.UntilAccount(t, mark, address("alice"), "registered", 60*time.Second)
}

// TestStop un-registers, and does not wait for a server that is dead.
func TestStop(t *testing.T) {
	server := registrar.New(t, registrar.Options{})
	p := silentPhone(t)
	p.AddAccount(t, "registered", address("alice"), "secret", "--server", server.Addr().String())
	before := len(server.Registers())
	require.NoError(t, p.Stop())
	last, err := server.Await(before+1, patience)
	require.NoError(t, err)
	require.Contains(t, last.Get("Contact")+";expires="+last.Get("Expires"), "expires=0")

	dead := registrar.New(t, registrar.Options{Policy: registrar.In(registrar.Accept, registrar.Silent)})
	q := silentPhone(t)
	q.AddAccount(t, "registered", address("alice"), "secret", "--server", dead.Addr().String())
	started := time.Now()
	require.NoError(t, q.Stop())
	require.Less(t, time.Since(started), 3*time.Second, "2 s for the server, and a little for the program")
}

// TestBehindNAT has a NAT between phone and server that gives the phone another address after a while: calls still reach it.
func TestBehindNAT(t *testing.T) {
	t.Parallel()
	server := kamailio.New(t, kamailio.Options{Users: users, MinExpires: 10, MaxExpires: 20})
	nat := relay.New(t, server.Addr(), relay.Impairment{})
	alice, bob := silentPhone(t), silentPhone(t)
	alice.AddAccount(t, "registered", address("1001"), users["1001"], "--server", nat.Addr().String())
	register(t, bob, server, "1002", "tcp")

	rings := func() {
		t.Helper()
		fromAlice, fromBob := alice.Mark(), bob.Mark()
		bob.Must(t, "call", "1001")
		alice.UntilCall(t, fromAlice, patience, "ringing")
		alice.Must(t, "answer")
		bob.UntilCall(t, fromBob, patience, "active")
		bob.Must(t, "hangup")
		alice.UntilCall(t, fromAlice, patience, "ended")
	}
	rings()
	mark := server.Mark()
	nat.Rebind()
	// Bob is there over TCP.
	server.Until(t, mark, "lab: REGISTER .* from udp:.* authorized [1-9]", time.Minute)
	rings()
}

// TestKeepalive has the phone keep a NAT open, with CRLF where nothing else is to be said (RFC 5626, 3.5.1 and 4.4.1).
func TestKeepalive(t *testing.T) {
	t.Parallel()
	server := registrar.New(t, registrar.Options{})
	counted := relay.New(t, server.Addr(), relay.Impairment{})
	p := silentPhone(t)
	p.AddAccount(t, "registered", address("alice"), "secret", "--server", counted.Addr().String())
	came, registers := counted.Counts().Came, len(server.Registers())
	require.Eventually(t, func() bool { return counted.Counts().Came > came }, 45*time.Second, time.Second)
	require.Len(t, server.Registers(), registers, "it was no REGISTER")
}

func TestAccountInput(t *testing.T) {
	p := silentPhone(t)
	for _, tc := range []struct {
		args []string
		has  string
	}{
		{[]string{"account", "add", "not an address"}, "address"},
		{[]string{"account", "add", "a@example.org", "--transport", "smoke"}, "transport"},
		{[]string{"account", "add", "a@example.org", "--server", "example.org:99999"}, "port"},
		{[]string{"account", "add", "a@example.org", "--country", "Atlantis"}, "country"},
	} {
		_, err := p.Do("", tc.args...)
		var failed *callward.Failed
		require.ErrorAs(t, err, &failed, fmt.Sprint(tc.args))
		require.Contains(t, failed.Stderr, tc.has)
		require.Contains(t, []int{1, 2}, failed.Code)
	}
	require.Equal(t, "[]", p.Must(t, "account", "list", "--json"))
}
