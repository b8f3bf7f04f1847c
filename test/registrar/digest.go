package registrar

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"

	"github.com/callward/callward/test/wire"
)

const (
	realm = "lab"
	nonce = "7d1a04c7b2f0"
)

// parameter is one of an Authorization header, quoted or not.
var parameter = regexp.MustCompile(`(\w+)\s*=\s*(?:"([^"]*)"|([^\s,]+))`)

// Authenticate challenges a REGISTER without credentials, grants it with the right ones and answers 403 to all others.
// algorithm is "MD5" or "SHA-256", qop a list as in the challenge, empty for none.
func Authenticate(user, password, algorithm, qop string) Policy {
	challenge := fmt.Sprintf(`WWW-Authenticate: Digest realm="%s", nonce="%s", algorithm=%s`, realm, nonce, algorithm)
	if qop != "" {
		challenge += fmt.Sprintf(`, qop="%s"`, qop)
	}
	return func(n int, r wire.Received) *wire.Message {
		scheme, rest, _ := strings.Cut(r.Get("Authorization"), " ")
		given := map[string]string{}
		for _, m := range parameter.FindAllStringSubmatch(rest, -1) {
			given[m[1]] = m[2] + m[3]
		}
		switch {
		case scheme == "":
			return reply(r, 401, "Unauthorized", challenge)
		case scheme != "Digest" || !rightResponse(given, user, password, algorithm, qop, r.Message):
			return reply(r, 403, "Forbidden")
		}
		return Accept(n, r)
	}
}

// rightResponse checks the credentials given by RFC 7616, 3.4.1 to 3.4.3.
func rightResponse(given map[string]string, user, password, algorithm, qop string, m wire.Message) bool {
	hash := func(text string) string {
		if algorithm == "SHA-256" {
			sum := sha256.Sum256([]byte(text))
			return hex.EncodeToString(sum[:])
		}
		sum := md5.Sum([]byte(text))
		return hex.EncodeToString(sum[:])
	}
	a1 := hash(strings.Join([]string{user, realm, password}, ":"))
	a2 := m.Method() + ":" + given["uri"]
	parts := []string{a1, given["nonce"]}
	if qop != "" {
		if !strings.Contains(","+qop+",", ","+given["qop"]+",") {
			return false
		}
		parts = append(parts, given["nc"], given["cnonce"], given["qop"])
		if given["qop"] == "auth-int" {
			a2 += ":" + hash(m.Body)
		}
	}
	want := hash(strings.Join(append(parts, hash(a2)), ":"))
	_, uri, _ := strings.Cut(m.Start, " ")
	uri, _, _ = strings.Cut(uri, " ")
	return given["username"] == user && given["realm"] == realm && given["nonce"] == nonce && given["uri"] == uri && given["response"] == want
}
