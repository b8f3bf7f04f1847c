package exchange

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/emiago/sipgo/sip"
	"github.com/icholy/digest"

	"github.com/callward/callward/phone"
)

// nonceLife is how long a nonce may be used; after it credentials are stale.
const nonceLife = 5 * time.Minute

// algorithms are those of the challenges, the preferred first (RFC 8760).
var algorithms = []string{"SHA-256", "MD5"}

// guard asks for credentials (RFC 3261, 22; RFC 7616). It never changes: any
// goroutine may use it.
type guard struct {
	password phone.Secret
	key      []byte // signs nonces
}

func newGuard() guard { return guard{password: phone.NewSecret(random()), key: []byte(random())} }

func random() string { return rand.Text() }

// authorize returns nil for a request with good credentials, else the answer
// that refuses it. kind is "Proxy-" for what a proxy asks, "" for a registrar.
func (g guard) authorize(req *sip.Request, now time.Time, kind string) *sip.Response {
	header := req.GetHeader(kind + "Authorization")
	stale := false
	if header != nil {
		cred, err := digest.ParseCredentials(header.Value())
		if err == nil && g.matches(cred, req) {
			if stale = !g.isFresh(cred.Nonce, now); !stale {
				return nil
			}
		}
	}
	status, reason, name := sip.StatusUnauthorized, "Unauthorized", "WWW-Authenticate"
	if kind != "" {
		status, reason, name = sip.StatusProxyAuthRequired, "Proxy Authentication Required", kind+"Authenticate"
	}
	res := sip.NewResponseFromRequest(req, status, reason, nil)
	for _, algorithm := range algorithms {
		challenge := digest.Challenge{Realm: domain, Nonce: g.nonce(now), Algorithm: algorithm, QOP: []string{"auth"}, Stale: stale}
		res.AppendHeader(sip.NewHeader(name, challenge.String()))
	}
	return res
}

// matches tells whether the credentials are those of the agent for req.
func (g guard) matches(cred *digest.Credentials, req *sip.Request) bool {
	if cred.Username != agent || cred.Realm != domain || cred.QOP != "auth" || cred.Cnonce == "" ||
		cred.URI != req.Recipient.String() || !slices.Contains(algorithms, strings.ToUpper(cred.Algorithm)) {
		return false
	}
	want, err := digest.Digest(
		&digest.Challenge{Realm: domain, Nonce: cred.Nonce, Algorithm: cred.Algorithm, QOP: []string{"auth"}},
		digest.Options{
			Method: string(req.Method), URI: cred.URI, Username: agent, Password: g.password.Reveal(),
			Count: cred.Nc, Cnonce: cred.Cnonce,
		})
	return err == nil && subtle.ConstantTimeCompare([]byte(want.Response), []byte(cred.Response)) == 1
}

// nonce returns a nonce: the time, signed.
func (g guard) nonce(now time.Time) string {
	at := strconv.FormatInt(now.Unix(), 36)
	mac := hmac.New(sha256.New, g.key)
	mac.Write([]byte(at))
	return at + "." + hex.EncodeToString(mac.Sum(nil))
}

// isFresh tells whether a nonce is ours and not too old.
func (g guard) isFresh(nonce string, now time.Time) bool {
	at, _, _ := strings.Cut(nonce, ".")
	seconds, err := strconv.ParseInt(at, 36, 64)
	if err != nil {
		return false
	}
	made := time.Unix(seconds, 0)
	return hmac.Equal([]byte(g.nonce(made)), []byte(nonce)) && now.Sub(made) < nonceLife
}
