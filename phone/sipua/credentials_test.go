package sipua

import (
	"crypto/md5"
	"crypto/sha256"
	"crypto/sha512"
	"fmt"
	"hash"
	"testing"

	"github.com/callward/callward/phone"
	"github.com/emiago/sipgo/sip"
	"github.com/stretchr/testify/require"
)

// fields returns the parameters of credentials by name.
func fields(credentials string) map[string]string {
	found := map[string]string{}
	for _, p := range authParams(credentials) {
		found[p.name] = p.value
	}
	return found
}

// right computes a digest apart from the code under test (RFC 7616, 3.4.1).
func right(req *sip.Request, f map[string]string, password string) string {
	hashes := map[string]func() hash.Hash{"": md5.New, "MD5": md5.New, "SHA-256": sha256.New, "SHA-512-256": sha512.New512_256}
	h := func(text string) string {
		sum := hashes[f["algorithm"]]()
		sum.Write([]byte(text))
		return fmt.Sprintf("%x", sum.Sum(nil))
	}
	a2 := string(req.Method) + ":" + req.Recipient.String()
	if f["qop"] == "auth-int" {
		a2 += ":" + h(string(req.Body()))
	}
	a1 := h(f["username"] + ":" + f["realm"] + ":" + password)
	if f["qop"] == "" {
		return h(a1 + ":" + f["nonce"] + ":" + h(a2))
	}
	return h(a1 + ":" + f["nonce"] + ":" + f["nc"] + ":" + f["cnonce"] + ":" + f["qop"] + ":" + h(a2))
}

// asking answers with challenges until a request brings the right credentials for nonce.
func asking(status int, asks, gives, nonce string, challenges ...string) func(*sip.Request) *sip.Response {
	return func(req *sip.Request) *sip.Response {
		for _, h := range req.GetHeaders(gives) {
			f := fields(h.Value())
			if f["nonce"] == nonce && f["response"] == right(req, f, "open sesame") {
				return accept(req)
			}
		}
		res := sip.NewResponseFromRequest(req, status, "Who?", nil)
		for _, c := range challenges {
			res.AppendHeader(sip.NewHeader(asks, c))
		}
		return res
	}
}

func TestDigest(t *testing.T) {
	for name, test := range map[string]struct {
		proxy      bool
		challenges []string
		algorithm  string
		qop        string
	}{
		"MD5 without qop":   {challenges: []string{`Digest realm="r", nonce="n"`}},
		"MD5 with qop":      {challenges: []string{`Digest realm="r", nonce="n", qop="auth", algorithm=MD5`}, algorithm: "MD5", qop: "auth"},
		"lower case, proxy": {proxy: true, challenges: []string{`digest realm="r",nonce="n",algorithm=md5,qop="auth"`}, algorithm: "MD5", qop: "auth"},
		"SHA-256":           {challenges: []string{`Digest realm="r", nonce="n", algorithm=SHA-256, qop="auth,auth-int"`}, algorithm: "SHA-256", qop: "auth"},
		"SHA-512-256":       {challenges: []string{`Digest realm="r", nonce="n", algorithm=SHA-512-256, qop="auth"`}, algorithm: "SHA-512-256", qop: "auth"},
		"auth-int alone":    {challenges: []string{`Digest realm="r", nonce="n", qop="auth-int"`}, qop: "auth-int"},
		"list with spaces":  {challenges: []string{`Digest realm="r", nonce="n", qop="auth-conf, auth"`}, qop: "auth"},
		"several headers, the strongest": {challenges: []string{
			`Digest realm="r", nonce="weak", algorithm=MD5`,
			`Digest realm="r", nonce="n", algorithm=SHA-256, qop="auth"`,
			`Digest realm="r", nonce="new", algorithm=SHA-3000, qop="auth"`,
		}, algorithm: "SHA-256", qop: "auth"},
		"several in one header": {challenges: []string{
			`Basic realm="r", Digest realm="r", nonce="weak", algorithm=MD5, Digest realm="r", nonce="n", algorithm=SHA-256, qop="auth"`,
		}, algorithm: "SHA-256", qop: "auth"},
		"comma and quote in the realm": {challenges: []string{`Digest realm="a, \"b\"", nonce="n", opaque="x=,y"`}},
	} {
		t.Run(name, func(t *testing.T) {
			status, asks, gives := 401, "WWW-Authenticate", "Authorization"
			if test.proxy {
				status, asks, gives = 407, "Proxy-Authenticate", "Proxy-Authorization"
			}
			server := newRegistrar(t, "127.0.0.1:0", asking(status, asks, gives, "n", test.challenges...))
			line := newTestLine(t, server.Addr(), nil)
			line.await(t, phone.Registered)
			require.Empty(t, server.next(t).GetHeaders(gives))
			f := fields(server.next(t).GetHeader(gives).Value())
			require.Equal(t, test.algorithm, f["algorithm"])
			require.Equal(t, test.qop, f["qop"])
			require.Equal(t, "alice", f["username"])
			require.Equal(t, "sip:example.test", f["uri"])
		})
	}
}

func TestAuthIntCoversTheBody(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", asking(401, "WWW-Authenticate", "Authorization", "n", `Digest realm="r", nonce="n", qop="auth-int"`))
	line := newTestLine(t, server.Addr(), nil)
	line.await(t, phone.Registered)
	req := line.e.NewRequest(sip.MESSAGE, sip.Uri{Scheme: "sip", User: "bob", Host: "example.test"})
	req.SetBody([]byte("hello"))
	res, err := line.e.Do(t.Context(), req)
	require.NoError(t, err)
	require.Equal(t, 200, res.StatusCode)
}

func TestAnotherUserForCredentials(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", asking(401, "WWW-Authenticate", "Authorization", "n", `Digest realm="r", nonce="n"`))
	line := newTestLine(t, server.Addr(), func(cfg *EndpointConfig) { cfg.Account.AuthUser = "0815" })
	line.await(t, phone.Registered)
	server.next(t)
	require.Equal(t, "0815", fields(server.next(t).GetHeader("Authorization").Value())["username"])
}

func TestBothProxyAndRegistrarAsk(t *testing.T) {
	registrarAsks := asking(401, "WWW-Authenticate", "Authorization", "a", `Digest realm="r", nonce="a", qop="auth"`)
	proxyAsks := asking(407, "Proxy-Authenticate", "Proxy-Authorization", "b", `Digest realm="p", nonce="b", qop="auth"`)
	seen := map[string]bool{}
	server := newRegistrar(t, "127.0.0.1:0", func(req *sip.Request) *sip.Response {
		for _, h := range append(req.GetHeaders("Authorization"), req.GetHeaders("Proxy-Authorization")...) {
			f := fields(h.Value())
			if use := f["nonce"] + f["nc"]; seen[use] {
				return answer(400, "Replayed")(req)
			} else {
				seen[use] = true
			}
		}
		if res := proxyAsks(req); res.StatusCode != 200 {
			return res
		}
		return registrarAsks(req)
	})
	line := newTestLine(t, server.Addr(), nil)
	line.await(t, phone.Registered)
	line.refresh()
	line.await(t, phone.Registering)
	line.await(t, phone.Registered)
}

func TestCredentialsAreBroughtAtOnceAndRenewedWhenStale(t *testing.T) {
	const first, second = `Digest realm="r", nonce="one", qop="auth"`, `Digest realm="r", nonce="two", qop="auth", stale=TRUE`
	server := newRegistrar(t, "127.0.0.1:0", asking(401, "WWW-Authenticate", "Authorization", "one", first))
	line := newTestLine(t, server.Addr(), nil)
	line.await(t, phone.Registered)
	server.next(t)
	require.Equal(t, "00000001", fields(server.next(t).GetHeader("Authorization").Value())["nc"])

	line.refresh()
	line.await(t, phone.Registered)
	require.Equal(t, "00000002", fields(server.next(t).GetHeader("Authorization").Value())["nc"], "no second question")

	server.play(asking(401, "WWW-Authenticate", "Authorization", "two", second))
	line.refresh()
	line.await(t, phone.Registering)
	line.await(t, phone.Registered)
	require.Equal(t, "00000003", fields(server.next(t).GetHeader("Authorization").Value())["nc"])
	f := fields(server.next(t).GetHeader("Authorization").Value())
	require.Equal(t, "two", f["nonce"])
	require.Equal(t, "00000001", f["nc"])
}

func TestAnOldNonceIsNotAWrongPassword(t *testing.T) {
	server := newRegistrar(t, "127.0.0.1:0", asking(401, "WWW-Authenticate", "Authorization", "one", `Digest realm="r", nonce="one"`))
	line := newTestLine(t, server.Addr(), nil)
	line.await(t, phone.Registered)
	// A server that began anew, and does not say stale.
	server.play(asking(401, "WWW-Authenticate", "Authorization", "two", `Digest realm="r", nonce="two"`))
	line.refresh()
	line.await(t, phone.Registering)
	line.await(t, phone.Registered)
}

func TestWrongPassword(t *testing.T) {
	for name, challenge := range map[string]func(n int) string{
		"the same nonce": func(int) string { return `Digest realm="r", nonce="one"` },
		"another nonce":  func(n int) string { return fmt.Sprintf(`Digest realm="r", nonce="%d"`, n) },
		"always stale":   func(n int) string { return fmt.Sprintf(`Digest realm="r", nonce="%d", stale=true`, n) },
	} {
		t.Run(name, func(t *testing.T) {
			n := 0
			server := newRegistrar(t, "127.0.0.1:0", func(req *sip.Request) *sip.Response {
				n++
				return answer(401, "Who?", sip.NewHeader("WWW-Authenticate", challenge(n)))(req)
			})
			line := newTestLine(t, server.Addr(), nil)
			line.failed(t, phone.CodeAuth, "wrong password")
			require.LessOrEqual(t, len(server.came), 3)
		})
	}
}

func TestQuestionsThatCannotBeAnswered(t *testing.T) {
	for name, test := range map[string]struct {
		challenge string
		password  string
		code      phone.Code
	}{
		"another scheme":    {`Bearer realm="r"`, "x", phone.CodeRefused},
		"another algorithm": {`Digest realm="r", nonce="n", algorithm=AKAv1-MD5`, "x", phone.CodeRefused},
		"no nonce":          {`Digest realm="r"`, "x", phone.CodeRefused},
		"no password":       {`Digest realm="r", nonce="n"`, "", phone.CodeAuth},
	} {
		t.Run(name, func(t *testing.T) {
			server := newRegistrar(t, "127.0.0.1:0", answer(401, "Who?", sip.NewHeader("WWW-Authenticate", test.challenge)))
			line := newTestLine(t, server.Addr(), func(cfg *EndpointConfig) { cfg.Password = phone.NewSecret(test.password) })
			line.failed(t, test.code)
		})
	}
}

func TestChallengesHoldForTheirDomain(t *testing.T) {
	for domain, want := range map[string]bool{
		"": true, "sip:example.test": true, "sip:other.test sip:EXAMPLE.test": true, "sip:other.test": false, "nonsense": false,
	} {
		n := &nonce{challenge: challenge{Challenge: parseChallenges(`Digest nonce="n", domain="` + domain + `"`)[0]}}
		require.Equal(t, want, n.covers(bob), domain)
	}
}

func FuzzChallenges(f *testing.F) {
	for _, seed := range []string{
		`Digest realm="r", nonce="n", qop="auth, auth-int", algorithm=SHA-256`, `Basic realm="x", Digest nonce=n`,
		`Digest nonce="a\"b`, `,,,`, `=`, `Digest`, `Digest =`, `a b c=d`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, c := range parseChallenges(text) {
			require.NotEmpty(t, c.Nonce)
		}
		res := sip.NewResponse(401, "Who?")
		res.AppendHeader(sip.NewHeader("WWW-Authenticate", text))
		req := sip.NewRequest(sip.REGISTER, sip.Uri{Scheme: "sip", Host: "example.test"})
		req.AppendHeader(&sip.CSeqHeader{SeqNo: 1, MethodName: sip.REGISTER})
		creds := newCredentials(phone.Account{Address: "alice@example.test"}, phone.NewSecret("x"))
		if creds.answer(req, res) == nil {
			require.NotEmpty(t, req.GetHeaders("Authorization"))
		}
	})
}
