package number

import (
	"errors"
	"fmt"
	"strings"

	"github.com/callward/callward/phone"
)

// maxTyped is the longest text, in bytes, that is read as a number or address.
const maxTyped = 256

// Target returns the request for what the agent typed, pasted or clicked: a number
// with any separators, an extension, a code, a SIP address, or a tel:, sip:, sips: or
// callto: link. sips: counts as sip:, since the account says how its messages travel,
// and parameters of a link go for the same reason. A number that is not written as
// an address is sent to the account's domain by its dial rules.
//
// It fails with CodeInvalid, Field "number".
func (Plan) Target(typed string, acc phone.Account) (phone.Target, error) {
	if len(typed) > maxTyped {
		return phone.Target{}, invalid(errors.New("too long for a phone number or SIP address"))
	}
	user, host, err := split(fold(typed))
	if err != nil {
		return phone.Target{}, invalid(err)
	}
	own := host == ""
	if own {
		host = domain(acc)
	}
	dialled, isNumber := dialString(user, acc.Country)
	if !isNumber {
		if !isName(user, own) {
			return phone.Target{}, invalid(fmt.Errorf("%q is neither a phone number nor a SIP address such as 1001@pbx.example", typed))
		}
		return phone.Target{URI: uri(user, host), Number: Plan{}.Normal(user, host, acc)}, nil
	}
	if len(dialled) > maxDialled {
		return phone.Target{}, invalid(fmt.Errorf("%d digits are too many for a phone number", len(dialled)))
	}
	target := phone.Target{URI: uri(dialled, host), Number: sent(dialled, acc)}
	if own {
		target.URI = uri(dial(dialled, acc), host)
	}
	if own || home(host, acc) {
		prefix, _ := compact(fold(acc.DialPrefix))
		target.Emergency = emergency(dialled, acc.Country) || emergency(strings.TrimPrefix(dialled, prefix), acc.Country)
	}
	return target, nil
}

func invalid(err error) error {
	return &phone.Error{Code: phone.CodeInvalid, Op: "call", Field: "number", Err: err}
}

func uri(user, host string) string { return "sip:" + escape(user) + "@" + host }

// split takes a folded text apart into user and host; host is empty where none
// is named.
func split(s string) (user, host string, err error) {
	scheme, s, link := cutScheme(s)
	if link {
		s, _, _ = strings.Cut(s, "?")
	}
	user, host, address := s, "", false
	if scheme != "tel" {
		if at := strings.LastIndexByte(s, '@'); at >= 0 {
			user, host, address = s[:at], s[at+1:], true
		}
	}
	if link || address {
		user = claimed(user)
	}
	if user == "" {
		return "", "", errors.New("type a phone number or a SIP address such as 1001@pbx.example")
	}
	if !address {
		return user, "", nil
	}
	if end := strings.IndexAny(host, ";?>"); end >= 0 {
		host = host[:end]
	}
	if !isHost(host) {
		return "", "", fmt.Errorf("%q is not a server's name or IP address", host)
	}
	return user, host, nil
}

// isName tells whether user can be the user part of a SIP address. Without a
// host beside it only what looks like a user name is taken.
func isName(user string, bare bool) bool {
	if bare {
		plain := strings.Trim(user, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.+")
		return plain == "" && strings.ContainsAny(user, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
	}
	return !strings.ContainsAny(user, " <>\"@:") // a colon would begin a password, or follow another scheme
}
