package number

import (
	"regexp"
	"strings"

	"github.com/callward/callward/phone"
)

// Normal returns the normal form of user and host as a request to acc claims
// them: E.164 for an outside number, however it is written and whatever its host,
// the digits of an extension or a code, the user of an address in the account's
// domain, and user@host for one of another domain. host may be empty and user may
// hold an address or a link. The case of a user's letters is kept, since servers
// may tell them apart. Normal of a normal form is itself.
func (Plan) Normal(user, host string, acc phone.Account) string {
	normal := normalOnce(user, host, acc)
	for range maxLayers {
		next := normalOnce(normal, "", acc)
		if next == normal {
			break
		}
		normal = next
	}
	return normal
}

// maxLayers bounds how often a claim is unwrapped that hides an address in an address.
const maxLayers = 32

func normalOnce(user, host string, acc phone.Account) string {
	user, host = claimed(user), bareHost(host)
	if host == "" || home(host, acc) {
		if at := strings.LastIndexByte(user, '@'); at >= 0 {
			user, host = strings.TrimSpace(user[:at]), bareHost(user[at+1:])
		}
	}
	if dialled, ok := dialString(user, acc.Country); ok {
		return received(dialled, acc)
	}
	if user == "" || host == "" || home(host, acc) {
		return user
	}
	return user + "@" + host
}

// received returns the normal form of a number as a request claims it. Callers
// come with the prefix to strip, so what is left of them is tried first.
func received(dialled string, acc phone.Account) string {
	if number := without(acc.StripPrefix, dialled, acc.Country); number != "" {
		return number
	}
	if number := outside(dialled, acc.Country); number != "" {
		return number
	}
	return dialled
}

// serviceCode is what asks an exchange for a service for the call of the number
// behind it, such as #31# or *67, which hide the caller. It has one to three digits.
var serviceCode = regexp.MustCompile(`^[*#]{1,2}(\d{1,3}[*#]|\d\d|\d{3}|\d)`)

// sent returns the normal form of a number as the agent dials it, who may have
// put either prefix or a service code before it.
func sent(dialled string, acc phone.Account) string {
	if code := serviceCode.FindString(dialled); code != "" {
		if number := sent(dialled[len(code):], acc); strings.HasPrefix(number, "+") {
			return number
		}
	}
	for _, number := range []string{
		outside(dialled, acc.Country),
		without(acc.DialPrefix, dialled, acc.Country),
		without(acc.StripPrefix, dialled, acc.Country),
	} {
		if number != "" {
			return number
		}
	}
	return dialled
}

// without returns the E.164 form of dialled behind prefix, or "" where it has
// not that prefix or what is left is no outside number.
func without(prefix, dialled, country string) string {
	prefix, ok := compact(fold(prefix))
	if !ok || prefix[0] == '+' {
		return ""
	}
	rest, found := strings.CutPrefix(dialled, prefix)
	if !found || rest == "" {
		return ""
	}
	return outside(rest, country)
}

// claimed returns the user part of a claim as text: without scheme, escapes,
// password and parameters. A number that is local to a context (RFC 3966,
// 5.1.5) gets it.
func claimed(user string) string {
	user = plain(user)
	for {
		_, rest, found := cutScheme(user)
		if !found {
			break
		}
		user = rest
	}
	user, _, _ = strings.Cut(user, "?")
	name, params, _ := strings.Cut(user, ";")
	if at := strings.LastIndexByte(params, '@'); at >= 0 {
		name += params[at:]
	}
	return strings.TrimSpace(inContext(name, params))
}
