package sipua

import (
	"net/url"
	"strings"
	"unicode"
)

// maxName is the longest display name that is kept, in characters.
const maxName = 200

// nameAddr is a name-addr or addr-spec of a header (RFC 3261, 25.1).
type nameAddr struct {
	// name is unquoted; "" where there is none.
	name string
	// uri is as written, without brackets.
	uri string
	// params are the header's, as written.
	params string
}

// nameAddrs reads a list of them. What is not one gives an odd uri, never an error.
func nameAddrs(text string) []nameAddr {
	var list []nameAddr
	for _, item := range splitOutside(text, ',') {
		if strings.TrimSpace(item) != "" {
			list = append(list, parseNameAddr(item))
		}
	}
	return list
}

// parseNameAddr reads one. A comma in it belongs to the name.
func parseNameAddr(text string) nameAddr {
	text = strings.TrimSpace(text)
	var a nameAddr
	if strings.HasPrefix(text, `"`) {
		end := enclosed(text)
		a.name, text = unquoted(text[:end]), text[end:]
	}
	before, bracketed, ok := strings.Cut(text, "<")
	if !ok {
		a.uri, a.params, _ = strings.Cut(text, ";")
		a.uri = strings.TrimSpace(a.uri)
		return a
	}
	if a.name == "" {
		a.name = printable(before)
	}
	a.uri, a.params, _ = strings.Cut(bracketed, ">")
	a.uri = strings.TrimSpace(a.uri)
	a.params = strings.TrimPrefix(strings.TrimSpace(a.params), ";")
	return a
}

// param returns the value of a header parameter, unquoted; "" where there is none.
func (a nameAddr) param(name string) string { return paramOf(a.params, name) }

// paramOf returns the value of a parameter in NAME=VALUE;NAME=VALUE…, unquoted;
// "" where there is none.
func paramOf(params, name string) string {
	for _, p := range splitOutside(params, ';') {
		key, value, _ := strings.Cut(p, "=")
		if strings.EqualFold(strings.TrimSpace(key), name) {
			return unquoted(strings.TrimSpace(value))
		}
	}
	return ""
}

// splitOutside splits at a separator that is neither in quotes nor in angle brackets.
func splitOutside(text string, separator byte) []string {
	var parts []string
	start := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"', '<':
			i += enclosed(text[i:]) - 1
		case separator:
			parts = append(parts, text[start:i])
			start = i + 1
		}
	}
	return append(parts, text[start:])
}

// unquoted returns what a quoted string says; other text as it is.
func unquoted(text string) string {
	if !strings.HasPrefix(text, `"`) {
		return printable(text)
	}
	text = text[1:]
	var out strings.Builder
	for i := 0; i < len(text) && text[i] != '"'; i++ {
		if text[i] == '\\' && i+1 < len(text) {
			i++
		}
		out.WriteByte(text[i])
	}
	return printable(out.String())
}

// printable makes a text fit for a screen: valid, on one line, in the order in
// which it is written, not endless.
func printable(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Bidi_Control, r): // a name must not turn the number beside it round
			return -1
		case unicode.IsControl(r):
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	text = strings.TrimSpace(text)
	if runes := []rune(text); len(runes) > maxName {
		text = string(runes[:maxName])
	}
	return text
}

// splitURI returns the user and host of a sip, sips or tel URI, unescaped and
// without parameters but the context of a local number; ok is false for another scheme. Of a telephone number the
// visual separators are left out (RFC 3966, 5.1.1); a tel URI has no host.
func splitURI(uri string) (user, host string, ok bool) {
	scheme, rest, _ := strings.Cut(uri, ":")
	rest, _, _ = strings.Cut(rest, "?")
	switch strings.ToLower(strings.TrimSpace(scheme)) {
	case "tel":
		number, params, _ := strings.Cut(rest, ";")
		return inContext(withoutSeparators(unescaped(number)), params), "", true
	case "sip", "sips":
	default:
		return "", "", false
	}
	if at := strings.LastIndexByte(rest, '@'); at >= 0 {
		user, rest = rest[:at], rest[at+1:]
	}
	rest, params, _ := strings.Cut(rest, ";")
	return userOf(user, strings.EqualFold(paramOf(params, "user"), "phone")), hostOf(rest), true
}

// userOf reads the userinfo of a SIP URI. A number may bring parameters of a
// tel URI along (RFC 3261, 19.1.6), such as +442079460018;npdi.
func userOf(userinfo string, isPhone bool) string {
	user, _, _ := strings.Cut(userinfo, ":") // a password
	number, params, _ := strings.Cut(user, ";")
	if number = unescaped(number); !isPhone && !isDigits(number) {
		return unescaped(user)
	}
	if plain := withoutSeparators(number); isDigits(plain) {
		return inContext(plain, params)
	}
	return number
}

// inContext keeps the beginning that a local number lacks beside it, as its parameter has it (RFC 3966, 5.1.5).
func inContext(number, params string) string {
	context := withoutSeparators(unescaped(paramOf(params, "phone-context")))
	if strings.HasPrefix(number, "+") || !strings.HasPrefix(context, "+") || !isDigits(context) {
		return number
	}
	return number + ";phone-context=" + context
}

// hostOf takes the port and the brackets of an IPv6 address off.
func hostOf(hostport string) string {
	hostport = strings.ToLower(printable(hostport))
	if inside, ok := strings.CutPrefix(hostport, "["); ok {
		inside, _, _ = strings.Cut(inside, "]")
		return inside
	}
	host, _, _ := strings.Cut(hostport, ":")
	return host
}

// isDigits tells whether a text is nothing but a telephone number's characters.
func isDigits(text string) bool {
	text = strings.TrimPrefix(text, "+")
	return text != "" && strings.Trim(text, "0123456789*#") == ""
}

func withoutSeparators(number string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("-.() ", r) {
			return -1
		}
		return r
	}, number)
}

// unescaped resolves %XX where it can be.
func unescaped(text string) string {
	if plain, err := url.PathUnescape(text); err == nil {
		text = plain
	}
	return printable(text)
}
