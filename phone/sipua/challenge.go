package sipua

import (
	"cmp"
	"slices"
	"strings"

	"github.com/emiago/sipgo/sip"
	"github.com/icholy/digest"
)

// kind is who asks for credentials: a user agent or registrar (401), or a proxy (407).
type kind struct{ asks, gives string }

var kinds = []kind{
	{"WWW-Authenticate", "Authorization"},
	{"Proxy-Authenticate", "Proxy-Authorization"},
}

// challenge is one question for credentials (RFC 3261, 22; RFC 8760).
type challenge struct {
	kind
	digest.Challenge
}

// strength ranks the algorithms that we know (RFC 7616, 3.3).
var strength = map[string]int{"": 1, "MD5": 1, "SHA-256": 2, "SHA-512-256": 3}

// chosen returns what an answer is to be met with: for each realm of each kind
// the strongest challenge that we know. asked tells whether there was any at all.
func chosen(res *sip.Response) (best []challenge, asked bool) {
	for _, kind := range kinds {
		for _, header := range res.GetHeaders(kind.asks) {
			for _, d := range parseChallenges(header.Value()) {
				asked = true
				best = keepStrongest(best, challenge{kind, d})
			}
		}
	}
	return best, asked
}

func keepStrongest(best []challenge, c challenge) []challenge {
	if strength[c.Algorithm] == 0 || !digest.CanDigest(&c.Challenge) {
		return best
	}
	i := slices.IndexFunc(best, func(b challenge) bool { return b.kind == c.kind && b.Realm == c.Realm })
	if i < 0 {
		return append(best, c)
	}
	if cmp.Compare(strength[c.Algorithm], strength[best[i].Algorithm]) > 0 {
		best[i] = c
	}
	return best
}

// parseChallenges reads the value of a WWW-Authenticate or Proxy-Authenticate
// field, which may hold several challenges, and returns those that are Digest
// with a nonce. What cannot be read is left out.
func parseChallenges(text string) []digest.Challenge {
	var found []digest.Challenge
	inDigest := false
	for _, p := range authParams(text) {
		if p.scheme != "" {
			if inDigest = strings.EqualFold(p.scheme, "Digest"); inDigest {
				found = append(found, digest.Challenge{})
			}
		}
		if inDigest {
			set(&found[len(found)-1], p)
		}
	}
	return slices.DeleteFunc(found, func(c digest.Challenge) bool { return c.Nonce == "" })
}

func set(c *digest.Challenge, p authParam) {
	switch p.name {
	case "realm":
		c.Realm = p.value
	case "nonce":
		c.Nonce = p.value
	case "opaque":
		c.Opaque = p.value
	case "domain":
		c.Domain = strings.Fields(p.value)
	case "stale":
		c.Stale = strings.EqualFold(p.value, "true")
	case "algorithm":
		c.Algorithm = strings.ToUpper(p.value)
	case "qop":
		c.QOP = strings.FieldsFunc(strings.ToLower(p.value), func(r rune) bool { return r == ',' || r == ' ' || r == '\t' })
	}
}

// authParam is one parameter; scheme is set on the first of a challenge.
type authParam struct{ scheme, name, value string }

// authParams splits "Scheme a=b, c="d", Scheme e=f" (RFC 7235, 4.1).
func authParams(text string) []authParam {
	var params []authParam
	scheme := ""
	for {
		text = strings.TrimLeft(text, " \t,")
		end := strings.IndexAny(text, "= \t,")
		if end <= 0 {
			return params
		}
		token := text[:end]
		text = strings.TrimLeft(text[end:], " \t")
		after, isParam := strings.CutPrefix(text, "=")
		if !isParam {
			scheme = token
			continue
		}
		p := authParam{scheme: scheme, name: strings.ToLower(token)}
		p.value, text = authValue(strings.TrimLeft(after, " \t"))
		params = append(params, p)
		scheme = ""
	}
}

// authValue takes a token or a quoted string off the front of text.
func authValue(text string) (value, rest string) {
	if !strings.HasPrefix(text, `"`) {
		end := strings.IndexAny(text, ", \t")
		if end < 0 {
			return text, ""
		}
		return text[:end], text[end:]
	}
	var out strings.Builder
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			if i++; i < len(text) {
				out.WriteByte(text[i])
			}
		case '"':
			return out.String(), text[i+1:]
		default:
			out.WriteByte(text[i])
		}
	}
	return out.String(), ""
}
