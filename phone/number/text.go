package number

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxText is the longest claim, in bytes, that is looked into.
const maxText = 4096

// plain folds and unescapes s until neither changes it.
func plain(s string) string {
	s = fold(s)
	for len(s) <= maxText {
		next := fold(unescape(s))
		if next == s {
			break
		}
		s = next
	}
	return s
}

// fold makes alike what looks alike: full-width and other compatibility forms,
// the digits of every script, all spaces and dashes become ASCII, and what is
// invisible (direction marks around pasted numbers, soft hyphens) goes.
func fold(s string) string {
	return strings.TrimSpace(strings.Map(ascii, norm.NFKC.String(strings.Map(visible, s))))
}

func visible(r rune) rune {
	if unicode.In(r, unicode.Cf, unicode.Variation_Selector) || unicode.IsControl(r) && !unicode.IsSpace(r) {
		return -1
	}
	return r
}

func ascii(r rune) rune {
	switch {
	case r <= unicode.MaxASCII && !unicode.IsSpace(r):
		return r
	case unicode.IsSpace(r):
		return ' '
	case unicode.Is(unicode.Pd, r), r == '−':
		return '-'
	case unicode.Is(unicode.Nd, r):
		return digit(r)
	}
	return r
}

// digit returns the ASCII digit of the same value as a decimal digit of any
// script. Unicode keeps each script's ten together, from zero up.
func digit(r rune) rune {
	for _, t := range unicode.Nd.R16 {
		if lo := rune(t.Lo); r >= lo && r <= rune(t.Hi) {
			return '0' + (r-lo)%10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if lo := rune(t.Lo); r >= lo && r <= rune(t.Hi) {
			return '0' + (r-lo)%10
		}
	}
	return r
}

// unescape resolves percent-escapes (RFC 3261, 19.1.2), those made of others too,
// so that nothing can hide in a second layer. What is no escape stays.
func unescape(s string) string {
	out := make([]byte, 0, len(s))
	for i := range len(s) {
		out = append(out, s[i])
		for len(out) >= 3 && out[len(out)-3] == '%' {
			c, err := strconv.ParseUint(string(out[len(out)-2:]), 16, 8)
			if err != nil {
				break
			}
			out = append(out[:len(out)-3], byte(c))
		}
	}
	return strings.ToValidUTF8(string(out), "\uFFFD")
}

// escape writes the user part of a SIP URI (RFC 3261, 25.1). Of what needs no
// escape there ; ? / , are escaped all the same, since many parsers trip over them.
func escape(user string) string {
	const plain = "-_.!~*'()&=+$"
	var out strings.Builder
	for i := range len(user) {
		c := user[i]
		switch {
		case c >= '0' && c <= '9', c|0x20 >= 'a' && c|0x20 <= 'z', strings.IndexByte(plain, c) >= 0:
			out.WriteByte(c)
		default:
			const digits = "0123456789ABCDEF"
			out.Write([]byte{'%', digits[c>>4], digits[c&15]})
		}
	}
	return out.String()
}
