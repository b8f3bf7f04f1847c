package exchange

import (
	"strings"
	"testing"
	"time"

	"github.com/emiago/sipgo/sip"
	"github.com/icholy/digest"
	"github.com/stretchr/testify/require"
)

var noon = time.Date(2026, 3, 29, 12, 0, 0, 0, time.UTC)

// register is a REGISTER of the agent's phone from a port of 127.0.0.1.
func register(t testing.TB, contact, expires string) *sip.Request {
	text := strings.ReplaceAll(`REGISTER sip:practice.invalid SIP/2.0
Via: SIP/2.0/UDP 127.0.0.1:5999;branch=z9hG4bK1
From: <sip:1001@practice.invalid>;tag=1
To: <sip:1001@practice.invalid>
Call-ID: 1
CSeq: 1 REGISTER
Contact: `+contact+`
Expires: `+expires+`
Content-Length: 0

`, "\n", "\r\n")
	message, err := sip.NewParser().ParseSIP([]byte(text))
	require.NoError(t, err)
	req := message.(*sip.Request)
	req.SetSource("127.0.0.1:5999")
	return req
}

// sign gives req credentials for the challenge in res, changed before they are sent.
func sign(t *testing.T, req *sip.Request, res *sip.Response, algorithm, password string, change func(*digest.Credentials)) {
	t.Helper()
	for _, header := range res.GetHeaders("WWW-Authenticate") {
		challenge, err := digest.ParseChallenge(header.Value())
		require.NoError(t, err)
		if challenge.Algorithm != algorithm {
			continue
		}
		cred, err := digest.Digest(challenge, digest.Options{Method: "REGISTER", URI: "sip:practice.invalid", Username: agent, Password: password})
		require.NoError(t, err)
		if change != nil {
			change(cred)
		}
		req.RemoveHeader("Authorization")
		req.AppendHeader(sip.NewHeader("Authorization", cred.String()))
		return
	}
	require.FailNow(t, "no such challenge")
}

// signed registers as r's user.
func signed(t *testing.T, r *registrar, contact, expires string, now time.Time) *sip.Response {
	t.Helper()
	req := register(t, contact, expires)
	sign(t, req, r.register(req, now), "SHA-256", r.password.Reveal(), nil)
	res := r.register(req, now)
	require.Equal(t, 200, res.StatusCode)
	return res
}

func TestCredentialsMustBeTheAgents(t *testing.T) {
	for name, tt := range map[string]struct {
		algorithm, password string
		change              func(*digest.Credentials)
		status              int
	}{
		"SHA-256":           {algorithm: "SHA-256", status: 200},
		"MD5":               {algorithm: "MD5", status: 200},
		"another password":  {algorithm: "MD5", password: "x", status: 401},
		"another user":      {algorithm: "MD5", change: func(c *digest.Credentials) { c.Username = "1002" }, status: 401},
		"another realm":     {algorithm: "MD5", change: func(c *digest.Credentials) { c.Realm = "x" }, status: 401},
		"another URI":       {algorithm: "MD5", change: func(c *digest.Credentials) { c.URI = "sip:x" }, status: 401},
		"another nonce":     {algorithm: "MD5", change: func(c *digest.Credentials) { c.Nonce = "x" }, status: 401},
		"another algorithm": {algorithm: "MD5", change: func(c *digest.Credentials) { c.Algorithm = "SHA-256" }, status: 401},
		"no qop":            {algorithm: "MD5", change: func(c *digest.Credentials) { c.QOP = "" }, status: 401},
		"another count":     {algorithm: "MD5", change: func(c *digest.Credentials) { c.Nc = 7 }, status: 401},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRegistrar()
			if tt.password == "" {
				tt.password = r.password.Reveal()
			}
			req := register(t, "<sip:a@127.0.0.1:5999>", "60")
			res := r.register(req, noon)
			require.Equal(t, 401, res.StatusCode)
			sign(t, req, res, tt.algorithm, tt.password, tt.change)
			require.Equal(t, tt.status, r.register(req, noon).StatusCode)
			_, found := r.contact(noon)
			require.Equal(t, tt.status == 200, found)
		})
	}
}

func TestANonceGrowsStale(t *testing.T) {
	r := newRegistrar()
	req := register(t, "<sip:a@127.0.0.1:5999>", "60")
	sign(t, req, r.register(req, noon), "SHA-256", r.password.Reveal(), nil)
	require.Equal(t, 200, r.register(req, noon.Add(nonceLife-time.Second)).StatusCode)
	res := r.register(req, noon.Add(nonceLife))
	require.Equal(t, 401, res.StatusCode)
	challenge, err := digest.ParseChallenge(res.GetHeader("WWW-Authenticate").Value())
	require.NoError(t, err)
	require.True(t, challenge.Stale)
	require.Equal(t, "SHA-256", challenge.Algorithm, "the stronger comes first")
}

func TestARegistrationIsKeptForItsInterval(t *testing.T) {
	for asked, granted := range map[string]string{"60": "60", "5": "30", "86400": "3600", "x": "300"} {
		r := newRegistrar()
		res := signed(t, r, "<sip:a@127.0.0.1:5999>", asked, noon)
		expires, _ := res.Contact().Params.Get("expires")
		require.Equal(t, granted, expires)
		held, found := r.contact(noon.Add(29 * time.Second))
		require.True(t, found)
		require.Equal(t, "sip:a@127.0.0.1:5999", held.uri.String())
		_, found = r.contact(noon.Add(mostInterval))
		require.False(t, found)
	}
}

func TestRequestsGoWhereTheRegisterCameFrom(t *testing.T) {
	r := newRegistrar()
	signed(t, r, "<sip:a@203.0.113.1:5060>", "60", noon)
	held, found := r.contact(noon)
	require.True(t, found)
	require.Equal(t, "127.0.0.1:5999", held.addr.String())
}

func TestUnregistering(t *testing.T) {
	for _, tt := range []struct {
		contact, expires string
		left             bool
	}{
		{"<sip:a@127.0.0.1:5999>", "0", false},
		{"<sip:a@127.0.0.1:5999>;expires=0", "60", false},
		{"*", "0", false},
		{"<sip:a@127.0.0.1:5998>", "0", true},
	} {
		r := newRegistrar()
		signed(t, r, "<sip:a@127.0.0.1:5999>", "60", noon)
		res := signed(t, r, tt.contact, tt.expires, noon)
		_, found := r.contact(noon)
		require.Equal(t, tt.left, found, tt.contact)
		require.Equal(t, tt.left, res.Contact() != nil, tt.contact)
	}
}

func FuzzAuthorize(f *testing.F) {
	f.Add(`Digest username="1001", realm="practice.invalid", nonce="x.y", uri="sip:practice.invalid", response="z", qop=auth, nc=00000001, cnonce="c"`)
	f.Add("Digest")
	f.Add(`Digest username="`)
	r := newRegistrar()
	f.Fuzz(func(t *testing.T, header string) {
		req := register(t, "<sip:a@127.0.0.1:5999>", "60")
		req.AppendHeader(sip.NewHeader("Authorization", header))
		require.NotNil(t, r.authorize(req, noon, ""))
	})
}
