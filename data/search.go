package data

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// searched returns what is searched for: what no text has goes.
func searched(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "")))
}

// searchedDigits returns the digits of what may be written as part of a telephone
// number, as they are in its normal form whether what was written has an
// international prefix, a trunk zero or neither; "" for another text.
func searchedDigits(text string) string {
	all := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), unicode.Is(unicode.Pd, r), strings.ContainsRune("+./()~", r):
			return -1
		}
		return r
	}, strings.ReplaceAll(text, "(0)", ""))
	if strings.Trim(all, "0123456789") != "" {
		return ""
	}
	if digits := strings.TrimLeft(all, "0"); digits != "" {
		return digits
	}
	return all
}

// folded returns text as the tokenizer of the index does: in lower case, and
// letters of the Latin alphabet without accents.
func folded(text string) string {
	if ascii(text) {
		return strings.ToLower(text)
	}
	var out strings.Builder
	for _, r := range norm.NFC.String(text) {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		r = unicode.ToLower(r)
		if base := norm.NFD.String(string(r))[0]; base < 0x80 {
			r = rune(base)
		}
		out.WriteRune(r)
	}
	return out.String()
}

func ascii(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
