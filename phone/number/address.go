package number

import (
	"net/netip"
	"strings"

	"github.com/callward/callward/phone"
)

// cutScheme splits the scheme off a link to a telephone number or SIP address.
func cutScheme(s string) (scheme, rest string, found bool) {
	for _, scheme := range []string{"tel", "sip", "sips", "callto"} {
		if len(s) > len(scheme) && s[len(scheme)] == ':' && strings.EqualFold(s[:len(scheme)], scheme) {
			return scheme, strings.TrimSpace(strings.TrimPrefix(s[len(scheme)+1:], "//")), true
		}
	}
	return "", s, false
}

// inContext puts the phone-context of a tel: link's parameters before a local
// number, where it is the beginning of a number and what comes out is a whole one.
func inContext(number, params string) string {
	for param := range strings.SplitSeq(params, ";") {
		key, value, _ := strings.Cut(param, "=")
		if !strings.EqualFold(key, "phone-context") || !strings.HasPrefix(value, "+") || strings.HasPrefix(number, "+") {
			continue
		}
		if whole, ok := compact(value + number); ok && outside(whole, "") != "" {
			return whole
		}
	}
	return number
}

// domain returns the host that requests to acc's own users name.
func domain(acc phone.Account) string {
	if _, domain, found := strings.Cut(acc.Address, "@"); found && domain != "" {
		return domain
	}
	return bareHost(acc.Server)
}

// home tells whether host is where the account's own users are: its domain or its server.
func home(host string, acc phone.Account) bool {
	host = bareHost(host)
	return host != "" && (host == bareHost(domain(acc)) || host == bareHost(acc.Server))
}

// bareHost returns a host as hosts are compared: in lower case, IPv6 in brackets
// and its shortest form, without a port or the dot at the end.
func bareHost(host string) string {
	host = strings.ToLower(strings.TrimSpace(host))
	host, _, _ = strings.Cut(host, ";")
	if inner, found := strings.CutPrefix(host, "["); found {
		inner, _, _ = strings.Cut(inner, "]")
		host = inner
	} else if strings.Count(host, ":") == 1 {
		host, _, _ = strings.Cut(host, ":")
	}
	if ip, err := netip.ParseAddr(host); err == nil && ip.Is6() {
		return "[" + ip.String() + "]"
	}
	return strings.TrimSuffix(host, ".")
}

// isHost tells whether a host, with or without a port, can stand in a SIP URI
// (RFC 3261, 25.1).
func isHost(host string) bool {
	if strings.HasPrefix(host, "[") {
		inner, port, found := strings.Cut(host[1:], "]")
		ip, err := netip.ParseAddr(inner)
		return found && err == nil && ip.Is6() && ip.Zone() == "" && (port == "" || port[0] == ':' && isPort(port[1:]))
	}
	name, port, hasPort := strings.Cut(host, ":")
	if hasPort && !isPort(port) || name == "" || len(name) > 253 {
		return false
	}
	for label := range strings.SplitSeq(strings.TrimSuffix(name, "."), ".") {
		if label == "" || strings.Trim(label, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") != "" {
			return false
		}
	}
	return true
}

func isPort(s string) bool {
	return len(s) <= 5 && s != "" && s[0] != '0' && countDigits(s) == len(s) && (len(s) < 5 || s <= "65535")
}
